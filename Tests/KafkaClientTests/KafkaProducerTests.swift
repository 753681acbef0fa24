import CRdKafka
import KafkaClient
import Testing

@Suite struct KafkaProducerTests {
    private let noHeaders = HeaderBlock(names: [])

    @Test func anUnknownPartitionIsATypedErrorAndNotACrash() throws {
        let cluster = try MockCluster(topics: ["t": 1])
        let producer = try KafkaProducer(settings: cluster.settings, topics: ["t"])
        var block = HeaderBlock(names: ["a"])
        block.set(0, to: "1")
        // Partitions are checked once the topic is known, so it has to be known.
        try producer.enqueue(topic: 0, partition: 0, key: nil, value: [1], headers: block, batch: 1)
        _ = producer.flush(deadlineMilliseconds: 10_000)
        for _ in 0..<5 {
            #expect {
                try producer.enqueue(topic: 0, partition: 999, key: nil, value: [1], headers: block, batch: 1)
            } throws: {
                ($0 as? KafkaError)?.isUnknownTopicOrPartition == true
            }
        }
        #expect(producer.outstanding == 0)
    }

    @Test func anUnknownTopicNumberIsRefused() throws {
        let cluster = try MockCluster(topics: ["t": 1])
        let producer = try KafkaProducer(settings: cluster.settings, topics: ["t"])
        #expect(throws: KafkaError.self) {
            try producer.enqueue(topic: 1, key: nil, value: [1], headers: noHeaders, batch: 1)
        }
        producer.close()
        #expect(throws: KafkaError.self) {
            try producer.enqueue(topic: 0, key: nil, value: [1], headers: noHeaders, batch: 1)
        }
    }

    @Test func deliveriesAreCountedCompletelyForEachBatch() throws {
        let cluster = try MockCluster(topics: ["t": 4])
        let producer = try KafkaProducer(settings: cluster.settings, topics: ["t"])
        var delivered: [UInt: Int] = [:]
        for number in 0..<1_000 {
            try producer.enqueue(
                topic: 0, key: [UInt8(number % 251)], value: [1], headers: noHeaders, batch: UInt(number / 100))
            if number % 100 == 99 {
                producer.serve(timeoutMilliseconds: 0) { delivered[$0.batch, default: 0] += $0.delivered }
            }
        }
        for report in producer.flush(deadlineMilliseconds: 10_000) {
            delivered[report.batch, default: 0] += report.delivered
            #expect(report.failed == 0)
        }
        #expect(delivered == Dictionary(uniqueKeysWithValues: (0..<10).map { (UInt($0), 100) }))
        #expect(producer.outstanding == 0)
    }

    @Test func aFullQueueIsSaidAndPasses() throws {
        let cluster = try MockCluster(topics: ["t": 1])
        var settings = cluster.settings
        settings.maximumInFlightRecords = 10
        settings.lingerMilliseconds = 50
        let producer = try KafkaProducer(settings: settings, topics: ["t"])
        var taken = 0
        var wasFull = false
        while !wasFull, taken < 1_000 {
            do throws(KafkaError) {
                try producer.enqueue(topic: 0, key: nil, value: [1], headers: noHeaders, batch: 1)
                taken += 1
            } catch {
                wasFull = error.isQueueFull
            }
        }
        #expect(wasFull && taken == 10)
        #expect(producer.flush(deadlineMilliseconds: 10_000).map(\.delivered) == [10])
        try producer.enqueue(topic: 0, key: nil, value: [1], headers: noHeaders, batch: 2)
        #expect(producer.flush(deadlineMilliseconds: 10_000).map(\.batch) == [2])
    }

    @Test func recordsThatNoBrokerTakesAreReportedFailed() throws {
        var settings = KafkaSettings(bootstrapServers: "127.0.0.1:1")
        settings.messageTimeoutMilliseconds = 300
        let producer = try KafkaProducer(settings: settings, topics: ["t"])
        try producer.enqueue(topic: 0, key: nil, value: [1], headers: noHeaders, batch: 5)
        let reports = producer.flush(deadlineMilliseconds: 10_000)
        #expect(reports.map(\.failed) == [1] && reports.map(\.batch) == [5])
        #expect(reports.first?.error?.isTimeout == true)
        #expect(producer.takeProblems().contains { $0.isTransport })
        #expect(producer.takeProblems().isEmpty)
    }

    @Test func aRefusedRecordDoesNotTakeItsNeighboursAlong() throws {
        let cluster = try MockCluster(topics: ["good": 1, "bad": 1])
        cluster.makeMissing("bad")
        var settings = cluster.settings
        settings.messageTimeoutMilliseconds = 500
        let producer = try KafkaProducer(settings: settings, topics: ["good", "bad"])
        for topic in [0, 1, 0] {
            // Once the answer has come that the topic is missing, it is refused at once instead of later.
            do {
                try producer.enqueue(topic: topic, key: nil, value: [1], headers: noHeaders, batch: UInt(topic))
            } catch {
                #expect(topic == 1)
            }
        }
        let reports = producer.flush(deadlineMilliseconds: 10_000)
        #expect(reports.first { $0.batch == 0 }?.delivered == 2)
        #expect(reports.first { $0.batch == 1 }?.delivered ?? 0 == 0)
    }

    @Test func aSettingThatDoesNotExistIsNamed() {
        var settings = KafkaSettings(bootstrapServers: "127.0.0.1:1")
        settings.extra["no.such.setting"] = "1"
        #expect {
            _ = try KafkaProducer(settings: settings, topics: [])
        } throws: {
            ($0 as? KafkaError)?.message.contains("no.such.setting") == true
        }
    }
}
