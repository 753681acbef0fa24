import Dispatch
import ProgramTestSupport

/// How many exchanges of this suite run at once: each is seven processes, and the machine may have two cores.
actor ExchangeSlots {
    static let shared = ExchangeSlots(2)

    private var free: Int
    private var waiting: [CheckedContinuation<Void, Never>] = []

    init(_ count: Int) { free = count }

    private func take() async {
        if free > 0 {
            free -= 1
        } else {
            await withCheckedContinuation { waiting.append($0) }
        }
    }

    private func giveBack() {
        if waiting.isEmpty { free += 1 } else { waiting.removeFirst().resume() }
    }

    /// Runs the body when its turn has come, with a directory that is gone afterwards.
    static func run<Result: Sendable>(
        _ body: @Sendable (TemporaryDirectory) async throws -> Result
    ) async throws -> Result {
        await shared.take()
        do {
            // Not on the threads that all tests share: one that computes for seconds would keep an exchange unwatched.
            let result = try await withTaskExecutorPreference(ExchangeThreads.shared) {
                try await body(TemporaryDirectory())
            }
            await shared.giveBack()
            return result
        } catch {
            await shared.giveBack()
            throw error
        }
    }
}

/// Threads for tests that watch running exchanges.
private final class ExchangeThreads: TaskExecutor {
    static let shared = ExchangeThreads()
    private let queue = DispatchQueue(label: "tests that watch exchanges", attributes: .concurrent)

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}
