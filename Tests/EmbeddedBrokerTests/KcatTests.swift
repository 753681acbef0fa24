import Foundation
import Testing

@testable import EmbeddedBroker

/// A real client, librdkafka by way of kcat, against the broker.
@Suite(.timeLimit(.minutes(10))) struct KcatTests {
    private func lines(_ count: Int, _ prefix: String = "value") -> String {
        (0..<count).map { "\(prefix)-\($0)\n" }.joined()
    }

    @Test func keysHeadersAndTombstonesComeBack() async throws {
        let directory = try TemporaryDirectory()
        try await withBroker(directory, { $0.createsTopicsAutomatically = true }) { broker in
            let sent = try await Kcat.run(
                port: broker.port,
                ["-P", "-t", "topic", "-K:", "-Z", "-H", "ce_id=1", "-X", "enable.idempotence=true", "-X", "acks=all"],
                input: "a:one\nb:\nc:three\n")
            try #require(sent.status == 0, "\(sent.errors)")
            let read = try await Kcat.run(
                port: broker.port, ["-C", "-t", "topic", "-e", "-q", "-Z", "-f", "%o %k=%s [%h]\n"])
            #expect(read.output == "0 a=one [ce_id=1]\n1 b=NULL [ce_id=1]\n2 c=three [ce_id=1]\n")
        }
    }

    @Test(arguments: ["none", "gzip", "snappy", "lz4", "zstd"]) func everyCompressionComesBack(
        codec: String
    ) async throws {
        let directory = try TemporaryDirectory()
        try await withBroker(directory, { $0.createsTopicsAutomatically = true }) { broker in
            let input = lines(2_000)
            let sent = try await Kcat.run(
                port: broker.port, ["-P", "-t", "topic", "-z", codec, "-X", "enable.idempotence=true"], input: input)
            try #require(sent.status == 0, "\(sent.errors)")
            let read = try await Kcat.run(port: broker.port, ["-C", "-t", "topic", "-e", "-q"])
            #expect(read.output == input)
        }
    }

    @Test func aRecordLargerThanAllowedIsRefused() async throws {
        let directory = try TemporaryDirectory()
        try await withBroker(directory, { $0.createsTopicsAutomatically = true }) { broker in
            let large = String(repeating: "x", count: 1_200_000)
            let sent = try await Kcat.run(
                port: broker.port, ["-P", "-t", "topic", "-X", "message.max.bytes=3000000"], input: large + "\n")
            #expect(sent.errors.contains("too large"), "\(sent.errors)")
            let read = try await Kcat.run(port: broker.port, ["-C", "-t", "topic", "-e", "-q"])
            #expect(read.output.isEmpty)
        }
    }

    @Test func offsetsAreFoundByTime() async throws {
        let directory = try TemporaryDirectory()
        try await withBroker(directory, { $0.createsTopicsAutomatically = true }) { broker in
            _ = try await Kcat.run(port: broker.port, ["-P", "-t", "topic"], input: lines(10))
            for (time, offset) in [("0", 0), ("-2", 0), ("-1", 10)] {
                let found = try await Kcat.run(port: broker.port, ["-Q", "-t", "topic:0:\(time)"])
                #expect(found.output == "topic [0] offset \(offset)\n")
            }
        }
    }

    @Test func aGroupReadsAndGoesOnWhereItStopped() async throws {
        let directory = try TemporaryDirectory()
        try await withBroker(directory, { $0.createsTopicsAutomatically = true }) { broker in
            for round in 0..<2 {
                let input = lines(200, "round-\(round)")
                let sent = try await Kcat.run(port: broker.port, ["-P", "-t", "topic"], input: input)
                try #require(sent.status == 0, "\(sent.errors)")
                let read = try await Kcat.run(
                    port: broker.port,
                    ["-G", "group", "-e", "-q", "-X", "auto.offset.reset=earliest", "-c", "200", "topic"])
                #expect(read.output == input, "\(read.errors)")
            }
        }
    }

    @Test(arguments: ["PLAIN", "SCRAM-SHA-256"]) func loginsNeedTheRightPassword(mechanism: String) async throws {
        let secured = try SecuredBroker()
        try await withBroker(secured.directory, secured.settings) { broker in
            func list(_ password: String) async throws -> Finished {
                try await Kcat.run(
                    port: broker.port,
                    [
                        "-L", "-m", "3", "-X", "security.protocol=SASL_PLAINTEXT", "-X", "sasl.mechanism=\(mechanism)",
                        "-X", "sasl.username=admin", "-X", "sasl.password=\(password)",
                    ])
            }
            #expect(try await list("right horse").status == 0)
            let wrong = try await list("wrong")
            #expect(wrong.status != 0 && wrong.errors.contains("uthentication"), "\(wrong.errors)")
        }
    }

    /// Everything kcat was told is kept must be readable after the broker has been killed under it, and once only.
    @Test func killingTheBrokerUnderAProducerLosesAndDoublesNothing() async throws {
        let directory = try TemporaryDirectory()
        var (child, port) = try await BrokerProgram.ready(directory.data)
        try WireClient(port: port).createTopic("topic")
        let count = 150_000
        let source = directory.path + "/records"
        try Data(lines(count).utf8).write(to: URL(fileURLWithPath: source))
        let producer = try Child(
            Kcat.path,
            [
                "-b", "127.0.0.1:\(port)", "-P", "-E", "-t", "topic", "-X", "enable.idempotence=true", "-X", "acks=all",
                "-X", "batch.num.messages=50", "-X", "linger.ms=1", "-X", "reconnect.backoff.ms=10", "-X",
                "reconnect.backoff.max.ms=50",
                "-X", "retry.backoff.ms=20",
            ], input: try FileHandle(forReadingFrom: URL(fileURLWithPath: source)))
        for round in 1...3 {
            // Killed in the midst of the stream: when a consumer has seen a share of it.
            _ = try await Kcat.run(port: port, ["-C", "-t", "topic", "-c", "\(10_000 * round)", "-q"])
            child.send(SIGKILL)
            _ = await child.wait()
            (child, _) = try await BrokerProgram.ready(directory.data, port: port)
        }
        let sent = await producer.wait()
        #expect(sent.status == 0, "\(sent.errors)")
        let read = try await Kcat.run(port: port, ["-C", "-t", "topic", "-e", "-q"])
        #expect(read.output == lines(count), "\(read.output.split(separator: "\n").count) records")
        child.send(SIGTERM)
        #expect(await child.wait().status == 0)
    }
}
