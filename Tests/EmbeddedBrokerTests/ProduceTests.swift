import NIOCore
import Testing

@testable import EmbeddedBroker

@Suite struct ProduceTests {
    @Test(arguments: Array(Int16(3)...9)) func aBatchIsAcknowledgedWithItsOffset(version: Int16) async throws {
        let directory = try TemporaryDirectory()
        try await withBroker(directory) { broker in
            let client = try WireClient(port: broker.port)
            try client.createTopic("topic")
            let batch = SampleBatch(values: ["a", "b"]).bytes
            #expect(try client.produce("topic", batch, version: version) == Produced(error: .none, offset: 0))
            #expect(try client.produce("topic", batch, version: version) == Produced(error: .none, offset: 2))
        }
    }

    @Test func whatIsWrongWithABatchIsNamed() async throws {
        let directory = try TemporaryDirectory()
        try await withBroker(directory) { broker in
            let client = try WireClient(port: broker.port)
            try client.createTopic("topic", settings: ["max.message.bytes": "1000"])
            let good = SampleBatch(values: ["a", "b"]).bytes
            func error(_ records: ByteBuffer?, _ topic: String = "topic") throws -> ErrorCode {
                try client.produce(topic, records).error
            }
            var flipped = good
            flipped.setInteger(UInt8(0xAA), at: 70)
            #expect(try error(flipped) == .corruptMessage)
            #expect(try error(good.getSlice(at: 0, length: good.readableBytes - 1)) == .corruptMessage)
            #expect(try error(good.getSlice(at: 0, length: 30)) == .corruptMessage)
            #expect(try error(nil) == .corruptMessage)
            var old = good
            old.setInteger(UInt8(1), at: 16)
            #expect(try error(old) == .unsupportedForMessageFormat)
            var two = good
            two.writeImmutableBuffer(good)
            #expect(try error(two) == .invalidRecord)
            #expect(try error(SampleBatch(attributes: 0x10).bytes) == .invalidRecord)
            #expect(try error(SampleBatch(attributes: 0x07).bytes) == .unsupportedCompressionType)
            #expect(try error(SampleBatch(values: [String(repeating: "x", count: 1_000)]).bytes) == .messageTooLarge)
            #expect(try error(good, "none") == .unknownTopicOrPartition)
            #expect(try client.fetch("topic", [0: 0])[0]?.highWatermark == 0, "nothing of it was kept")

            var reply = try client.ask(.produce, 7, Requests.produce("topic", 0, good, acks: 2))
            #expect(try WireClient.produced(&reply, version: 7).error == .invalidRequiredAcks)
            reply = try client.ask(.produce, 7, Requests.produce("topic", 0, good, transactionalId: "t"))
            #expect(try WireClient.produced(&reply, version: 7).error == .transactionalIdAuthorizationFailed)
        }
    }

    @Test func withoutAcknowledgementNothingIsAnswered() async throws {
        let directory = try TemporaryDirectory()
        try await withBroker(directory) { broker in
            let client = try WireClient(port: broker.port)
            try client.createTopic("topic")
            try client.send(.produce, 7, Requests.produce("topic", 0, SampleBatch().bytes, acks: 0))
            #expect(try client.produce("topic", SampleBatch().bytes).offset == 1)
        }
    }

    @Test func anIdempotentProducerIsHeldToItsSequenceOverARestart() async throws {
        let directory = try TemporaryDirectory()
        func batch(_ sequence: Int32, _ producer: Int64) -> ByteBuffer {
            SampleBatch(values: ["a", "b"], producerId: producer, producerEpoch: 0, baseSequence: sequence).bytes
        }
        let first = try await withBroker(directory) { broker in
            let client = try WireClient(port: broker.port)
            try client.createTopic("topic")
            let producer = try client.producerId()
            #expect(try client.produce("topic", batch(0, producer)) == Produced(error: .none, offset: 0))
            #expect(try client.produce("topic", batch(2, producer)) == Produced(error: .none, offset: 2))
            #expect(try client.produce("topic", batch(0, producer)) == Produced(error: .none, offset: 0))
            #expect(try client.produce("topic", batch(6, producer)).error == .outOfOrderSequenceNumber)
            return producer
        }
        try await withBroker(directory) { broker in
            let client = try WireClient(port: broker.port)
            #expect(try client.produce("topic", batch(2, first)) == Produced(error: .none, offset: 2))
            #expect(try client.produce("topic", batch(6, first)).error == .outOfOrderSequenceNumber)
            #expect(try client.produce("topic", batch(4, first)) == Produced(error: .none, offset: 4))
            #expect(try client.producerId() > first)
        }
    }

    @Test func onAFullDiskNothingIsAcknowledgedThatIsNotKept() async throws {
        let directory = try TemporaryDirectory()
        try await withBroker(directory, freeBytes: 6_000) { broker in
            let client = try WireClient(port: broker.port)
            try client.createTopic("topic")
            let batch = SampleBatch(values: [String(repeating: "x", count: 900)]).bytes
            var kept: [Int64] = []
            var refused = 0
            for _ in 0..<10 {
                let answer = try client.produce("topic", batch)
                if answer.error == .none {
                    kept.append(answer.offset)
                } else {
                    #expect(answer.error == .storageError)
                    refused += 1
                }
            }
            #expect(!kept.isEmpty && refused > 0)
            #expect(try client.fetch("topic", [0: 0])[0].map { baseOffsets(in: $0.records) } == kept)
            var failures = broker.failures.makeAsyncIterator()
            #expect(await failures.next()?.code == .diskFull)
        }
        try await withBroker(directory) { broker in
            let found = try WireClient(port: broker.port).fetch("topic", [0: 0])
            #expect((found[0]?.highWatermark ?? 0) > 0)
        }
    }

    @Test func withDurabilityPowerManyProducersShareTheDisk() async throws {
        let directory = try TemporaryDirectory()
        try await withBroker(directory, { $0.durability = .power }) { broker in
            let client = try WireClient(port: broker.port)
            try client.createTopic("topic", partitions: 2)
            let body = Requests.produce("topic", 0, SampleBatch().bytes)
            let sent = try (0..<20).map { _ in try client.send(.produce, 7, body) }
            for (index, each) in sent.enumerated() {
                var reply = try client.receive(.produce, 7, correlation: each)
                #expect(
                    try WireClient.produced(&reply, version: 7) == Produced(error: .none, offset: Int64(index)))
            }
            #expect(try client.fetch("topic", [0: 0])[0]?.highWatermark == 20)
        }
    }
}

extension WireClient {
    func producerId() throws -> Int64 {
        var reply = try ask(.initProducerId, 4, Requests.producerId(version: 4))
        _ = try reply.integer("throttle", as: Int32.self)
        try #require(try reply.integer("error", as: Int16.self) == 0)
        return try reply.integer("producer id")
    }
}
