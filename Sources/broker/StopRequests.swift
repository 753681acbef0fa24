import Dispatch
import EmbeddedBroker
import Glibc

/// Everything that can end the program: SIGTERM, SIGINT, the end of standard input, a storage failure.
final class StopRequests {
    private let requests: AsyncStream<BrokerError?>
    private let continuation: AsyncStream<BrokerError?>.Continuation
    private let signals: [any DispatchSourceSignal]

    init(watchInput: Bool) {
        let (requests, continuation) = AsyncStream.makeStream(of: BrokerError?.self)
        self.requests = requests
        self.continuation = continuation
        signals = [SIGTERM, SIGINT].map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler { continuation.yield(nil) }
            source.resume()
            return source
        }
        if watchInput { Self.watchInput(continuation) }
    }

    /// Also stops at a failure, unless `isTolerated` says that it can be lived with.
    func watch(_ failures: AsyncStream<BrokerError>, _ isTolerated: @escaping @Sendable (BrokerError) -> Bool) {
        let continuation = continuation
        Task {
            for await failure in failures where !isTolerated(failure) { continuation.yield(failure) }
        }
    }

    /// Waits for the first request; the error is what made it, where it was not wished.
    func next() async -> BrokerError? {
        for await request in requests { return request }
        return nil
    }

    /// A thread of its own, because reading blocks; it ends with the process.
    private static func watchInput(_ continuation: AsyncStream<BrokerError?>.Continuation) {
        DispatchQueue(label: "standard input").async {
            var bytes = [UInt8](repeating: 0, count: 256)
            while true {
                let count = read(STDIN_FILENO, &bytes, bytes.count)
                if count > 0 || (count < 0 && errno == EINTR) { continue }
                break
            }
            continuation.yield(nil)
        }
    }
}
