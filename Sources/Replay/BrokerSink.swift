public import ExchangeSchema
public import KafkaClient

/// Sends replayed records to a broker: same partition, key, value, headers and time, and where they came from.
public final class BrokerSink: ReplaySink {
    private let producer: KafkaProducer
    private let places: [String: Int]
    private var headers = HeaderBlock(names: [])
    private var failed = 0
    private var problem: KafkaError?

    /// Connects.
    /// - Throws: `KafkaError` for a setting that cannot be.
    public init(settings: KafkaSettings, topics: [String]) throws {
        producer = try KafkaProducer(settings: settings, topics: topics)
        places = Dictionary(topics.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// Hands a record to the client library, which copies it. A `replay_of` that the record had already gives way.
    public func send(_ record: TrafficRecord, origin: String) throws {
        guard let topic = places[record.topic] else {
            throw ReplayError(.target, "topic \(record.topic) was not prepared")
        }
        headers.clear()
        for header in record.headers where header.name != TrafficReplay.originHeader {
            headers.append(name: header.name, value: header.value)
        }
        headers.append(name: TrafficReplay.originHeader, value: Array(origin.utf8))
        while true {
            do {
                try producer.enqueue(
                    topic: topic, partition: record.partition, key: record.key, value: record.value, headers: headers,
                    timestampMilliseconds: max(0, record.timestamp), batch: 1)
                return
            } catch {
                guard error.isQueueFull else { throw error }
                try serve(milliseconds: 10)
            }
        }
    }

    /// Takes confirmations in.
    public func serve(milliseconds: Int) throws {
        producer.serve(timeoutMilliseconds: milliseconds) { take($0) }
        if let fatal = producer.takeProblems().first(where: \.isFatal) { throw fatal }
        try requireTaken()
    }

    /// Waits until all is confirmed, at most half a minute after the last record.
    public func finish() throws {
        for report in producer.flush(deadlineMilliseconds: 30_000) { take(report) }
        try requireTaken()
        guard producer.outstanding == 0 else {
            throw ReplayError(
                .target, "the broker has not confirmed \(producer.outstanding) records within 30 s; check it")
        }
    }

    /// Ends the client.
    public func close() { producer.close() }

    private func take(_ report: BatchReport) {
        failed += report.failed
        problem = problem ?? report.error
    }

    private func requireTaken() throws {
        guard failed > 0 else { return }
        throw ReplayError(
            .target,
            "the broker did not take \(failed) records: \(problem?.message ?? "no reason given"); replay into "
                + "fresh topics")
    }
}
