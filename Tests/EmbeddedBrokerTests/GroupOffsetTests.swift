import NIOCore
import Testing

@testable import EmbeddedBroker

@Suite struct GroupOffsetTests {
    /// Commits through the wire; the error of the only partition.
    private func commit(
        _ client: WireClient, _ offset: Int64, version: Int16, generation: Int32 = -1, topic: String = "topic"
    ) throws -> Int16 {
        var reply = try client.ask(
            .offsetCommit, version, Requests.commit("group", topic, offset, version: version, generation: generation))
        if version >= 3 { _ = try reply.integer("throttle", as: Int32.self) }
        _ = try reply.integer("topics", as: Int32.self)
        _ = try reply.string("name")
        _ = try reply.integer("partitions", as: Int32.self)
        _ = try reply.integer("index", as: Int32.self)
        return try reply.integer("error")
    }

    /// What is committed, as "topic partition offset".
    private func committed(
        _ client: WireClient, _ topics: [String]? = ["topic"], version: Int16
    ) throws -> [String] {
        var reply = try client.ask(.offsetFetch, version, Requests.committed("group", topics, version: version))
        if version >= 3 { _ = try reply.integer("throttle", as: Int32.self) }
        return try reply.array("topics") { (reader: inout WireReader) throws(ProtocolError) -> [String] in
            let name = try reader.string("name")
            let offsets = try reader.array("partitions") {
                (reader: inout WireReader) throws(ProtocolError) -> String in
                let index = try reader.integer("index", as: Int32.self)
                let offset = try reader.integer("offset", as: Int64.self)
                if version >= 5 { _ = try reader.integer("epoch", as: Int32.self) }
                _ = try reader.nullableString("metadata")
                _ = try reader.integer("error", as: Int16.self)
                try reader.tags()
                return "\(name) \(index) \(offset)"
            }
            try reader.tags()
            return offsets
        }.flatMap { $0 }
    }

    @Test func commitsAreKeptOverARestartInEveryVersion() async throws {
        let directory = try TemporaryDirectory()
        try await withBroker(directory) { broker in
            let client = try WireClient(port: broker.port)
            try client.createTopic("topic")
            #expect(try committed(client, version: 7) == ["topic 0 -1"])
            for version in Int16(2)...7 {
                #expect(try commit(client, Int64(version) * 10, version: version) == 0)
                for reading in Int16(1)...7 {
                    #expect(try committed(client, version: reading) == ["topic 0 \(version * 10)"])
                }
            }
        }
        try await withBroker(directory) { broker in
            let client = try WireClient(port: broker.port)
            #expect(try committed(client, version: 7) == ["topic 0 70"])
            #expect(try committed(client, nil, version: 7) == ["topic 0 70"])
        }
    }

    @Test func membersAndUnknownTopicsAreRefused() async throws {
        let directory = try TemporaryDirectory()
        try await withBroker(directory) { broker in
            let client = try WireClient(port: broker.port)
            try client.createTopic("topic")
            #expect(try commit(client, 1, version: 7, generation: 3) == ErrorCode.illegalGeneration.rawValue)
            let unknown = try commit(client, 1, version: 7, topic: "none")
            #expect(unknown == ErrorCode.unknownTopicOrPartition.rawValue)
            #expect(try committed(client, version: 7) == ["topic 0 -1"])
        }
    }

    @Test func transactionsAreRefusedByCode() async throws {
        let directory = try TemporaryDirectory()
        try await withBroker(directory) { broker in
            let client = try WireClient(port: broker.port)
            for version in Int16(1)...3 {
                var reply = try client.ask(
                    .findCoordinator, version, Requests.coordinator("t", type: 1, version: version))
                _ = try reply.integer("throttle", as: Int32.self)
                let error = try reply.integer("error", as: Int16.self)
                #expect(error == ErrorCode.transactionalIdAuthorizationFailed.rawValue)
            }
        }
    }

    @Test func theFileIsMadeAnewWhenMostOfItIsOutOfDate() throws {
        let directory = try TemporaryDirectory()
        let path = directory.data + "/offsets"
        let offsets = try CommittedOffsets(path, quota: nil, logger: .silent)
        let key = CommittedOffsets.Key(group: "group", topic: "topic", partition: 0)
        let note = String(repeating: "x", count: 4_000)
        for offset in Int64(0)..<300 {
            try offsets.keep([key: .init(offset: offset, leaderEpoch: 0, metadata: note)])
        }
        #expect(try StorageFile(path).size() < 300_000)
        let reopened = try CommittedOffsets(path, quota: nil, logger: .silent)
        #expect(reopened.commit(of: "group", "topic", 0)?.offset == 299)
    }

    @Test func aTornCommitIsCutOff() throws {
        let directory = try TemporaryDirectory()
        let path = directory.data + "/offsets"
        let key = CommittedOffsets.Key(group: "group", topic: "topic", partition: 0)
        for offset in Int64(1)...2 {
            try CommittedOffsets(path, quota: nil, logger: .silent)
                .keep([key: .init(offset: offset, leaderEpoch: 0, metadata: nil)])
        }
        let whole = try StorageFile(path).size()
        for size in (whole / 2)..<whole {
            try StorageFile(path).truncate(to: size)
            let reopened = try CommittedOffsets(path, quota: nil, logger: .silent)
            #expect(reopened.commit(of: "group", "topic", 0)?.offset == 1)
            try reopened.keep([key: .init(offset: 2, leaderEpoch: 0, metadata: nil)])
        }
    }
}
