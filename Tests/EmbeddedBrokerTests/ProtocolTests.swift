import NIOCore
import Testing

@testable import EmbeddedBroker

/// Requests made by hand against a running broker.
@Suite struct ProtocolTests {
    @Test func anUnknownVersionOfApiVersionsIsAnsweredInVersionZero() async throws {
        let directory = try TemporaryDirectory()
        try await withBroker(directory) { broker in
            let client = try WireClient(port: broker.port)
            var frame = WireWriter(flexible: false)
            frame.integer(Int32(0))
            for value: Int16 in [18, 99] { frame.integer(value) }
            frame.integer(Int32(5))
            try client.sendBytes(frame.framed())
            var reply = try client.receive(.apiVersions, 0, correlation: 5)
            #expect(try reply.integer("error", as: Int16.self) == ErrorCode.unsupportedVersion.rawValue)
            let listed = try reply.array("keys") { (reader: inout WireReader) throws(ProtocolError) -> [Int16] in
                [try reader.integer("key"), try reader.integer("from"), try reader.integer("to")]
            }
            #expect(listed.contains([1, 4, 16]) && listed.contains([18, 0, 4]))
            // Versions 0 to 2 of Produce are told of for librdkafka's sake, and refused like every unknown one.
            #expect(listed.contains([0, 0, 9]) && !APIKey.produce.versions.contains(2))
        }
    }

    @Test func everyAPIIsAnsweredInEveryVersion() async throws {
        let directory = try TemporaryDirectory()
        try await withBroker(directory) { broker in
            let client = try WireClient(port: broker.port)
            try client.createTopic("topic")
            for sample in Requests.samples(topic: "topic") {
                try client.sendBytes(sample)
                let reply = try #require(try client.receiveFrame())
                #expect(reply.getInteger(at: 0, as: Int32.self) == 7)
            }
        }
    }

    @Test(arguments: [Int16(0), 1, 4, 7, 9]) func metadataNamesBrokerAndPartitions(version: Int16) async throws {
        let directory = try TemporaryDirectory()
        try await withBroker(directory) { broker in
            let client = try WireClient(port: broker.port)
            try client.createTopic("topic", partitions: 3)
            var reply = try client.ask(.metadata, version, Requests.metadata(["topic", "none"], version: version))
            if version >= 3 { _ = try reply.integer("throttle", as: Int32.self) }
            let brokers = try reply.array("brokers") { (reader: inout WireReader) throws(ProtocolError) -> String in
                let node = try reader.integer("node", as: Int32.self)
                let host = try reader.string("host")
                let port = try reader.integer("port", as: Int32.self)
                if version >= 1 { _ = try reader.nullableString("rack") }
                try reader.tags()
                return "\(node) \(host) \(port)"
            }
            #expect(brokers == ["1 127.0.0.1 \(broker.port)"])
            if version >= 2 { #expect(try reply.nullableString("cluster")?.count == 22) }
            if version >= 1 { #expect(try reply.integer("controller", as: Int32.self) == 1) }
            let topics = try reply.array("topics") { (reader: inout WireReader) throws(ProtocolError) -> String in
                let error = try reader.integer("error", as: Int16.self)
                let name = try reader.string("name")
                if version >= 1 { _ = try reader.boolean("internal") }
                let partitions = try reader.array("partitions") {
                    (reader: inout WireReader) throws(ProtocolError) -> Int32 in
                    _ = try reader.integer("error", as: Int16.self)
                    let index = try reader.integer("index", as: Int32.self)
                    _ = try reader.integer("leader", as: Int32.self)
                    if version >= 7 { _ = try reader.integer("epoch", as: Int32.self) }
                    for _ in 0..<(version >= 5 ? 3 : 2) { _ = try reader.array("replicas", integer) }
                    try reader.tags()
                    return index
                }
                if version >= 8 { _ = try reader.integer("operations", as: Int32.self) }
                try reader.tags()
                return "\(name) \(error) \(partitions)"
            }
            #expect(topics == ["topic 0 [0, 1, 2]", "none 3 []"])
            if version >= 8 { _ = try reply.integer("operations", as: Int32.self) }
            try reply.tags()
            #expect(reply.remaining == 0)
        }
    }

    private func integer(_ reader: inout WireReader) throws(ProtocolError) -> Int32 { try reader.integer("element") }

    @Test func aWaitingFetchIsWokenByAnAppend() async throws {
        let directory = try TemporaryDirectory()
        try await withBroker(directory) { broker in
            let consumer = try WireClient(port: broker.port)
            let producer = try WireClient(port: broker.port)
            try producer.createTopic("topic", partitions: 2)
            let body = Requests.fetch("topic", [0: 0, 1: 0], version: 11, wait: 25_000)
            let sent = try consumer.send(.fetch, 11, body)
            let start = ContinuousClock.now
            #expect(try producer.produce("topic", SampleBatch().bytes, partition: 1).offset == 0)
            var reply = try consumer.receive(.fetch, 11, correlation: sent)
            let fetched = try WireClient.fetched(&reply, version: 11)
            #expect(fetched[0]?.records.readableBytes == 0)
            #expect(fetched[1].map { baseOffsets(in: $0.records) } == [0])
            #expect(ContinuousClock.now - start < .seconds(20))
        }
    }

    @Test func aFetchWaitsForItsMinimumOrItsTime() async throws {
        let directory = try TemporaryDirectory()
        try await withBroker(directory) { broker in
            let client = try WireClient(port: broker.port)
            try client.createTopic("topic")
            let batch = SampleBatch().bytes
            _ = try client.produce("topic", batch)
            let start = ContinuousClock.now
            let minimum = Int32(batch.readableBytes + 1)
            let short = try client.fetch("topic", [0: 0], wait: 150, minimum: minimum)
            #expect(ContinuousClock.now - start >= .milliseconds(140))
            #expect(short[0].map { baseOffsets(in: $0.records) } == [0], "what there is comes when the time is up")

            let sent = try client.send(
                .fetch, 11, Requests.fetch("topic", [0: 0], version: 11, wait: 8_000, minimum: minimum))
            _ = try WireClient(port: broker.port).produce("topic", batch)
            var reply = try client.receive(.fetch, 11, correlation: sent)
            #expect(try WireClient.fetched(&reply, version: 11)[0].map { baseOffsets(in: $0.records) } == [0, 1])
        }
    }

    @Test(arguments: Array(Int16(4)...12)) func fetchRespectsLimitsButNeverStandsStill(version: Int16) async throws {
        let directory = try TemporaryDirectory()
        try await withBroker(directory) { broker in
            let client = try WireClient(port: broker.port)
            try client.createTopic("topic", partitions: 2)
            let batch = SampleBatch(values: [String(repeating: "x", count: 1_000)]).bytes
            for partition in Int32(0)...1 {
                for _ in 0..<5 { _ = try client.produce("topic", batch, partition: partition) }
            }
            func offsets(maximum: Int32, partitionMaximum: Int32) throws -> [[Int64]] {
                let found = try client.fetch(
                    "topic", [0: 0, 1: 0], version: version, maximum: maximum, partitionMaximum: partitionMaximum)
                return [0, 1].map { found[$0].map { baseOffsets(in: $0.records) } ?? [] }
            }
            #expect(try offsets(maximum: 1, partitionMaximum: 1) == [[0], []])
            #expect(try offsets(maximum: 100_000, partitionMaximum: 2_500) == [[0, 1], [0, 1]])
            #expect(try offsets(maximum: 4_000, partitionMaximum: 100_000) == [[0, 1, 2], []])
            #expect(try client.fetch("topic", [0: 6], version: version)[0]?.error == .offsetOutOfRange)
            #expect(try client.fetch("none", [0: 0], version: version)[0]?.error == .unknownTopicOrPartition)
        }
    }

    @Test func aTimeIsFoundInABatchWhoseHeaderNamesTheFirstTimeOnly() async throws {
        let directory = try TemporaryDirectory()
        try await withBroker(directory) { broker in
            let client = try WireClient(port: broker.port)
            try client.createTopic("topic")
            let batch = SampleBatch(values: ["a", "b", "c"], timestamps: [10, 20, 30], greatestTimestamp: 10)
            _ = try client.produce("topic", batch.bytes)
            var reply = try client.ask(.listOffsets, 1, Requests.listOffsets("topic", timestamp: 25, version: 1))
            _ = try reply.integer("topics", as: Int32.self)
            _ = try reply.string("name")
            _ = try reply.integer("partitions", as: Int32.self)
            _ = try reply.integer("index", as: Int32.self)
            #expect(try reply.integer("error", as: Int16.self) == 0)
            #expect(try reply.integer("timestamp", as: Int64.self) == 30)
            #expect(try reply.integer("offset", as: Int64.self) == 2)
        }
    }

    @Test func aHeaderWithTheFirstTimeOnlyIsPutRight() throws {
        for said in [Int64(10), -1] {
            let sample = SampleBatch(values: ["a", "b", "c"], timestamps: [10, 30, 20], greatestTimestamp: said)
            var (batch, header) = (sample.bytes, try sample.header)
            GreatestTime.correct(&batch, &header)
            #expect(header.maxTimestamp == 30 && BatchCheck.check(batch, maximumBytes: 1_000) == .good(header))
            #expect(batch == SampleBatch(values: ["a", "b", "c"], timestamps: [10, 30, 20]).bytes)
        }
        // What gives one time for all on purpose, or by the broker's clock, stays.
        for same in [
            SampleBatch(values: ["a", "b"], timestamps: [10, 10]),
            SampleBatch(values: ["a", "b"], timestamps: [10, 20], attributes: 8, greatestTimestamp: 10),
        ] {
            var (batch, header) = (same.bytes, try same.header)
            GreatestTime.correct(&batch, &header)
            #expect(try batch == same.bytes && header == same.header)
        }
    }

    @Test func listOffsetsKnowsBothEndsAndTimes() async throws {
        let directory = try TemporaryDirectory()
        try await withBroker(directory) { broker in
            let client = try WireClient(port: broker.port)
            try client.createTopic("topic")
            _ = try client.produce("topic", SampleBatch(values: ["a", "b", "c"], timestamps: [10, 20, 30]).bytes)
            for version in Int16(1)...5 {
                func offset(_ timestamp: Int64) throws -> [Int64] {
                    var reply = try client.ask(
                        .listOffsets, version, Requests.listOffsets("topic", timestamp: timestamp, version: version))
                    if version >= 2 { _ = try reply.integer("throttle", as: Int32.self) }
                    _ = try reply.integer("topics", as: Int32.self)
                    _ = try reply.string("name")
                    _ = try reply.integer("partitions", as: Int32.self)
                    _ = try reply.integer("index", as: Int32.self)
                    #expect(try reply.integer("error", as: Int16.self) == 0)
                    return [try reply.integer("timestamp"), try reply.integer("offset")]
                }
                #expect(try offset(-1) == [-1, 3])
                #expect(try offset(-2) == [-1, 0])
                #expect(try offset(11) == [20, 1])
                #expect(try offset(31) == [-1, -1])
            }
        }
    }

    @Test func aHostileClientIsCutOffAndHurtsNobody() async throws {
        let directory = try TemporaryDirectory()
        try await withBroker(directory) { broker in
            let good = try WireClient(port: broker.port)
            try good.createTopic("topic")
            var huge = ByteBuffer(integer: Int32.max)
            huge.writeString("GET / HTTP/1.1\r\n")
            let unlisted = ByteBuffer(bytes: [0, 0, 0, 8, 0, 4, 0, 0, 0, 0, 0, 1])
            let broken = ByteBuffer(bytes: [0, 0, 0, 9, 0, 3, 0, 1, 0, 0, 0, 1, 0])
            for bytes in [huge, unlisted, broken, ByteBuffer(string: "GET / HTTP/1.1\r\n\r\n")] {
                let hostile = try WireClient(port: broker.port)
                try hostile.sendBytes(bytes)
                #expect(try hostile.receiveFrame() == nil)
            }
            #expect(try good.produce("topic", SampleBatch().bytes).error == .none)
        }
    }

    @Test func pipelinedRequestsAreAnsweredInOrder() async throws {
        let directory = try TemporaryDirectory()
        try await withBroker(directory) { broker in
            let client = try WireClient(port: broker.port)
            try client.createTopic("topic")
            let fetch = try client.send(.fetch, 11, Requests.fetch("topic", [0: 0], version: 11, wait: 100))
            let ids = try (0..<100).map { _ in try client.send(.metadata, 1, Requests.metadata(nil, version: 1)) }
            _ = try client.receive(.fetch, 11, correlation: fetch)
            for id in ids { _ = try client.receive(.metadata, 1, correlation: id) }
        }
    }
}
