import Composition
import ExchangeSchema
import Foundation
import KafkaClient
import PartyCore
import Synchronization
import Topology
import Vocabulary

@testable import Conformance

/// A small party on the wire: our own core behind a hand that does something wrong on purpose.
final class StandInParty: Sendable {
    /// What it writes of what it should write, and beside it.
    typealias Hand =
        @Sendable (_ answer: OracleAnswer, _ to: TrafficRecord, _ records: [TrafficRecord]) -> [TrafficRecord]

    private let isAskedToStop = Atomic(false)
    private let ended = DispatchSemaphore(value: 0)

    init(_ rig: DeskOfRoute, keys: SignatoryKeys = SignatoryKeys(), at bootstrapServers: String, hand: @escaping Hand) {
        let thread = Thread { [self] in
            do {
                try run(rig, at: bootstrapServers, hand)
            } catch {
                print("stand-in: \(error)")
            }
            ended.signal()
        }
        thread.start()
    }

    func stop() async {
        isAskedToStop.store(true, ordering: .relaxed)
        await withCheckedContinuation { continuation in
            Thread { [self] in
                ended.wait()
                continuation.resume()
            }.start()
        }
    }

    private func run(_ rig: DeskOfRoute, at bootstrapServers: String, _ hand: Hand) throws {
        let topology = rig.desk.topology
        let party = rig.desk.party
        let settings = KafkaSettings(bootstrapServers: bootstrapServers, clientIdentifier: "stand-in")
        let topics = topology.topicsRead(by: party.name)
        let consumer = try KafkaConsumer(
            settings: settings, groupName: nil,
            assignments: topics.flatMap { topic in
                (0..<topic.partitions).map {
                    PartitionAssignment(TopicPartition(topic: topic.name, partition: Int32($0)), start: .beginning)
                }
            })
        defer { consumer.close() }
        let written =
            topology.topicsWritten(by: party.name).map(\.name)
            + topics.map { topology.deadLetters.topicName(for: $0.name) }
        let producer = try KafkaProducer(settings: settings, topics: written)
        defer { producer.close() }
        var oracle = try rig.oracle()
        var batch = ConsumedBatch()
        var headers = HeaderBlock(names: [])
        while !isAskedToStop.load(ordering: .relaxed) {
            consumer.next(into: &batch, maximum: 100, timeoutMilliseconds: 100)
            for consumed in batch.records {
                guard let topic = topics.first(where: { $0.name == consumer.topics[consumed.topicIndex] }) else {
                    continue
                }
                let record = TrafficRecord(
                    topic: topic.name, partition: consumed.partition, offset: consumed.offset, timestamp: 0,
                    key: batch.key(of: consumed).map { Array($0) }, value: batch.value(of: consumed).map { Array($0) },
                    headers: batch.allHeaders(of: consumed).map { TrafficHeader($0.name, Array($0.value)) })
                let message = CaseMessage(
                    type: topic.carries, topic: topic.name, subject: RecordIdentifier(high: 0, low: 0),
                    key: record.key ?? [], value: record.value ?? [], headers: record.headers)
                let answer = try oracle.take(message, at: Int64(Date().timeIntervalSince1970 * 1_000))
                var out = answer.sent.map { RightWriter.record($0) }
                if answer.isDeadLetter {
                    out.append(
                        RightWriter.record(
                            Expectation(
                                content: .deadLetter(message, topic: topology.deadLetters.topicName(for: topic.name)),
                                stage: 0)))
                }
                for one in hand(answer, record, out) {
                    headers.clear()
                    for header in one.headers { headers.append(name: header.name, value: header.value) }
                    try producer.enqueue(
                        topic: written.firstIndex(of: one.topic) ?? -1, key: one.key, value: one.value,
                        headers: headers, batch: 1)
                }
            }
            _ = producer.flush(deadlineMilliseconds: 10_000)
        }
    }
}
