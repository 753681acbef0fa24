import CoreTestSupport
import Crypto
import ExchangeSchema
import Foundation
import Testing
import Vocabulary

/// The tables of a message as parts of its digest: each by itself, and what is not there tells nothing.
@Suite struct CarriedTablePartsTests {
    private let salt = PayloadSalt(high: 0x0102_0304_0506_0708, low: 0x1112_1314_1516_1718)

    private static func table(_ part: RecordPart, _ value: String = "x") -> CarriedTable {
        var field = OtherField()
        field.name = "MA_LK"
        field.value = value
        var row = CarriedRow()
        row.fields = [field]
        return CarriedTable(part, rows: [row])
    }

    private static func record(_ tables: [RecordPart]) -> FacilityRecord {
        var record = SampleVisit().facilityRecord()
        record.tables = tables.map { table($0) }
        return record
    }

    private func hexadecimal(_ bytes: [UInt8]) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    /// The definition once more, written down with nothing but SHA-256 and SHA-512.
    @Test func aTableIsAPartWithASaltOfItsOwn() {
        // revision = 2; administrative = "ab"; tables XML0 and XML15 without rows, field number 20.
        let xml0: [UInt8] = [0xA2, 0x01, 6, 0x0A, 4] + Array("XML0".utf8)
        let xml15: [UInt8] = [0xA2, 0x01, 7, 0x0A, 5] + Array("XML15".utf8)
        let before: [UInt8] = [0x10, 2, 0x2A, 2]
        let payload = before + Array("ab".utf8) + xml0 + xml15
        let salt: [UInt8] = Array(1...8) + Array(0x11...0x18)
        let blockSalts = Array(SHA512.hash(data: salt))
        let tableSalts = (1...3).flatMap { Array(SHA512.hash(data: salt + [$0])).prefix(60) }
        func digest(_ salts: [UInt8], _ place: Int, _ bytes: [UInt8]) -> [UInt8] {
            Array(SHA256.hash(data: Array(salts[place * 12..<place * 12 + 12]) + [0, 0, 0, 0] + bytes))
        }
        let blocks = [before, Array("ab".utf8), [], [], []].enumerated().map { digest(blockSalts, $0, $1) }
        let tables = (0..<11).map { digest(tableSalts, $0, $0 == 0 ? xml0 : $0 == 10 ? xml15 : []) }
        let expected = hexadecimal(Array(SHA256.hash(data: (blocks + tables).flatMap(\.self))))
        #expect(PayloadDigest(of: payload.span.bytes, type: .facilityRecord, salt: self.salt).description == expected)
        #expect(PayloadParts(of: payload, type: .facilityRecord, salt: self.salt).commitment.description == expected)
    }

    @Test func withoutTablesADigestIsAsItWas() {
        let parts = PayloadParts(of: Self.record([]).encoded, type: .facilityRecord, salt: salt)
        #expect(parts.parts.count == 5 && parts.areComplete(for: .facilityRecord))
    }

    /// Whether a table is there is said by its part alone: the rest of two messages is the same.
    @Test func theRestDoesNotTellWhichTablesThereAre() throws {
        let some = PayloadParts(of: Self.record([.xml7, .xml8]).encoded, type: .facilityRecord, salt: salt)
        let others = PayloadParts(of: Self.record([.xml0, .xml6, .xml15]).encoded, type: .facilityRecord, salt: salt)
        #expect(some.parts.count == 16 && some.areComplete(for: .facilityRecord))
        #expect(some.parts[0] == others.parts[0])
        let shown = others.showing(only: [.xml7])
        #expect(shown.parts.first { $0.part == .xml7 }?.bytes == [] && shown.commitment == others.commitment)
        #expect(shown.parts.first { $0.part == .xml6 }?.bytes == nil)
        let xml6 = try #require(others.parts.first { $0.part == .xml6 }?.bytes)
        #expect(try FacilityRecord(decoding: xml6).tables == [Self.table(.xml6)])
    }

    /// A party that leaves tables out encodes nothing anew: the bytes of the others are the same.
    @Test(arguments: [
        RecordPartSet.tables, [], RecordPartSet([.xml8]), RecordPartSet(RecordPart.tables).subtracting(.init([.xml6])),
    ])
    func whatIsLeftOutLeavesTheOthersAsTheyAre(released: RecordPartSet) {
        let all = Self.record(RecordPart.tables)
        var less = all
        less.tables = all.tables.released(to: released)
        #expect(less.tables.compactMap(\.part) == released.parts)
        let before = PayloadParts(of: all.encoded, type: .facilityRecord, salt: salt)
        let after = PayloadParts(of: less.encoded, type: .facilityRecord, salt: salt)
        for part in after.parts {
            guard let table = part.part.recordPart, table.isTable, released.contains(table) else { continue }
            #expect(before.parts.contains(part))
        }
        #expect(after.parts.prefix(5) == before.parts.prefix(5))
    }

    @Test(arguments: [MessageType.facilityRecord, .acceptedRecord, .assessedRecord, .bookEntry])
    func bothWaysAgreeWhateverTheBytes(type: MessageType) {
        var generator = SeededGenerator(seed: UInt64(type.rawValue))
        let whole = Self.record([.xml0, .xml6, .xml7, .xml13]).encoded
        let right = PayloadDigest(of: whole.span.bytes, type: type, salt: salt)
        for _ in 0..<3_000 {
            var bytes = whole
            // Mostly among the tables, which stand at the end.
            let at = max(bytes.startIndex, bytes.count - .random(in: 1...90, using: &generator))
            switch Int.random(in: 0...2, using: &generator) {
            case 0: bytes[at] ^= 1 << UInt8.random(in: 0...7, using: &generator)
            case 1: bytes = Array(bytes.prefix(at))
            default: bytes.insert(.random(in: 0...255, using: &generator), at: at)
            }
            let parts = PayloadParts(of: bytes, type: type, salt: salt)
            let digest = PayloadDigest(of: bytes.span.bytes, type: type, salt: salt)
            #expect(parts.commitment == digest && parts.areComplete(for: type))
            #expect((digest == right) == (bytes == whole))
        }
    }

    /// Tables that do not lie as they must stay in the rest: nothing is taken for another, and every message has a digest
    /// of its own.
    @Test func tablesOutOfPlaceAreNotCutOut() throws {
        let tables = [RecordPart.xml6, .xml7].map { part -> [UInt8] in
            var record = FacilityRecord()
            record.tables = [Self.table(part)]
            return record.encoded
        }
        let head = SampleVisit().facilityRecord().encoded
        let vaccination: [UInt8] = [0xAA, 0x01, 1, 0x61]
        var twice = FacilityRecord()
        twice.tables = [Self.table(.xml6)]
        let named = try #require(tables.first)
        // The name given a second time, which a reader would believe: XML7 that is XML6.
        let hidden =
            [UInt8]([0xA2, 0x01, UInt8(named.count - 3 + 6)]) + named.dropFirst(3) + [0x0A, 4] + Array("XML7".utf8)
        let cut = [head + tables[0] + tables[1], head + tables[0] + vaccination]
        let uncut = [
            head + tables[1] + tables[0], head + tables[0] + tables[0], tables[0] + head,
            head + vaccination + tables[0], head + hidden, head + tables[0] + [0xFF], head + tables[0] + [0x10, 1],
        ]
        for payload in cut { #expect(PayloadParts(of: payload, type: .facilityRecord, salt: salt).parts.count == 16) }
        for payload in uncut {
            #expect(PayloadParts(of: payload, type: .facilityRecord, salt: salt).parts.count == 5)
        }
        let digests = (cut + uncut).map { PayloadDigest(of: $0.span.bytes, type: .facilityRecord, salt: salt) }
        #expect(Set(digests).count == digests.count)
    }

    @Test func tablesAreNamedInTheirOrderAndOnce() {
        #expect(RecordPart.tables.map(\.name) == ["XML0"] + (6...15).map { "XML\($0)" })
        #expect(RecordPart.allCases.allSatisfy { RecordPart(name: $0.name) == $0 })
        #expect(Self.record(RecordPart.tables).tables.fault == nil && Self.record([]).tables.fault == nil)
        #expect(Self.record([.xml7, .xml6]).tables.fault == "XML6 stands behind XML7")
        #expect(Self.record([.xml7, .xml7]).tables.fault == "XML7 stands behind XML7")
        var unknown = CarriedTable()
        unknown.table = "XML16"
        #expect([unknown].fault == "\"XML16\" is no table that is carried" && [unknown].released(to: .tables) == [])
        #expect(Releases.blocksOnly[.c06] == [] && Releases.blocksOnly[.moh] == .blocks)
    }
}
