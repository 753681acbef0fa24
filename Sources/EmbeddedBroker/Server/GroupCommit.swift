import Glibc
import NIOCore
import NIOPosix

/// Synchronises files with the disk for all who wait, one round at a time: whoever comes during a round is served,
/// together with all others, by the next.
final class GroupCommit {
    private let loop: any EventLoop
    let threads = NIOThreadPool(numberOfThreads: 1)
    private var dirty: [ObjectIdentifier: StorageFile] = [:]
    private var waiting: [(StorageError?) -> Void] = []
    private var isRunning = false

    init(loop: any EventLoop) {
        self.loop = loop
        threads.start()
    }

    /// Calls `done` on the event loop when `files` are on the disk, or could not be put there.
    func afterSynchronizing(_ files: [StorageFile], _ done: @escaping (StorageError?) -> Void) {
        for file in files { dirty[ObjectIdentifier(file)] = file }
        waiting.append(done)
        if !isRunning { run() }
    }

    private func run() {
        isRunning = true
        let files = Array(dirty.values)
        let served = waiting
        dirty.removeAll(keepingCapacity: true)
        waiting.removeAll(keepingCapacity: true)
        let targets = files.map { (descriptor: $0.descriptor, path: $0.path) }
        let round = threads.runIfActive(eventLoop: loop) { () -> StorageError? in
            for target in targets where fdatasync(target.descriptor) != 0 {
                return StorageError("synchronise", target.path)
            }
            return nil
        }
        round.assumeIsolated().whenComplete { [self] result in
            // The files stay open until here, for the descriptors were in use.
            withExtendedLifetime(files) {}
            let failure: StorageError?
            switch result {
            case .success(let outcome): failure = outcome
            case .failure: failure = StorageError("synchronise, while stopping,", targets.first?.path ?? "", code: EIO)
            }
            for done in served { done(failure) }
            if waiting.isEmpty { isRunning = false } else { run() }
        }
    }
}
