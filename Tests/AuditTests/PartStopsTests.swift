import ExchangeSchema
import Foundation
import PartyCore
import StoreTestSupport
import Testing
import Topology
import Vocabulary

@testable import Audit

/// Which part of a visit stopped where: what a party received, its leaf proves, and what it must not have is named.
@Suite struct PartStopsTests {
    private static let record = RecordIdentifier.stored(1)
    private static let salt = PayloadSalt(high: 1, low: 2)

    /// One message that a party received.
    private struct Receipt {
        var party: String
        var topic: String
        var type: MessageType
        var payload: [UInt8]
        /// Whether the party's leaf is of these very bytes.
        var isGenuine = true
    }

    private static func topology(_ file: String) throws -> Topology {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let text = try String(contentsOf: root.appending(path: "topology/\(file)"), encoding: .utf8)
        return try Topology.parse(text, fileName: file)
    }

    private static func tables(_ parts: [RecordPart]) -> [CarriedTable] {
        parts.map { part in
            var field = OtherField()
            (field.name, field.value) = ("MA_LK", part.name)
            var row = CarriedRow()
            row.fields = [field]
            return CarriedTable(part, rows: [row])
        }
    }

    private static let block = Data([0x0A, 1, 0x41])

    private static func visit(_ parts: [RecordPart]) -> FacilityRecord {
        var message = FacilityRecord()
        (message.recordID, message.revision) = (record.description, 1)
        (message.administrative, message.insurance, message.clinical) = (block, block, block)
        message.tables = tables(parts)
        return message
    }

    private static func accepted(_ parts: [RecordPart]) -> AcceptedRecord {
        var message = AcceptedRecord()
        (message.administrative, message.insurance) = (block, block)
        message.tables = tables(parts)
        return message
    }

    private static func entry(_ parts: [RecordPart]) -> BookEntry {
        var message = BookEntry()
        (message.administrative, message.insurance, message.clinical) = (block, block, block)
        message.tables = tables(parts)
        return message
    }

    private func stops(
        _ receipts: [Receipt], on file: String = "2024-04.yaml", erased: Set<String> = []
    ) throws -> PartStops {
        let topology = try Self.topology(file)
        let subjects = topology.parties.map {
            AuditSubject(party: $0, topology: topology, directory: "", evidenceDirectory: "")
        }
        let leaves = receipts.enumerated().map { number, receipt in
            let bytes = receipt.isGenuine ? receipt.payload : receipt.payload + [0xFF]
            return RecordLeaf(
                party: receipt.party, number: Int64(number),
                leaf: JournalLeaf(
                    decision: .accepted, type: receipt.type.rawValue, reason: 0, topic: 0, partition: 3,
                    offset: Int64(number), message: MessageIdentifier(receipt.type, record: Self.record, revision: 1),
                    cause: .none, time: Int64(number),
                    digest: PayloadDigest(of: bytes.span.bytes, type: receipt.type, salt: Self.salt)),
                type: receipt.type, revision: 1, topic: receipt.topic)
        }
        let trace = RecordTrace(Self.record, leaves: leaves, route: topology.route)
        return PartStops(trace.steps, subjects: subjects) { topic, partition, offset in
            guard partition == 3, !erased.contains(topic) else { return nil }
            return SeenPayload(bytes: receipts[Int(offset)].payload, salt: Self.salt)
        }
    }

    private static func way(
        to vss: [RecordPart] = [.xml11], to locality: [RecordPart] = [.xml8]
    ) -> [Receipt] {
        var check = IdentityCheck()
        check.citizenNumber = "001085000001"
        return [
            Receipt(
                party: "moh", topic: "facility.records", type: .facilityRecord,
                payload: visit([.xml6, .xml8, .xml11]).encoded),
            Receipt(party: "vss", topic: "moh.records", type: .acceptedRecord, payload: accepted(vss).encoded),
            Receipt(party: "c06", topic: "vss.identity-checks", type: .identityCheck, payload: check.encoded),
            Receipt(
                party: "locality", topic: "moh.book-entries.01", type: .bookEntry, payload: entry(locality).encoded),
        ]
    }

    @Test func eachPartIsShownWithWhoReceivedItAndByWhichRuleNot() throws {
        let stops = try stops(Self.way())
        #expect(stops.findings == [])
        #expect(stops.rows.map(\.part) == ["administrative", "insurance", "clinical", "XML6", "XML8", "XML11"])
        #expect(stops.rows[0].parties.map(\.party) == ["moh", "vss", "c06", "locality"])
        let received = stops.rows.map { row in row.parties.map { $0.received == true ? 1 : 0 } }
        #expect(
            received == [[1, 1, 0, 1], [1, 1, 0, 1], [1, 0, 0, 1], [1, 0, 0, 0], [1, 0, 0, 1], [1, 1, 0, 0]])
        #expect(stops.rows[3].parties[0].leaf == 0 && stops.rows[3].parties[3].leaf == nil)
        #expect(stops.rows[3].parties[3].rule.hasPrefix("closed list of XML6: Law 64/2006/QH11"))
        let text = stops.text
        #expect(text.hasPrefix("which part stopped where\n") && !text.contains("WRONG"))
        #expect(text.contains("\nXML6            yes       -         -         -\n"), "\(text)")
        #expect(text.contains("\nXML6 not to locality: closed list of XML6: "))
        #expect(try JSONDecoder().decode(PartStops.self, from: JSONEncoder().encode(stops)) == stops)
    }

    /// Every table at every party that must not have it is a finding by name, on both routes.
    @Test(arguments: ["2024-04.yaml", "2026-07.yaml"], RecordPart.tables)
    func whatAPartyMustNotHaveIsAFinding(file: String, part: RecordPart) throws {
        let topology = try Self.topology(file)
        for recipient in [ReleaseRecipient.vss, .locality] where !topology.releases[recipient].contains(part) {
            let isVSS = recipient == .vss
            let assessed = AssessedRecord(Self.visit([part]), assessment: Assessment())
            let way: [Receipt] =
                if isVSS, file == "2026-07.yaml" {
                    [
                        Receipt(
                            party: "vss", topic: "facility.records", type: .facilityRecord,
                            payload: assessed.submission.encoded)
                    ]
                } else {
                    Self.way(to: isVSS ? [part] : [], to: isVSS ? [] : [part])
                }
            let stops = try stops(way, on: file)
            #expect(stops.findings.contains { $0.hasPrefix("\(recipient.rawValue), leaf") && $0.contains(part.name) })
            #expect(stops.text.contains("AGAINST"))
        }
    }

    @Test func whatIsNotKeptIsClosedAndAnotherPayloadIsNamed() throws {
        let closed = try stops(Self.way(), erased: ["moh.book-entries.01"])
        #expect(closed.rows[3].parties.map(\.received) == [true, false, false, nil] && closed.findings == [])
        #expect(closed.text.contains("closed"))
        var way = Self.way()
        way[1].isGenuine = false
        let other = try stops(way)
        #expect(other.findings == ["vss, leaf 1: what the auditor keeps has another digest"])
        #expect(other.text.contains("WRONG  vss, leaf 1"))
        #expect(try stops([]).text == "")
    }

    /// Tables that lie out of order are no parts of the digest, and are found all the same.
    @Test func aTableOutOfPlaceIsFound() throws {
        var way = Self.way(to: [])
        way[3].payload = Self.entry([.xml8]).encoded
        var hidden = BookEntry()
        hidden.tables = Self.tables([.xml6])
        way[3].payload = hidden.encoded + Self.entry([]).encoded
        let stops = try stops(way)
        #expect(stops.findings.contains { $0.contains("locality") && $0.contains("XML6") }, "\(stops)")
    }
}

/// The same in the verification of a whole exchange.
@Suite struct ReleaseFindingTests {
    private let exchange: SmallExchange

    init() throws { exchange = try SmallExchange() }

    @Test func aMessageThatLiesWhereItMustNotIsAFinding() throws {
        var message = AcceptedRecord()
        message.administrative = Data([0x0A, 1, 0x41])
        message.tables = [CarriedTable(.xml6, rows: [CarriedRow()])]
        let report = try exchange.witnessed { observer in
            try observer.observe(
                SmallExchange.traffic.map { sent in
                    var sent = sent
                    if sent.record == .stored(77), sent.type == .acceptedRecord { sent.payload = message.encoded }
                    return sent
                })
        }
        let found = report.findings.filter { $0.kind == .release }
        #expect(found.map(\.party) == ["vss"])
        #expect(found.first?.text.contains("acceptedRecord with XML6 lies where it reads") == true)
        let rows = try #require(report.releases).rows
        #expect(rows.map(\.part) == ["administrative", "XML6"])
        #expect(rows.last?.parties.filter { $0.messages > 0 }.map(\.party) == ["vss"])
        #expect(rows.last?.parties.allSatisfy { !$0.isReleased } == true)
    }
}
