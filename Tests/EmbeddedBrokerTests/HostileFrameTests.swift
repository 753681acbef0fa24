import NIOCore
import NIOPosix
import Testing

@testable import EmbeddedBroker

/// Whatever bytes arrive, they end in an answer or an error: never in a trap, never in a hang.
@Suite struct HostileFrameTests {
    /// Runs `body` with a dispatcher over a broker that holds one topic, on an event loop as in life.
    private func withDispatcher(_ body: @escaping @Sendable (RequestDispatcher) throws -> Void) async throws {
        let directory = try TemporaryDirectory()
        let loop = MultiThreadedEventLoopGroup.singleton.next()
        try await loop.submit {
            let data = try DataDirectory(directory.data)
            defer { data.close() }
            let state = try BrokerState(
                configuration: BrokerConfiguration(dataDirectory: directory.data), directory: data, loop: loop,
                logger: .silent, failures: AsyncStream.makeStream(of: BrokerError.self).continuation)
            _ = try state.catalog.create("topic", partitions: 1, settings: TopicSettings(defaults: state.configuration))
            try body(RequestDispatcher(broker: state))
        }.get()
    }

    @Test func everySampleIsAnsweredAndEveryTruncationRefused() async throws {
        try await withDispatcher { dispatcher in
            for sample in Requests.samples(topic: "topic") {
                var frame = sample
                frame.moveReaderIndex(forwardBy: 4)
                _ = try dispatcher.answer(frame, for: ClientSession())
                for length in 0..<frame.readableBytes {
                    let cut = try #require(frame.getSlice(at: frame.readerIndex, length: length))
                    let isEmptyBody = Self.hasOptionalBody(frame)
                    if isEmptyBody {
                        _ = try? dispatcher.answer(cut, for: ClientSession())
                    } else {
                        #expect(throws: ProtocolError.self, "cut to \(length) of \(frame.readableBytes)") {
                            try dispatcher.answer(cut, for: ClientSession())
                        }
                    }
                }
            }
        }
    }

    /// ApiVersions' body is not read at all.
    private static func hasOptionalBody(_ frame: ByteBuffer) -> Bool {
        frame.getInteger(at: frame.readerIndex, as: Int16.self) == APIKey.apiVersions.rawValue
    }

    @Test(arguments: [UInt64(1), 2, 3]) func mutatedFramesNeverTrap(seed: UInt64) async throws {
        try await withDispatcher { dispatcher in
            var random = SplitMix(state: seed)
            let samples = Requests.samples(topic: "topic")
            for _ in 0..<3_000 {
                var frame = samples[Int(random.next() % UInt64(samples.count))]
                frame.moveReaderIndex(forwardBy: 4)
                for _ in 0...(random.next() % 4) {
                    let place = frame.readerIndex + Int(random.next() % UInt64(frame.readableBytes))
                    frame.setInteger(UInt8(truncatingIfNeeded: random.next()), at: place)
                }
                if case .later(let answer) = try? dispatcher.answer(frame, for: ClientSession()) { answer.abandon() }
            }
        }
    }
}

/// A small generator with a seed, for repeatable noise.
struct SplitMix {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}
