import CRdKafka
import Foundation
import KafkaClient
import Testing

@Suite struct KafkaConsumerTests {
    @Test func aMissingTopicIsAProblemAndItsNeighboursArrive() throws {
        let cluster = try MockCluster(topics: ["good": 2, "gone": 1])
        cluster.makeMissing("gone")
        _ = try cluster.send((0..<300).map { Sent(key: [UInt8($0 % 256)]) }, to: "good")
        let (records, problems) = try cluster.consumer(["good": 2, "gone": 1]).receive(300) { !$0.isEmpty }
        #expect(records.count == 300 && records.allSatisfy { $0.topic == "good" })
        let problem = try #require(problems.first { $0.error.isUnknownTopicOrPartition })
        #expect(problem.partition?.topic == "gone")
        #expect(problem.error.message.contains("create the topic"))
    }

    @Test func anOffsetThatTheBrokerDoesNotHaveIsSaidAndNotJumpedOver() throws {
        let cluster = try MockCluster(topics: ["t": 2])
        _ = try cluster.send([Sent(partition: 0), Sent(partition: 0), Sent(partition: 1)], to: "t")
        let consumer = try KafkaConsumer(
            settings: cluster.settings, groupName: nil,
            assignments: [
                .init(TopicPartition(topic: "t", partition: 0), start: .offset(0)),
                .init(TopicPartition(topic: "t", partition: 1), start: .offset(500)),
            ])
        let (records, problems) = consumer.receive(2) { !$0.isEmpty }
        #expect(records.map(\.offset) == [0, 1] && records.allSatisfy { $0.partition == 0 })
        let problem = try #require(problems.first { $0.error.isOffsetOutOfRange })
        #expect(problem.partition == TopicPartition(topic: "t", partition: 1))
    }

    @Test func aBatchHoldsNoMoreThanTheMaximum() throws {
        let cluster = try MockCluster(topics: ["t": 1])
        _ = try cluster.send((0..<50).map { Sent(value: [UInt8($0)]) }, to: "t")
        let consumer = try cluster.consumer(["t": 1])
        var batch = ConsumedBatch()
        var values: [UInt8] = []
        while values.count < 50 {
            consumer.next(into: &batch, maximum: 7, timeoutMilliseconds: 100)
            #expect(batch.records.count <= 7)
            values += batch.records.compactMap { batch.value(of: $0)?.first }
        }
        #expect(values == (0..<50).map { UInt8($0) })
    }

    @Test func aWakerEndsTheWaitAtOnce() throws {
        let cluster = try MockCluster(topics: ["t": 1])
        let consumer = try cluster.consumer(["t": 1])
        let waker = consumer.waker()
        var batch = ConsumedBatch()
        let start = ContinuousClock.now
        // A thread of its own: the queues of Dispatch have the tests' threads, and none may be free.
        Thread.detachNewThread { waker.wake() }
        consumer.next(into: &batch, maximum: 10, timeoutMilliseconds: 30_000)
        #expect(ContinuousClock.now - start < .seconds(25))
        #expect(batch.records.isEmpty)
        consumer.close()
        waker.wake()
        consumer.next(into: &batch, maximum: 10, timeoutMilliseconds: 30_000)
        #expect(batch.isEmpty)
    }

    @Test func deliveryReportsEndTheWaitToo() throws {
        let cluster = try MockCluster(topics: ["in": 1, "out": 1])
        let consumer = try cluster.consumer(["in": 1])
        let producer = try KafkaProducer(settings: cluster.settings, topics: ["out"])
        producer.wakeOnReports(consumer.waker())
        try producer.enqueue(topic: 0, key: nil, value: [1], headers: HeaderBlock(names: []), batch: 3)
        var batch = ConsumedBatch()
        var delivered = 0
        let start = ContinuousClock.now
        while delivered == 0, ContinuousClock.now - start < .seconds(20) {
            consumer.next(into: &batch, maximum: 10, timeoutMilliseconds: 30_000)
            producer.serve(timeoutMilliseconds: 0) { delivered += $0.delivered }
        }
        #expect(delivered == 1)
        #expect(ContinuousClock.now - start < .seconds(25))
        consumer.close()
        try producer.enqueue(topic: 0, key: nil, value: [1], headers: HeaderBlock(names: []), batch: 4)
        #expect(producer.flush(deadlineMilliseconds: 10_000).map(\.batch) == [4])
    }

    @Test func aCommitIsSeenByTheGroup() throws {
        let cluster = try MockCluster(topics: ["t": 2])
        _ = try cluster.send([Sent(partition: 0), Sent(partition: 1)], to: "t")
        let first = TopicPartition(topic: "t", partition: 0)
        let second = TopicPartition(topic: "t", partition: 1)
        let consumer = try KafkaConsumer(
            settings: cluster.settings, groupName: "moh",
            assignments: [.init(first, start: .beginning), .init(second, start: .beginning)])
        #expect(consumer.receive(2).records.count == 2)
        try consumer.commit([first: 1])
        consumer.close(commitDeadlineMilliseconds: 5_000)
        let admin = try KafkaAdmin(settings: cluster.settings)
        #expect(try admin.committed(group: "moh", [first, second]) == [first: 1])
        #expect(try admin.committed(group: "vss", [first, second]) == [:])
    }

    @Test func anUnreachableBrokerIsAProblemWithAdvice() throws {
        let consumer = try KafkaConsumer(
            settings: KafkaSettings(bootstrapServers: "127.0.0.1:1"), groupName: nil,
            assignments: [.init(TopicPartition(topic: "t", partition: 0), start: .beginning)])
        let (_, problems) = consumer.receive(0) { $0.contains { $0.error.isTransport } }
        let problem = try #require(problems.first { $0.error.isTransport })
        #expect(problem.error.isRetriable && !problem.error.isFatal)
        #expect(problem.error.message.contains("broker is running"))
    }

    @Test func readingGoesOnWhenTheBrokerComesBack() throws {
        let cluster = try MockCluster(topics: ["t": 1])
        _ = try cluster.send([Sent(value: [1])], to: "t")
        let consumer = try cluster.consumer(["t": 1])
        #expect(consumer.receive(1).records.map(\.value) == [[1]])
        cluster.goDown()
        _ = consumer.receive(0) { $0.contains { $0.error.isTransport } }
        cluster.comeUp()
        _ = try cluster.send([Sent(value: [2])], to: "t")
        #expect(consumer.receive(1).records.map(\.value) == [[2]])
    }

    @Test func aSmallQueueDoesNotStallABacklog() throws {
        let cluster = try MockCluster(topics: ["t": 4])
        _ = try cluster.send(
            (0..<7_500).map { Sent(key: [UInt8($0 % 256)], value: Array(repeating: UInt8($0 % 256), count: 1_000)) },
            to: "t")
        var settings = cluster.settings
        settings.consumerQueueKibibytes = 512
        settings.fetchMaximumBytesPerPartition = 65_536
        settings.extra["check.crcs"] = "true"
        let consumer = try KafkaConsumer(
            settings: settings, groupName: nil,
            assignments: (0..<4).map { .init(TopicPartition(topic: "t", partition: $0), start: .beginning) })
        let start = ContinuousClock.now
        #expect(consumer.receive(7_500).records.count == 7_500)
        // Fourteen times the queue: a second for each filling if it stalled.
        #expect(ContinuousClock.now - start < .seconds(10))
    }

    /// What is set aside for a batch before it is unpacked is less than a record may have, and so is a response.
    @Test(arguments: ["none", "gzip", "snappy", "lz4", "zstd"], [UInt64(0), 255])
    func aRecordLargerThanAResponseIsRead(codec: String, mask: UInt64) throws {
        let cluster = try MockCluster(topics: ["t": 1])
        // Packed to a thousandth, or not at all.
        var noise: UInt64 = 88_172_645_463_325_252
        let value = (0..<950_000).map { _ in
            noise ^= noise << 13
            noise ^= noise >> 7
            noise ^= noise << 17
            return UInt8(noise & mask)
        }
        _ = try cluster.send([Sent(value: value), Sent(value: [7])], to: "t", packedBy: codec)
        #expect(try cluster.consumer(["t": 1]).receive(2).records.map(\.value) == [value, [7]])
    }

    @Test func moreThanSixteenHeaderNamesAreRefused() throws {
        let cluster = try MockCluster(topics: ["t": 1])
        #expect(throws: KafkaError.self) {
            _ = try cluster.consumer(["t": 1], headerNames: (0..<17).map { "h\($0)" })
        }
    }
}
