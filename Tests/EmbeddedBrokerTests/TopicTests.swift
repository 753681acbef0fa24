import NIOCore
import Testing

@testable import EmbeddedBroker

@Suite struct TopicTests {
    private func create(
        _ client: WireClient, _ name: String, partitions: Int32 = 1, replication: Int16 = 1,
        settings: [String: String] = [:], version: Int16 = 4
    ) throws -> Int16 {
        var reply = try client.ask(
            .createTopics, version,
            Requests.createTopic(
                name, partitions: partitions, replication: replication, settings: settings, version: version))
        if version >= 2 { _ = try reply.integer("throttle", as: Int32.self) }
        if version >= 5 {
            _ = try reply.unsignedVarint("topics")
        } else {
            _ = try reply.integer("topics", as: Int32.self)
        }
        _ = try reply.string("name")
        return try reply.integer("error")
    }

    @Test func wishesThatCannotBeMetAreRefusedByCode() async throws {
        let directory = try TemporaryDirectory()
        try await withBroker(directory) { broker in
            let client = try WireClient(port: broker.port)
            #expect(try create(client, "topic", partitions: 2) == 0)
            #expect(try create(client, "topic") == ErrorCode.topicAlreadyExists.rawValue)
            #expect(try create(client, "../etc") == ErrorCode.invalidTopic.rawValue)
            #expect(try create(client, "..") == ErrorCode.invalidTopic.rawValue)
            #expect(try create(client, "a", partitions: 0) == ErrorCode.invalidPartitions.rawValue)
            #expect(try create(client, "a", partitions: .max) == ErrorCode.policyViolation.rawValue)
            #expect(try create(client, "a", replication: 3) == ErrorCode.invalidReplicationFactor.rawValue)
            #expect(try create(client, "a", settings: ["retention.ms": "soon"]) == ErrorCode.invalidConfig.rawValue)
            #expect(try create(client, "a", settings: ["colour": "red"]) == ErrorCode.invalidConfig.rawValue)
            for version in Int16(0)...5 { #expect(try create(client, "v\(version)", version: version) == 0) }
        }
    }

    @Test func topicsAndTheirSettingsAreThereAfterARestart() async throws {
        let directory = try TemporaryDirectory()
        try await withBroker(directory) { broker in
            let client = try WireClient(port: broker.port)
            try client.createTopic("topic", partitions: 3, settings: ["retention.ms": "5000", "retention.bytes": "7"])
        }
        try await withBroker(directory) { broker in
            let client = try WireClient(port: broker.port)
            for version in Int16(0)...2 {
                var reply = try client.ask(.describeConfigs, version, Requests.describe("topic", version: version))
                _ = try reply.integer("throttle", as: Int32.self)
                _ = try reply.integer("resources", as: Int32.self)
                #expect(try reply.integer("error", as: Int16.self) == 0)
                _ = try reply.nullableString("message")
                _ = try reply.integer("type", as: Int8.self)
                #expect(try reply.string("name") == "topic")
                let settings = try reply.array("settings") {
                    (reader: inout WireReader) throws(ProtocolError) -> String in
                    let name = try reader.string("name")
                    let value = try reader.nullableString("value") ?? ""
                    for _ in 0..<3 { _ = try reader.integer("flag", as: Int8.self) }
                    if version >= 1 { _ = try reader.integer("synonyms", as: Int32.self) }
                    return "\(name)=\(value)"
                }
                #expect(settings.contains("retention.ms=5000") && settings.contains("retention.bytes=7"))
                #expect(reply.remaining == 0)
            }
            #expect(try client.produce("topic", SampleBatch().bytes, partition: 2).error == .none)
        }
    }
}
