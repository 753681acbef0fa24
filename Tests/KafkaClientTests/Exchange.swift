import KafkaClient

/// A record as the tests speak of it.
struct Sent {
    var key: [UInt8]? = Array("k".utf8)
    var value: [UInt8]? = Array("v".utf8)
    var headers: [(String, [UInt8])] = []
    var partition: Int32?
}

/// What of a batch outlives it.
struct Received: Equatable {
    var topic: String
    var partition: Int32
    var offset: Int64
    var key: [UInt8]?
    var value: [UInt8]?
    var named: [[UInt8]?]
    var headers: [String]
}

extension MockCluster {
    /// Sends and waits until all is confirmed.
    func send(_ records: [Sent], to topic: String, packedBy codec: String = "lz4") throws -> [BatchReport] {
        var settings = settings
        settings.extra["compression.codec"] = codec
        let producer = try KafkaProducer(settings: settings, topics: [topic])
        defer { producer.close() }
        var block = HeaderBlock(names: [])
        for record in records {
            block.clear()
            for (name, value) in record.headers { block.append(name: name, value: value) }
            try producer.enqueue(
                topic: 0, partition: record.partition, key: record.key, value: record.value, headers: block, batch: 1)
        }
        return producer.flush(deadlineMilliseconds: 10_000)
    }

    func consumer(
        _ topics: [String: Int], headerNames: [String] = [], start: PartitionAssignment.Start = .beginning
    ) throws -> KafkaConsumer {
        let assignments = topics.sorted { $0.key < $1.key }.flatMap { topic, partitions in
            (0..<partitions).map {
                PartitionAssignment(TopicPartition(topic: topic, partition: Int32($0)), start: start)
            }
        }
        return try KafkaConsumer(
            settings: settings, groupName: nil, assignments: assignments, headerNames: headerNames)
    }
}

extension KafkaConsumer {
    /// Reads until so many records have come and the condition on the problems holds, or 10 s are over.
    func receive(
        _ count: Int, until satisfied: ([ConsumeProblem]) -> Bool = { _ in true }
    ) -> (records: [Received], problems: [ConsumeProblem]) {
        var batch = ConsumedBatch()
        var records: [Received] = []
        var problems: [ConsumeProblem] = []
        let deadline = ContinuousClock.now + .seconds(10)
        while records.count < count || !satisfied(problems), ContinuousClock.now < deadline {
            next(into: &batch, maximum: 100, timeoutMilliseconds: 100)
            problems += batch.problems
            for (index, record) in batch.records.enumerated() {
                records.append(received(record, at: index, in: batch))
            }
        }
        return (records, problems)
    }

    func received(_ record: ConsumedRecord, at index: Int, in batch: ConsumedBatch) -> Received {
        Received(
            topic: topics[record.topicIndex], partition: record.partition, offset: record.offset,
            key: batch.key(of: record).map { Array($0) }, value: batch.value(of: record).map { Array($0) },
            named: headerNames.indices.map { batch.bytes(batch.header($0, ofRecordAt: index)).map { Array($0) } },
            headers: batch.allHeaders(of: record).map { "\($0.name)=\($0.value.count)" })
    }
}
