import NIOCore

/// A fetch that found too little and waits: for enough bytes in its partitions or for its time to pass.
final class WaitingFetch {
    private let minimumBytes: Int
    private let loop: any EventLoop
    private let logs: [PartitionLog]
    private let finish: () -> Void
    private var bytes: Int
    private var isDue = false
    private var deadline: Scheduled<Void>?

    init(
        minimumBytes: Int, available: Int, logs: [PartitionLog], loop: any EventLoop, finish: @escaping () -> Void
    ) {
        self.minimumBytes = minimumBytes
        bytes = available
        self.logs = logs
        self.loop = loop
        self.finish = finish
    }

    func begin(milliseconds: Int64) {
        for log in logs { log.waiting.append(self) }
        deadline = loop.assumeIsolated().scheduleTask(in: .milliseconds(milliseconds)) { [self] in end() }
    }

    /// Called at each append. The answer goes out when the event loop has done its present round, so that all that
    /// arrives in one round travels together.
    func arrived(bytes more: Int) {
        bytes &+= more
        guard bytes >= minimumBytes, !isDue else { return }
        isDue = true
        loop.assumeIsolated().execute { [self] in end() }
    }

    /// The partition is gone: the answer says so without waiting any longer.
    func endSoon() { arrived(bytes: Int(Int32.max)) }

    func cancel() {
        deadline?.cancel()
        deadline = nil
        for log in logs { log.waiting.removeAll { $0 === self } }
    }

    private func end() {
        guard deadline != nil else { return }
        cancel()
        finish()
    }
}
