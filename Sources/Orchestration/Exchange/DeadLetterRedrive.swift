import Foundation
public import KafkaClient

/// `cycle redrive`: puts dead letters back into the topic in which they could not be read, as they came, each with a
/// header that says which letter caused it. Receivers know a message that they have had by its identifier.
public struct DeadLetterRedrive {
    /// Header of a message that was put back: topic, partition and offset of its letter.
    public static let causeHeader = "redrive_of"

    /// What was done.
    public struct Outcome: Sendable, Equatable {
        /// Letters in the topic.
        public var letters = 0
        /// Those that the condition means.
        public var chosen = 0
        /// Those put back and confirmed.
        public var redriven = 0
    }

    private let settings: KafkaSettings
    private let topic: String
    private let target: String
    private let condition: LetterCondition?
    private let isDryRun: Bool

    /// Takes a dead-letter topic.
    /// - Parameters:
    ///   - suffix: What the topology appends for dead letters.
    ///   - condition: Which letters; nil for all.
    /// - Throws: ``ProgramFailure`` when the topic is not one of dead letters.
    public init(
        settings: KafkaSettings, topic: String, suffix: String, condition: LetterCondition?, isDryRun: Bool
    ) throws(ProgramFailure) {
        guard topic.hasSuffix(suffix), topic.count > suffix.count else {
            throw ProgramFailure("\(topic) is no topic of dead letters: their names end with \(suffix)")
        }
        self.settings = settings
        self.topic = topic
        target = String(topic.dropLast(suffix.count))
        self.condition = condition
        self.isDryRun = isDryRun
    }

    /// Goes over the letters that are there now, in order, and says of each what becomes of it.
    /// - Throws: ``ProgramFailure`` when there is no such topic or the broker does not take all; `KafkaError`.
    public func run(timeout: Duration, say: (String) -> Void) throws -> Outcome {
        let cluster = try KafkaAdmin.waitForBroker(settings: settings, timeout: timeout)
        guard let partitions = cluster.topics[topic], cluster.topics[target] != nil else {
            throw ProgramFailure("the broker has not both \(topic) and \(target); check the name")
        }
        var ends = try ends(partitions)
        var outcome = Outcome()
        let producer = isDryRun ? nil : try KafkaProducer(settings: settings, topics: [target])
        defer { producer?.close() }
        if !ends.isEmpty {
            let consumer = try KafkaConsumer(
                settings: settings, groupName: nil,
                assignments: ends.keys.map { PartitionAssignment($0, start: .beginning) })
            defer { consumer.close() }
            var batch = ConsumedBatch()
            while !ends.isEmpty {
                consumer.next(into: &batch, maximum: 500, timeoutMilliseconds: 100)
                if let fatal = batch.problems.first(where: { $0.error.isFatal }) { throw fatal.error }
                for record in batch.records {
                    let place = TopicPartition(topic: topic, partition: record.partition)
                    // What came after the start, our own letters given up again among it, is for another time.
                    guard let end = ends[place] else { continue }
                    try take(record, of: batch, producer, &outcome, say)
                    if record.offset + 1 >= end { ends[place] = nil }
                }
            }
        }
        guard let producer else { return outcome }
        let reports = producer.flush(deadlineMilliseconds: 10_000)
        outcome.redriven = reports.reduce(0) { $0 + $1.delivered }
        guard outcome.redriven == outcome.chosen else {
            let why = reports.compactMap(\.error).first?.message ?? "no answer within 10 s"
            throw ProgramFailure(
                "the broker took \(outcome.redriven) of \(outcome.chosen) messages: \(why); doing it again is harmless "
                    + "for those that have a ce_id")
        }
        return outcome
    }

    private func take(
        _ record: ConsumedRecord, of batch: ConsumedBatch, _ producer: KafkaProducer?, _ outcome: inout Outcome,
        _ say: (String) -> Void
    ) throws {
        outcome.letters += 1
        let all = batch.allHeaders(of: record)
        let texts = Dictionary(
            all.map { ($0.name, String(decoding: $0.value, as: UTF8.self)) }, uniquingKeysWith: { first, _ in first })
        guard condition?.holds(texts) != false else { return }
        outcome.chosen += 1
        let place = "\(topic)/\(record.partition)/\(record.offset)"
        let what = texts["ce_id"].map { "message \($0)" } ?? "a message without ce_id"
        say("\(isDryRun ? "would redrive" : "redrives") \(place): \(what): \(texts["dlt_reason"] ?? "no reason given")")
        guard let producer else { return }
        var headers = HeaderBlock(names: [])
        for header in all where !header.name.hasPrefix("dlt_") && header.name != Self.causeHeader {
            headers.append(name: header.name, value: header.value)
        }
        headers.append(name: Self.causeHeader, value: Array(place.utf8))
        let (key, value) = (batch.key(of: record).map { Array($0) }, batch.value(of: record).map { Array($0) })
        do {
            try producer.enqueue(topic: 0, key: key, value: value, headers: headers, batch: 1)
        } catch {
            guard error.isQueueFull else { throw error }
            throw ProgramFailure("more letters than can be sent at once; choose fewer with --where")
        }
    }

    /// Where the letters that are there now end; partitions without any are left out.
    private func ends(_ partitions: Int) throws -> [TopicPartition: Int64] {
        let admin = try KafkaAdmin(settings: settings)
        defer { admin.close() }
        var ends: [TopicPartition: Int64] = [:]
        for partition in 0..<partitions {
            let place = TopicPartition(topic: topic, partition: Int32(partition))
            let marks = try admin.watermarks(place)
            if marks.high > marks.low { ends[place] = marks.high }
        }
        return ends
    }
}
