import ExchangeSchema
import Foundation
import PartyCore
import StoreTestSupport
import Testing
import Vocabulary

@testable import Audit

/// The broker's own log is held against the leaves of those who read it.
@Suite struct BrokerLogTests {
    let exchange: SmallExchange

    init() throws {
        exchange = try SmallExchange()
        try exchange.fill()
    }

    /// What the broker of the small exchange has of a topic's partition.
    private static func records(_ topic: String, _ partition: Int32) -> [TrafficRecord] {
        let type: MessageType = topic == "moh.records" ? .acceptedRecord : .assessment
        let all = (0..<Int64(SmallExchange.batches * SmallExchange.batchSize)).map { RecordIdentifier.stored($0) }
        return all.filter { Int32($0.low % 2) == partition }.enumerated().map { offset, record in
            TrafficRecord(
                topic: topic, partition: partition, offset: Int64(offset), timestamp: 0, key: nil,
                value: Array("\(type) \(record)".utf8), headers: [])
        }
    }

    /// - Parameter change: What somebody did to the records of moh.records/1, and what the files say of it.
    private func verify(
        _ change: @escaping (inout [TrafficRecord], inout BrokerPartition) -> Void = { _, _ in }
    ) throws -> AuditReport {
        let audit = ExchangeAudit(
            data: exchange.path, subjects: exchange.subjects, outside: [],
            brokerLog: .here { topic, partition, body in
                var records = Self.records(topic, partition)
                var found = BrokerPartition(start: 0, end: Int64(records.count), gaps: [])
                if topic == "moh.records", partition == 1 { change(&records, &found) }
                for record in records { body(record) }
                return found
            })
        return try audit.verify()
    }

    private func text(_ report: AuditReport) throws -> String {
        #expect(report.findings.map(\.kind) == [.brokerLog] && report.findings.first?.party == "broker")
        return try #require(report.findings.first).text
    }

    @Test func anUntouchedLogIsWhatWasRead() throws {
        let report = try verify()
        #expect(report.findings == [])
        #expect(report.brokerLog == BrokerLogEvidence(isHere: true, partitions: 4, records: 480))
        #expect(report.text.contains("broker: 480 records in 4 partitions were held against the leaves"))
    }

    @Test func aForeignBrokersLogIsSaidNotToHaveBeenLookedAt() throws {
        let audit = ExchangeAudit(data: exchange.path, subjects: exchange.subjects, outside: [], brokerLog: .elsewhere)
        let report = try audit.verify()
        #expect(report.holds && report.text.contains("its log was not held against the leaves"))
        #expect(try exchange.verify().brokerLog == nil)
    }

    @Test func aChangedRecordIsNamedByItsPlace() throws {
        let report = try verify { records, _ in records[17].value?[3] ^= 1 }
        let found = try text(report)
        #expect(
            found.hasPrefix("moh.records/1, offset 17: the broker has something else there than vss read (vss, leaf "))
        #expect(report.brokerLog?.changed == 1 && report.brokerLog?.gone == 0)
    }

    @Test func aDamagedStretchIsNamedWithItsFile() throws {
        let report = try verify { records, found in
            records.removeSubrange(20..<25)
            found.gaps = [.init(first: 20, next: 25, text: "FILE, byte 7: a batch whose checksum is wrong")]
        }
        #expect(
            try text(report)
                == "moh.records/1, offsets 20 to 24: read by vss, and gone from the broker: FILE, byte 7: a batch "
                + "whose checksum is wrong")
        #expect(report.brokerLog?.gone == 5)
    }

    @Test func aLostEndIsNamed() throws {
        let report = try verify { records, found in
            records.removeLast(3)
            found.end -= 3
        }
        #expect(try text(report).hasSuffix("read by vss, and gone from the broker: the log ends before offset 117"))
    }

    @Test func whatRetentionDeletedIsNoFinding() throws {
        let report = try verify { records, found in
            records.removeFirst(30)
            found.start = 30
        }
        #expect(report.findings == [] && report.brokerLog?.records == 450)
    }

    @Test func damageThatNobodyHasReadIsNamedToo() throws {
        let report = try verify { _, found in
            found.gaps = [.init(first: 120, next: 122, text: "FILE"), .init(first: 130, next: nil, text: "a torn end")]
            found.end = 130
        }
        #expect(try text(report) == "moh.records/1, offsets 120 to 121: damaged before anybody read them: FILE")
    }

    @Test func aRunOfStraysIsHeldAgainstAllOfItsRecords() throws {
        let strays = (0..<5).map { number in
            TrafficRecord(
                topic: "t", partition: 0, offset: Int64(10 + number), timestamp: 0, key: nil, value: [UInt8(number)],
                headers: [])
        }
        let digests = (0..<5).map { number in
            let value = [UInt8(number)]
            return PayloadDigest(of: value.span.bytes, type: nil, salt: .none)
        }
        var run = StrayRun(at: MessagePlace(topic: 0, partition: 0, offset: 10), digests[0])
        for digest in digests.dropFirst() { run.add(digest) }
        let entries = [0, 1].map { ReadRecord(run.leaf(at: 1), number: 4, reader: $0) }
        func comparison(_ records: [TrafficRecord]) -> PartitionComparison {
            var comparison = PartitionComparison(entries, type: .facilityRecord)
            for record in records { comparison.take(record) }
            comparison.end()
            return comparison
        }
        let right = comparison(strays)
        #expect(right.gone.isEmpty && right.changed.isEmpty && right.records == 5)
        #expect(comparison(strays.dropLast()).gone.map(\.readers) == [[0, 1]])
        #expect(comparison([strays[0], strays[2], strays[3], strays[4]]).gone.map(\.first) == [10])
        var changed = strays
        changed[3].value = [77]
        #expect(comparison(changed).changed.map(\.last) == [14] && comparison(changed).gone.isEmpty)
    }
}
