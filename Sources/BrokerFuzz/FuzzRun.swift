import NIOCore

/// Hammers a broker with frames and looks, all the while, whether it still serves well-behaved clients.
public struct FuzzRun: Sendable {
    /// What was done.
    public struct Summary: Sendable, Equatable {
        /// Frames sent.
        public var frames = 0
        /// Answers received.
        public var answers = 0
        /// Connections that the broker closed.
        public var closed = 0
        /// Times that a well-behaved client was served in between.
        public var probes = 0
    }

    private static let framesPerProbe = 50

    private let port: Int
    private var fuzzer: FrameFuzzer

    /// - Parameters:
    ///   - port: where the broker listens, on 127.0.0.1.
    ///   - seed: of the frames.
    public init(port: Int, seed: UInt64) {
        self.port = port
        fuzzer = FrameFuzzer(seed: seed)
    }

    /// Sends frames until the time is up.
    ///
    /// - Throws: ``WireProblem`` where a well-behaved client was not served.
    public mutating func run(for duration: Duration) throws(WireProblem) -> Summary {
        let end = ContinuousClock.now + duration
        return try run { _ in ContinuousClock.now >= end }
    }

    /// Sends frames until at least so many are sent, however long that takes.
    ///
    /// - Throws: ``WireProblem`` where a well-behaved client was not served.
    public mutating func run(frames: Int) throws(WireProblem) -> Summary { try run { $0.frames >= frames } }

    private mutating func run(until isDone: (Summary) -> Bool) throws(WireProblem) -> Summary {
        var summary = Summary()
        while !isDone(summary) {
            try burst(&summary)
            if summary.frames >= summary.probes * Self.framesPerProbe { try probe(&summary) }
        }
        try probe(&summary)
        return summary
    }

    /// A few frames on one connection. Whether each is answered is not known, so the end is a request that must be,
    /// unless the connection was closed.
    private mutating func burst(_ summary: inout Summary) throws(WireProblem) {
        let connection = try ProbeConnection(port: port)
        for _ in 0..<(1 + fuzzer.next() % 8) {
            summary.frames += 1
            guard (try? connection.send(fuzzer.frame())) != nil else {
                summary.closed += 1
                return
            }
        }
        if fuzzer.next() % 16 == 0 { try drain(connection, &summary) }
    }

    private func drain(_ connection: ProbeConnection, _ summary: inout Summary) throws(WireProblem) {
        // A length that no frame can have makes the broker close the connection, whatever came before.
        guard (try? connection.send(.init(integer: Int32(-5)))) != nil else { return }
        while let answered = try? connection.receiveFrame(), answered.readableBytes > 0 { summary.answers += 1 }
        summary.closed += 1
    }

    /// A well-behaved client: it must be served.
    private func probe(_ summary: inout Summary) throws(WireProblem) {
        let connection = try ProbeConnection(port: port)
        let versions = try connection.ask(18, 3, ["name": "probe", "version": "1"])
        guard versions["error"]?.number == 0 else { throw WireProblem(description: "ApiVersions failed") }
        _ = try connection.ask(3, 9, ["topics": .list(nil)])
        summary.probes += 1
    }
}
