import Foundation
import Testing

@testable import EmbeddedBroker

/// The newest confluent-kafka against the broker; each scenario is a function of scripts/conformance/kafka_client.py.
@Suite(
    .enabled(Comment(rawValue: PythonClient.skipped)) { await PythonClient.isReady() }, .timeLimit(.minutes(10)))
struct PythonConformanceTests {
    @Test(arguments: ["roundtrip", "oversized", "times", "administration", "transactions"])
    func theClientFindsWhatKafkaPromises(scenario: String) async throws {
        let directory = try TemporaryDirectory()
        try await withBroker(directory) { broker in
            let end = try await PythonClient.run(scenario, port: broker.port)
            #expect(end.status == 0, "\(end.errors)")
        }
    }

    /// A client that shares no line with librdkafka.
    @Test(arguments: ["roundtrip", "times", "group", "administration"])
    func thePurePythonClientDoesTheSame(scenario: String) async throws {
        let directory = try TemporaryDirectory()
        try await withBroker(directory) { broker in
            let client = try PythonClient.start(scenario, port: broker.port, script: "pure_client.py")
            let end = await client.wait()
            #expect(end.status == 0, "\(end.errors)")
        }
    }

    @Test(arguments: [["range", ",,"], ["cooperative-sticky", ",,"], ["range", "one,two,three"]])
    func threeMembersShareAndOneIsKilled(arguments: [String]) async throws {
        let directory = try TemporaryDirectory()
        try await withBroker(directory) { broker in
            let end = try await PythonClient.run("group", port: broker.port, arguments)
            #expect(end.status == 0, "\(end.errors)")
        }
    }

    @Test func committedOffsetsSurviveARestart() async throws {
        let directory = try TemporaryDirectory()
        for scenario in ["commit", "resume"] {
            try await withBroker(directory) { broker in
                let end = try await PythonClient.run(scenario, port: broker.port)
                #expect(end.status == 0, "\(end.errors)")
            }
        }
    }

    @Test func anIdempotentProducerSurvivesForcedReconnects() async throws {
        let directory = try TemporaryDirectory()
        var (child, port) = try await BrokerProgram.ready(directory.data)
        try WireClient(port: port).createTopic("stream")
        let producer = try PythonClient.start("stream", port: port)
        for round in 1...3 {
            // Killed in the midst of the stream: when a consumer has seen a share of it.
            _ = try await Kcat.run(port: port, ["-C", "-t", "stream", "-c", "\(3_000 * round)", "-q"])
            child.send(SIGKILL)
            _ = await child.wait()
            (child, _) = try await BrokerProgram.ready(directory.data, port: port)
        }
        let sent = await producer.wait()
        #expect(sent.status == 0, "\(sent.errors)")
        let read = try await PythonClient.run("streamed", port: port)
        #expect(read.status == 0, "\(read.errors)")
        child.send(SIGTERM)
        #expect(await child.wait().status == 0)
    }

    @Test func scramAndPlainLetTheRightPasswordInOnly() async throws {
        let secured = try SecuredBroker()
        try await withBroker(secured.directory, secured.settings) { broker in
            let end = try await PythonClient.run("scram", port: broker.port)
            #expect(end.status == 0, "\(end.errors)")
        }
    }

    @Test func scramWorksOverTLS() async throws {
        let secured = try SecuredBroker()
        let certificate = try await secured.makeCertificate()
        try await withBroker(
            secured.directory,
            { settings in
                secured.settings(&settings)
                settings.certificateFile = certificate.chain
                settings.privateKeyFile = certificate.key
            }
        ) { broker in
            let end = try await PythonClient.run("scram", port: broker.port, ["SASL_SSL", certificate.chain])
            #expect(end.status == 0, "\(end.errors)")
        }
    }

    @Test func rulesAreEnforced() async throws {
        let secured = try SecuredBroker()
        try await withBroker(secured.directory, secured.settings) { broker in
            let end = try await PythonClient.run("access", port: broker.port)
            #expect(end.status == 0, "\(end.errors)")
        }
    }
}
