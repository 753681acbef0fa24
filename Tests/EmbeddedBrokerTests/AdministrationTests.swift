import BrokerFuzz
import Foundation
import NIOCore
import Testing

@testable import EmbeddedBroker

/// What an administrator changes is changed after a restart too.
@Suite struct AdministrationTests {
    private func offset(_ client: ProbeConnection, _ timestamp: Int64, partition: Int64 = 0) throws -> WireValue? {
        let wish: WireValue = ["index": .integer(partition), "timestamp": .integer(timestamp)]
        let reply = try client.ask(2, 5, ["topics": [["name": "topic", "partitions": [wish]]]])
        return reply["topics"]?.items.first?["partitions"]?.items.first?["offset"]
    }

    private func commit(_ client: ProbeConnection, _ group: String) throws {
        let partition: WireValue = ["offset": 3, "leaderEpoch": -1]
        let reply = try client.ask(
            8, 7,
            ["group": .text(group), "generation": -1, "topics": [["name": "topic", "partitions": [partition]]]])
        #expect(reply["topics"]?.items.first?["partitions"]?.items.first?["error"] == 0)
    }

    private func committed(_ client: ProbeConnection, _ group: String) throws -> WireValue? {
        let reply = try client.ask(9, 7, ["group": .text(group), "topics": [["name": "topic", "partitions": [0]]]])
        return reply["topics"]?.items.first?["partitions"]?.items.first?["offset"]
    }

    @Test func aDeletedTopicLeavesNothingBehind() async throws {
        let directory = try TemporaryDirectory()
        try await withBroker(directory) { broker in
            let client = try ProbeConnection(port: broker.port)
            let wire = try WireClient(port: broker.port)
            try wire.createTopic("topic")
            _ = try wire.produce("topic", SampleBatch(values: ["a", "b", "c"]).bytes)
            try commit(client, "group")
            let waiting = try ProbeConnection(port: broker.port)
            let partition: WireValue = ["offset": 3, "maximum": 1_000, "start": -1]
            let sent = try waiting.send(
                1, 11,
                [
                    "wait": 9_000, "minimum": 1, "maximum": 1_000, "epoch": -1, "rack": "",
                    "topics": [["name": "topic", "partitions": [partition]]],
                ])
            let reply = try client.ask(20, 5, ["topics": ["topic", "none"]])
            #expect(reply["topics"]?.items.map { $0["error"] } == [0, 3])
            let fetched = try waiting.receive(1, 11, sent)
            #expect(fetched["topics"]?.items.first?["partitions"]?.items.first?["error"] == 3, "it does not wait on")
            try wire.createTopic("topic")
            #expect(try offset(client, -1) == 0)
            #expect(try committed(client, "group") == -1)
        }
        try FileManager.default.createDirectory(
            atPath: directory.data + "/topics/stranger-0", withIntermediateDirectories: true)
        try await withBroker(directory) { broker in
            let client = try ProbeConnection(port: broker.port)
            #expect(try offset(client, -1) == 0)
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: directory.data + "/topics") == ["topic-0"])
    }

    @Test func deletedRecordsStayDeleted() async throws {
        let directory = try TemporaryDirectory()
        try await withBroker(directory, { $0.segmentBytes = 4_096 }) { broker in
            let client = try ProbeConnection(port: broker.port)
            let wire = try WireClient(port: broker.port)
            try wire.createTopic("topic")
            for index in Int64(0)..<30 {
                let batch = SampleBatch(values: [String(repeating: "x", count: 900)], firstTimestamp: 1_000 + index)
                _ = try wire.produce("topic", batch.bytes)
            }
            func delete(before offset: Int64) throws -> WireValue? {
                let partition: WireValue = ["offset": .integer(offset)]
                let reply = try client.ask(21, 2, ["topics": [["name": "topic", "partitions": [partition]]]])
                return reply["topics"]?.items.first?["partitions"]?.items.first
            }
            #expect(try delete(before: 31)?["error"] == .integer(Int64(ErrorCode.offsetOutOfRange.rawValue)))
            #expect(try delete(before: 14)?["low"] == 14)
            #expect(try wire.fetch("topic", [0: 13])[0]?.error == .offsetOutOfRange)
            #expect(try wire.fetch("topic", [0: 14])[0].map { baseOffsets(in: $0.records).first } == 14)
            #expect(try offset(client, 0) == 14, "the first record by time is one that is left")
        }
        try await withBroker(directory, { $0.segmentBytes = 4_096 }) { broker in
            let client = try ProbeConnection(port: broker.port)
            #expect(try offset(client, -2) == 14 && offset(client, -1) == 30)
            let all: WireValue = ["offset": -1]
            _ = try client.ask(21, 0, ["topics": [["name": "topic", "partitions": [all]]]])
            #expect(try offset(client, -2) == 30)
            #expect(try WireClient(port: broker.port).produce("topic", SampleBatch().bytes).offset == 30)
        }
    }

    @Test func partitionsAndSettingsSurviveARestart() async throws {
        let directory = try TemporaryDirectory()
        try await withBroker(directory) { broker in
            let client = try ProbeConnection(port: broker.port)
            try WireClient(port: broker.port).createTopic("topic", settings: ["retention.ms": "5"])
            func grow(_ count: Int64) throws -> WireValue? {
                let topic: WireValue = ["name": "topic", "count": .integer(count), "assignments": .list(nil)]
                return try client.ask(37, 3, ["topics": [topic]])["results"]?.items.first?["error"]
            }
            #expect(try grow(3) == 0)
            #expect(try grow(3) == .integer(Int64(ErrorCode.invalidPartitions.rawValue)))
            func alter(_ name: String, _ operation: Int64, _ value: String?) throws -> WireValue? {
                let config: WireValue = ["name": .text(name), "operation": .integer(operation), "value": .text(value)]
                let reply = try client.ask(44, 1, ["resources": [["type": 2, "name": "topic", "configs": [config]]]])
                return reply["results"]?.items.first?["error"]
            }
            let refused = WireValue.integer(Int64(ErrorCode.invalidConfig.rawValue))
            #expect(try alter("retention.bytes", 0, "77") == 0)
            #expect(try alter("retention.ms", 1, nil) == 0)
            #expect(try alter(TopicSettings.consumersName, 2, "a,b") == 0)
            #expect(try alter(TopicSettings.consumersName, 3, "a") == 0)
            #expect(try alter("retention.ms", 2, "1") == refused)
            #expect(try alter("no.such", 0, "1") == refused)
            #expect(try alter("retention.ms", 9, "1") == refused)
        }
        try await withBroker(directory) { broker in
            let client = try ProbeConnection(port: broker.port)
            #expect(try offset(client, -1, partition: 2) == 0)
            let reply = try client.ask(32, 4, ["resources": [["type": 2, "name": "topic", "keys": .list(nil)]]])
            let settings = (reply["results"]?.items.first?["configs"]?.items ?? []).reduce(into: [String: String]()) {
                $0[$1["name"]?.string ?? ""] = $1["value"]?.string
            }
            #expect(settings["retention.bytes"] == "77" && settings["retention.ms"] == "-1")
            #expect(settings[TopicSettings.consumersName] == "b")
        }
    }

    @Test func deletedOffsetsStayDeleted() async throws {
        let directory = try TemporaryDirectory()
        try await withBroker(directory) { broker in
            let client = try ProbeConnection(port: broker.port)
            try WireClient(port: broker.port).createTopic("topic")
            for group in ["a", "b", "c"] { try commit(client, group) }
            let listed = try client.ask(16, 4, ["states": ["Empty"]])["groups"]?.items
            #expect(listed?.map { $0["group"]?.string } == ["a", "b", "c"])
            let deleted = try client.ask(42, 2, ["groups": ["a", "none"]])["groups"]?.items
            #expect(deleted?.map { $0["error"] } == [0, .integer(Int64(ErrorCode.groupIdNotFound.rawValue))])
            let one = try client.ask(
                47, 0, ["group": "b", "topics": [["name": "topic", "partitions": [["index": 0]]]]])
            #expect(one["error"] == 0)
        }
        try await withBroker(directory) { broker in
            let client = try ProbeConnection(port: broker.port)
            for (group, offset) in [("a", -1), ("b", -1), ("c", 3)] as [(String, Int64)] {
                #expect(try committed(client, group) == .integer(offset))
            }
        }
    }

    @Test func offsetsOfGroupsWithMembersAreKept() async throws {
        let directory = try TemporaryDirectory()
        try await withBroker(directory, { $0.initialRebalanceDelayMilliseconds = 0 }) { broker in
            let client = try ProbeConnection(port: broker.port)
            try WireClient(port: broker.port).createTopic("topic")
            try commit(client, "group")
            let joined = try client.ask(
                11, 3,
                [
                    "group": "group", "session": 10_000, "rebalance": 10_000, "type": "consumer",
                    "protocols": [
                        ["name": "range", "metadata": .bytes([0, 0, 0, 0, 0, 1, 0, 5] + Array("topic".utf8))]
                    ],
                ])
            let id = try #require(joined["member"]?.string)
            #expect(joined["leader"] == .text(id) && joined["generation"] == 1)
            let deleted = try client.ask(42, 2, ["groups": ["group"]])["groups"]?.items
            #expect(deleted?.map { $0["error"] } == [.integer(Int64(ErrorCode.nonEmptyGroup.rawValue))])
            let one = try client.ask(
                47, 0, ["group": "group", "topics": [["name": "topic", "partitions": [["index": 0]]]]])
            let refused = WireValue.integer(Int64(ErrorCode.groupSubscribedToTopic.rawValue))
            #expect(one["topics"]?.items.first?["partitions"]?.items.first?["error"] == refused)
            let described = try client.ask(15, 4, ["groups": ["group"]])["groups"]?.items.first
            #expect(described?["state"] == "CompletingRebalance")
            #expect(try client.ask(13, 2, ["group": "group", "member": .text(id)])["error"] == 0)
            #expect(try committed(client, "group") == 3)
        }
    }
}
