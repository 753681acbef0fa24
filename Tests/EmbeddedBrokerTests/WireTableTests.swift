import BrokerFuzz
import NIOCore
import Testing

@testable import EmbeddedBroker

/// The broker's codec against an account of Kafka's schemas that shares no code with it.
@Suite struct WireTableTests {
    @Test func theBrokerServesWhatTheTableDescribes() {
        #expect(Set(APIKey.allCases.map(\.rawValue)) == Set(WireTable.apis.keys))
        for api in APIKey.allCases {
            let described = WireTable.apis[api.rawValue]
            #expect(described?.versions == api.versions, "\(api)")
            #expect(described?.firstFlexible == api.firstFlexibleVersion, "\(api)")
        }
    }

    /// Every request in every version is understood, and every byte of its reply is where the schema has it.
    @Test func everyReplyHasEveryFieldInEveryVersion() async throws {
        let directory = try TemporaryDirectory()
        try await withBroker(directory) { broker in
            try WireClient(port: broker.port).createTopic("topic")
            let batch = SampleBatch(values: ["a", "b"]).bytes
            let client = try ProbeConnection(port: broker.port)
            for api in APIKey.allCases {
                for version in api.versions {
                    let values = SampleRequests.values(of: api, topic: "topic", batch: batch)
                    #expect(throws: Never.self, "\(api) \(version)") {
                        _ = try client.ask(api.rawValue, version, values)
                    }
                }
            }
        }
    }

    @Test func repliesCarryTheirValues() async throws {
        let directory = try TemporaryDirectory()
        try await withBroker(directory) { broker in
            try WireClient(port: broker.port).createTopic("topic", partitions: 2)
            let client = try ProbeConnection(port: broker.port)
            let batch = WireValue.bytes(Array(SampleBatch(values: ["a", "b"]).bytes.readableBytesView))
            for version in APIKey.produce.versions {
                let reply = try client.ask(
                    0, version, ["acks": -1, "topics": [["name": "topic", "partitions": [["records": batch]]]]])
                let partition = reply["topics"]?.items.first?["partitions"]?.items.first
                #expect(partition?["error"] == 0)
                #expect(partition?["offset"] == .integer(2 * Int64(version - 3)))
            }
            for version in APIKey.listOffsets.versions {
                for (time, offset) in [(-1, 14), (-2, 0)] as [(Int64, Int64)] {
                    let partition: WireValue = ["timestamp": .integer(time)]
                    let reply = try client.ask(2, version, ["topics": [["name": "topic", "partitions": [partition]]]])
                    let found = reply["topics"]?.items.first?["partitions"]?.items.first
                    #expect(found?["offset"] == .integer(offset))
                }
            }
            for version in APIKey.describeCluster.versions {
                let reply = try client.ask(60, version, ["endpoints": 1])
                #expect(reply["brokers"]?.items.first?["port"] == .integer(Int64(broker.port)))
                #expect(reply["controller"] == 1)
            }
            for version in APIKey.offsetForLeaderEpoch.versions {
                let reply = try client.ask(23, version, ["topics": [["name": "topic", "partitions": [["index": 0]]]]])
                #expect(reply["topics"]?.items.first?["partitions"]?.items.first?["end"] == 14)
            }
        }
    }

    @Test func transactionsAreRefusedByTheirCodeInEveryVersion() async throws {
        let directory = try TemporaryDirectory()
        try await withBroker(directory) { broker in
            let client = try ProbeConnection(port: broker.port)
            let code = WireValue.integer(Int64(ErrorCode.transactionalIdAuthorizationFailed.rawValue))
            for version in Int16(0)...3 {
                #expect(try client.ask(25, version, ["transactionalId": "t"])["error"] == code)
                #expect(try client.ask(26, version, ["transactionalId": "t"])["error"] == code)
                for key in [Int16(24), 28] {
                    let topics: WireValue = [["name": "topic", "partitions": key == 24 ? [3] : [["index": 3]]]]
                    let reply = try client.ask(key, version, ["transactionalId": "t", "topics": topics])
                    let partition = reply["topics"]?.items.first?["partitions"]?.items.first
                    #expect(partition?["error"] == code && partition?["index"] == 3)
                }
            }
            #expect(try client.ask(22, 4, ["transactionalId": "t"])["error"] == code)
        }
    }
}
