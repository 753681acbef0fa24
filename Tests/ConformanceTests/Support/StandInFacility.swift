import ExchangeSchema
import Foundation
import KafkaClient
import Synchronization
import Topology
import Vocabulary

@testable import Conformance

/// A small facility on the wire, behind a hand that does something wrong on purpose: it sends four visits, corrects what is
/// returned to it if that can be corrected, and puts what it cannot read on the topic of dead letters.
final class StandInFacility: Sendable {
    /// Why it writes.
    enum Occasion: Sendable, Equatable {
        /// It begins: its visits, by number from 0.
        case visit(Int)
        /// A record of which it holds this revision, by number of its visit, came back.
        case returned(Int, code: String, isLate: Bool)
        /// A record is in the book, or VSS has said something of it later.
        case shared(Int)
        case insurance(Int)
        /// What came is no message.
        case unreadable
    }

    /// What it writes of what it should write, and beside it.
    typealias Hand = @Sendable (Occasion, [TrafficRecord]) -> [TrafficRecord]

    private let isAskedToStop = Atomic(false)
    private let ended = DispatchSemaphore(value: 0)

    init(_ rig: DeskOfRoute, at bootstrapServers: String, hand: @escaping Hand) {
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

    /// One of its visits, as it is sent.
    static func record(
        _ number: Int, revision: UInt32 = 1, change: (inout ConformanceVisit) -> Void = { _ in }
    )
        -> TrafficRecord
    {
        let identifier = MessageIdentifier(.facilityRecord, about: "stand-in facility|\(number)").uuid
        var visit = ConformanceVisit(identifier, of: ConformancePeople.covered, revision: revision)
        change(&visit)
        return written(visit.facilityRecord)
    }

    static func written(_ record: FacilityRecord) -> TrafficRecord {
        RightWriter.record(
            ExpectedMessage(
                type: .facilityRecord, topic: "facility.records",
                subject: RecordIdentifier(record.recordID) ?? RecordIdentifier(high: 0, low: 0),
                key: Array(record.recordID.utf8), source: "/facility/\(record.facilityCode)",
                payload: record.encoded))
    }

    private func run(_ rig: DeskOfRoute, at bootstrapServers: String, _ hand: Hand) throws {
        let topology = rig.desk.topology
        let settings = KafkaSettings(bootstrapServers: bootstrapServers, clientIdentifier: "stand-in")
        let topics = topology.topicsRead(by: rig.desk.party.name)
        let consumer = try KafkaConsumer(
            settings: settings, groupName: nil,
            assignments: topics.flatMap { topic in
                (0..<topic.partitions).map {
                    PartitionAssignment(TopicPartition(topic: topic.name, partition: Int32($0)), start: .beginning)
                }
            })
        defer { consumer.close() }
        let written =
            topology.topicsWritten(by: rig.desk.party.name).map(\.name)
            + topics.map { topology.deadLetters.topicName(for: $0.name) }
        let producer = try KafkaProducer(settings: settings, topics: written)
        defer { producer.close() }
        var headers = HeaderBlock(names: [])
        func write(_ records: [TrafficRecord]) throws {
            for one in records {
                headers.clear()
                for header in one.headers { headers.append(name: header.name, value: header.value) }
                try producer.enqueue(
                    topic: written.firstIndex(of: one.topic) ?? -1, key: one.key, value: one.value, headers: headers,
                    batch: 1)
            }
            _ = producer.flush(deadlineMilliseconds: 10_000)
        }
        var revisions: [UInt32] = []
        for number in 0..<4 {
            revisions.append(1)
            try write(hand(.visit(number), [Self.record(number)]))
        }
        let identifiers = (0..<4).map {
            MessageIdentifier(.facilityRecord, about: "stand-in facility|\($0)").description
        }
        var batch = ConsumedBatch()
        while !isAskedToStop.load(ordering: .relaxed) {
            consumer.next(into: &batch, maximum: 100, timeoutMilliseconds: 100)
            for consumed in batch.records {
                guard let topic = topics.first(where: { $0.name == consumer.topics[consumed.topicIndex] }) else {
                    continue
                }
                let value = batch.value(of: consumed).map { Array($0) } ?? []
                var incoming = TrafficRecord(
                    topic: topology.deadLetters.topicName(for: topic.name), partition: 0, offset: 0, timestamp: 0,
                    key: batch.key(of: consumed).map { Array($0) }, value: value,
                    headers: batch.allHeaders(of: consumed).map { TrafficHeader($0.name, Array($0.value)) })
                func number(_ record: String) -> Int { identifiers.firstIndex(of: record) ?? 0 }
                switch topic.carries {
                case .correction:
                    guard let word = try? Correction(decoding: value) else { break }
                    let place = number(word.recordID)
                    let isLate = word.revision < revisions[place]
                    var out: [TrafficRecord] = []
                    if !isLate, word.code != "c06.deceased" {
                        revisions[place] += 1
                        out = [Self.record(place, revision: revisions[place])]
                    }
                    try write(hand(.returned(place, code: word.code, isLate: isLate), out))
                    continue
                case .sharingNotice:
                    guard let word = try? SharingNotice(decoding: value) else { break }
                    try write(hand(.shared(number(word.recordID)), []))
                    continue
                case .insuranceNotice:
                    guard let word = try? InsuranceNotice(decoding: value) else { break }
                    try write(hand(.insurance(number(word.recordID)), []))
                    continue
                default: continue
                }
                incoming.headers.append(TrafficHeader("dlt_reason", Array("it is none".utf8)))
                try write(hand(.unreadable, [incoming]))
            }
        }
    }
}
