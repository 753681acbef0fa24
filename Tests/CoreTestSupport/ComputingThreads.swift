import Foundation

/// Two threads for tests that compute for minutes without waiting for anything. On the threads of all other tests they would
/// keep those waiting that wait for processes and sockets, and have only so much time.
public final class ComputingThreads: TaskExecutor {
    private static let shared = ComputingThreads()
    private let queue = OperationQueue()

    private init() { queue.maxConcurrentOperationCount = 2 }

    /// Takes a piece of work of a task.
    public func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.addOperation { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }

    /// Runs a computation there.
    public static func run(_ compute: @Sendable () throws -> Void) async throws {
        try await withTaskExecutorPreference(shared) { try compute() }
    }
}
