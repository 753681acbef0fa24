import BrokerFuzz
import NIOCore
import Testing

@testable import EmbeddedBroker

/// Topics by their numbers, as the newest clients ask for them (KIP-516).
@Suite struct TopicIdTests {
    private static let nobody = WireValue.bytes(Array(repeating: 7, count: 16))

    private func topics(_ client: ProbeConnection, _ asked: WireValue, version: Int16 = 12) throws -> [WireValue] {
        try client.ask(3, version, ["topics": [asked]])["topics"]?.items ?? []
    }

    private func id(_ client: ProbeConnection, of name: String) throws -> WireValue {
        try #require(try topics(client, ["name": .text(name)]).first?["id"])
    }

    private func fetch(_ id: WireValue, partition: Int64 = 0, offset: Int64 = 0) -> WireValue {
        let wanted: WireValue = [
            "index": .integer(partition), "offset": .integer(offset), "maximum": 1_000_000, "start": -1,
        ]
        return ["maximum": 1_000_000, "epoch": -1, "topics": [["id": id, "partitions": [wanted]]]]
    }

    private func code(_ error: ErrorCode) -> WireValue { .integer(Int64(error.rawValue)) }

    @Test(arguments: Int16(13)...16) func aFetchByNumberGetsTheRecords(version: Int16) async throws {
        let directory = try TemporaryDirectory()
        try await withBroker(directory) { broker in
            let plain = try WireClient(port: broker.port)
            try plain.createTopic("topic")
            let batch = SampleBatch(values: ["a", "b"]).bytes
            _ = try plain.produce("topic", batch)
            let client = try ProbeConnection(port: broker.port)
            let id = try id(client, of: "topic")
            func partition(_ request: WireValue) throws -> WireValue {
                let topic = try #require(try client.ask(1, version, request)["topics"]?.items.first)
                #expect(topic["id"] == request["topics"]?.items.first?["id"])
                return try #require(topic["partitions"]?.items.first)
            }
            let found = try partition(fetch(id))
            #expect(found["error"] == 0 && found["end"] == 2)
            #expect(found["records"]?.data?.count == batch.readableBytes)
            #expect(try partition(fetch(id, partition: 1))["error"] == code(.unknownTopicOrPartition))
            #expect(try partition(fetch(id, offset: 9))["error"] == code(.offsetOutOfRange))
            #expect(try partition(fetch(Self.nobody))["error"] == code(.unknownTopicId))
        }
    }

    @Test func aFetchThatWaitsByNumberIsWokenByRecords() async throws {
        let directory = try TemporaryDirectory()
        try await withBroker(directory) { broker in
            let plain = try WireClient(port: broker.port)
            try plain.createTopic("topic")
            let client = try ProbeConnection(port: broker.port, patience: 40)
            guard case .record(var request) = fetch(try id(client, of: "topic")) else { return }
            (request["wait"], request["minimum"]) = (30_000, 1)
            let sent = try client.send(1, 16, .record(request))
            _ = try plain.produce("topic", SampleBatch(values: ["a"]).bytes)
            let reply = try client.receive(1, 16, sent)
            #expect(reply["topics"]?.items.first?["partitions"]?.items.first?["end"] == 1)
        }
    }

    @Test func nameAndNumberLeadToTheSameTopic() async throws {
        let directory = try TemporaryDirectory()
        try await withBroker(directory) { broker in
            try WireClient(port: broker.port).createTopic("topic", partitions: 3)
            let client = try ProbeConnection(port: broker.port)
            let number = try id(client, of: "topic")
            #expect(number.data?.contains { $0 != 0 } == true)
            let found = try #require(try topics(client, ["id": number, "name": .text(nil)]).first)
            #expect(found["name"] == "topic" && found["partitions"]?.items.count == 3 && found["error"] == 0)
            for version in Int16(10)...12 {
                #expect(try topics(client, ["name": "topic"], version: version).first?["id"] == number)
            }
            let stranger = try #require(try topics(client, ["id": Self.nobody, "name": .text(nil)]).first)
            #expect(stranger["error"] == code(.unknownTopicId) && stranger["name"] == .text(nil))
            #expect(stranger["id"] == Self.nobody)
        }
    }

    @Test func aTopicMadeAnewHasAnotherNumberAndARestartChangesNone() async throws {
        let directory = try TemporaryDirectory()
        var numbers: [WireValue] = []
        try await withBroker(directory) { broker in
            let client = try ProbeConnection(port: broker.port)
            let made = try client.ask(
                19, 7, ["topics": [["name": "topic", "count": 1, "replication": 1, "configs": []]]])
            numbers.append(try #require(made["topics"]?.items.first?["id"]))
            #expect(try id(client, of: "topic") == numbers[0])
            let gone = try client.ask(20, 6, ["wanted": [["id": numbers[0], "name": .text(nil)]]])
            #expect(gone["topics"]?.items.first?["name"] == "topic" && gone["topics"]?.items.first?["error"] == 0)
            let again = try client.ask(20, 6, ["wanted": [["id": numbers[0], "name": .text(nil)]]])
            #expect(again["topics"]?.items.first?["error"] == code(.unknownTopicId))
            try WireClient(port: broker.port).createTopic("topic")
            numbers.append(try id(client, of: "topic"))
            let old = try client.ask(1, 13, fetch(numbers[0]))
            #expect(old["topics"]?.items.first?["partitions"]?.items.first?["error"] == code(.unknownTopicId))
        }
        try await withBroker(directory) { broker in
            numbers.append(try id(ProbeConnection(port: broker.port), of: "topic"))
        }
        #expect(numbers[0] != numbers[1] && numbers[1] == numbers[2])
    }

    /// The catalogue as a broker wrote it that gave no numbers.
    @Test func topicsFromBeforeGetNumbersOnceAndKeepThem() async throws {
        let directory = try TemporaryDirectory()
        try await withBroker(directory) { broker in
            try WireClient(port: broker.port).createTopic("topic", settings: ["retention.ms": "5000"])
        }
        let data = try DataDirectory(directory.data)
        var content = ByteBuffer()
        ChecksummedRecords.append(to: &content) { writer in
            writer.string("topic")
            writer.integer(Int32(1))
            writer.array(["retention.ms"]) { writer, name in
                writer.string(name)
                writer.string("5000")
            }
        }
        try FileTree.replace(data.catalogPath, with: content, quota: nil)
        data.close()
        var numbers: [WireValue] = []
        for _ in 0..<2 {
            try await withBroker(directory) { broker in
                numbers.append(try id(ProbeConnection(port: broker.port), of: "topic"))
            }
        }
        #expect(numbers[0].data?.contains { $0 != 0 } == true && numbers[0] == numbers[1])
    }

    @Test func aNumberOpensNothingThatTheNameDoesNot() async throws {
        let secured = try SecuredBroker()
        try await withBroker(secured.directory, secured.settings) { broker in
            func client(_ token: String) throws -> ProbeConnection {
                let client = try ProbeConnection(port: broker.port)
                _ = try client.ask(17, 1, ["mechanism": "PLAIN"])
                #expect(try client.ask(36, 1, ["token": .bytes(Array(token.utf8))])["error"] == 0)
                return client
            }
            let admin = try client("\0admin\0right horse")
            for name in ["open", "closed"] {
                let wish: WireValue = ["name": .text(name), "count": 1, "replication": 1, "configs": []]
                #expect(try admin.ask(19, 7, ["topics": [wish]])["topics"]?.items.first?["error"] == 0)
            }
            let (open, closed) = (try id(admin, of: "open"), try id(admin, of: "closed"))
            let reader = try client("\0reader\0small secret")
            #expect(try topics(reader, ["id": open, "name": .text(nil)]).first?["name"] == "open")
            let seen = try #require(try topics(reader, ["id": closed, "name": .text(nil)]).first)
            #expect(seen["error"] == code(.topicAuthorizationFailed) && seen["name"] == .text(nil))
            for (number, expected) in [(open, ErrorCode.none), (closed, .topicAuthorizationFailed)] {
                let reply = try reader.ask(1, 16, fetch(number))
                #expect(reply["topics"]?.items.first?["partitions"]?.items.first?["error"] == code(expected))
            }
            let kept = try reader.ask(20, 6, ["wanted": [["id": closed, "name": .text(nil)]]])
            #expect(kept["topics"]?.items.first?["error"] == code(.topicAuthorizationFailed))
            #expect(kept["topics"]?.items.first?["name"] == .text(nil))
        }
    }
}
