import CoreTestSupport
import Crypto
import ExchangeSchema
import Foundation
import GRDB
import PartyCore
import StoreTestSupport
import Testing

@testable import PartyStore

/// What is sealed is packed first, each record by itself.
@Suite struct RecordPackingTests {
    private let packer: RecordPacker
    private let unpacker: RecordUnpacker

    init() throws {
        packer = try RecordPacker()
        unpacker = try RecordUnpacker()
    }

    private func packed(_ open: [UInt8]) -> [UInt8] { packer.packing(open) { Array($0) } }

    private func unpacked(_ packed: [UInt8]) -> [UInt8]? {
        packed.withUnsafeBytes { unpacker.unpack($0) }
    }

    /// What an assessment looks like on the wire, but for what differs from one to the next.
    private static func message(_ number: Int) -> [UInt8] {
        let record = "01a1e026-c686-7000-b5a3-\(String(number, radix: 16).leftPadded(12))"
        return Array(
            ("ce_specversion1.0ce_id\(record)ce_source/vssce_typeexchange.v1.Assessmentce_time2026-11-29T04:06:21.880Z"
                + "ce_subject\(record)ce_sequence0000000000000001traceparent00-01a1e026c6867000b5a35887b2d4c1bf-01"
                + "content-typeapplication/protobufce_salt2d395cb60b2796061c05c28b87e2c744").utf8)
    }

    @Test func theDictionaryIsTheOneThatRecordsWerePackedWith() {
        let digest = SHA256.hash(data: RecordDictionary.bytes).map { String(format: "%02x", $0) }.joined()
        #expect(digest == "69087a61b28f2961092407c67362333ba607b7c0876a98e8994d22fd91a29784")
        #expect(RecordDictionary.bytes.count == 8_192)
    }

    @Test func everyRecordComesBackAsItWas() throws {
        var random = SeededGenerator(seed: 11)
        for length in [0, 1, 7, 8, 31, 32, 33, 63, 100, 255, 256, 1_000, 65_535, 65_536, 200_000] {
            let noise = (0..<length).map { _ in UInt8.random(in: 0...255, using: &random) }
            let plain = (0..<length).map { UInt8(truncatingIfNeeded: $0 / 5 % 11) }
            let mixed = Array((Self.message(length) + noise).prefix(length))
            for open in [noise, plain, mixed] {
                let packed = packed(open)
                #expect(unpacked(packed) == open, "\(length) bytes")
                #expect(packed.count <= open.count + 1)
            }
        }
    }

    @Test func aMessageTakesLessThanHalfAndLengthsAreBlurred() {
        var lengths: Set<Int> = []
        for number in 0..<500 {
            let open = Self.message(number &* 7_919)
            let packed = packed(open)
            #expect(packed.count <= open.count / 2)
            #expect(packed.count.isMultiple(of: RecordPacking.step))
            lengths.insert(packed.count)
        }
        #expect(lengths.count <= 2)
    }

    @Test func aRecordIsPackedTheSameWhateverWasBefore() {
        let alone = packed(Self.message(1))
        for number in 2..<50 { _ = packed(Self.message(number)) }
        #expect(packed(Self.message(1)) == alone)
    }

    @Test func damagedBytesAreNoRecordOrAnother() {
        let open = Self.message(5)
        let whole = packed(open)
        #expect(unpacked([]) == nil)
        for count in 1..<whole.count { #expect(unpacked(Array(whole.prefix(count))) == nil, "\(count) bytes") }
        #expect(unpacked(whole + [0]) == nil)
        #expect(unpacked(whole + [UInt8](repeating: 0, count: 32)) == nil)
        for form in 2...255 { #expect(unpacked([UInt8(form)] + whole.dropFirst()) == nil) }
        // What holds them together is the seal; here it is enough that nothing breaks, and no more room is taken.
        for place in 1..<whole.count {
            for bit in 0..<8 {
                var altered = whole
                altered[place] ^= 1 << bit
                if let other = unpacked(altered) { #expect(other.count <= RecordPacking.mostBytes) }
            }
        }
        var altered = whole
        altered[whole.count - 1] = 1
        #expect(unpacked(altered) == nil, "what fills up is zeros")
    }

    /// Frames by hand (RFC 8878, 3.1.1): magic, descriptor, size, and one block that repeats a byte.
    @Test(
        arguments: [
            // 64 MiB and one byte, in four bytes.
            [0xA0, 0x01, 0x00, 0x00, 0x04, 0x03, 0x00, 0x00, 0x41],
            // All ones, in eight bytes.
            [0xE0, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x03, 0x00, 0x00, 0x41],
            // No size: a window of 1 KiB, and a block of 64 KiB.
            [0x00, 0x00, 0x03, 0x00, 0x08, 0x41],
            // Says 4 bytes and has 100.
            [0x20, 0x04, 0x23, 0x03, 0x00, 0x41],
            // Says 100 bytes and has 4.
            [0x20, 0x64, 0x23, 0x00, 0x00, 0x41],
        ] as [[UInt8]])
    func aFrameThatSaysTooMuchOrWhatIsNotSoIsRefused(_ frame: [UInt8]) {
        #expect(unpacked(Self.filled(frame)) == nil)
    }

    @Test func theFramesByHandAreFramesButForWhatIsWrong() {
        #expect(unpacked(Self.filled([0x20, 0x64, 0x23, 0x03, 0x00, 0x41])) == [UInt8](repeating: 0x41, count: 100))
    }

    private static func filled(_ frame: [UInt8]) -> [UInt8] {
        var packed = [RecordPacking.Form.frame, 0x28, 0xB5, 0x2F, 0xFD] + frame
        while packed.count % RecordPacking.step != 0 { packed.append(0) }
        return packed
    }
}

/// A vault of before: its rows are read as they are, beside those of today.
@Suite struct EarlierVaultRowTests {
    private let temporary: TemporaryDirectory
    private let auditor: SmallAuditor

    init() throws {
        temporary = try TemporaryDirectory()
        auditor = SmallAuditor(directory: temporary.path)
    }

    @Test func rowsOfBothVersionsAreRead() throws {
        try auditor.fill(batches: 2)
        try unpackRows()
        try auditor.fill(batches: 2)
        let queue = try DatabaseQueue(path: temporary.path + "/party.sqlite")
        let versions = try queue.read {
            try Data.fetchAll($0, sql: "SELECT payloads FROM vault ORDER BY first").map { $0.first }
        }
        try queue.close()
        #expect(versions == [1, 1, 2, 2])
        var next: Int64 = 0
        let vault = try VaultInspection(directory: temporary.path)
        try vault.forEach { leaf, record in
            #expect(leaf == next && record == SmallAuditor.expected(leaf))
            next += 1
        }
        #expect(next == 240)
        let wanted = SmallAuditor.expected(3)
        #expect(try vault.record(topic: wanted.topic, partition: wanted.partition, offset: wanted.offset) == wanted)
    }

    @Test func anErasureReachesRowsOfBothVersions() throws {
        try auditor.fill(batches: 1)
        try unpackRows()
        try auditor.fill(batches: 1)
        let log = try AccessLog(directory: temporary.path, evidence: nil)
        for visit in [0, 9] as [Int64] {
            let entry = AccessEntry(action: AccessEntry.erase, subject: "", purpose: "asked for", order: "7/QD")
            #expect(!(try log.erase(citizen: SmallAuditor.citizen(ofVisit: visit), entry)).isEmpty)
        }
        try log.close()
        var erased = 0
        try VaultInspection(directory: temporary.path).forEach { leaf, record in
            let isGone = SmallAuditor.visit(of: leaf).map { [0, 3].contains($0 / 3) } ?? false
            #expect(record.isErased == isGone)
            if isGone { erased += 1 }
        }
        #expect(erased == 54)
    }

    /// Writes each row anew as version 1 had it: sealed under the same keys and nonces, and not packed.
    private func unpackRows() throws {
        let rows = try StoreInspection(directory: temporary.path).view.read { database in
            try Row.fetchAll(
                database,
                sql: "SELECT first, leaves, payloads FROM journal JOIN vault USING (first)"
            ).map { row -> (Int64, Data, Data) in (row[0], row[1], row[2]) }
        }
        let queue = try DatabaseQueue(path: temporary.path + "/party.sqlite")
        defer { try? queue.close() }
        for (first, leaves, payloads) in rows {
            let row = try #require(VaultRow(stored: Array(payloads), count: leaves.count / JournalLeaf.width))
            let nonce = payloads.dropFirst().prefix(8).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
            var directory: [UInt8] = [1] + payloads.dropFirst().prefix(8)
            var sealed: [UInt8] = []
            for index in 0..<row.count {
                let record = row.record(index)
                var id: [UInt8] = []
                record.appendBytes(to: &id)
                let stored = try queue.read {
                    try Data.fetchOne($0, sql: "SELECT key FROM vault_key WHERE record = ?", arguments: [Data(id)])
                }
                let key = try #require(stored?.withUnsafeBytes { VaultKey(stored: $0) })
                let open = Self.open(SmallAuditor.expected(first + Int64(index)))
                try open.withUnsafeBytes {
                    try SealedRecord.seal(
                        $0, with: key, nonce: VaultNonce(row: nonce, index: UInt32(index)), to: &sealed)
                }
                directory += id
                withUnsafeBytes(of: UInt32(sealed.count).littleEndian) { directory += Array($0) }
            }
            try queue.write {
                try $0.execute(
                    sql: "UPDATE vault SET payloads = ? WHERE first = ?", arguments: [Data(directory + sealed), first])
            }
        }
    }

    private static func open(_ record: TrafficRecord) -> [UInt8] {
        let parts: [[UInt8]?] =
            [record.key, record.value] + record.headers.flatMap { [Array($0.name.utf8), $0.value] }
        let bytes = parts.flatMap { $0 ?? [] }
        var open: [UInt8] = []
        SealedRecord.append(
            timestamp: record.timestamp, lengths: parts.map { Int32($0?.count ?? -1) }, bytes: bytes.span.bytes,
            to: &open)
        return open
    }
}

extension String {
    fileprivate func leftPadded(_ count: Int) -> String {
        String(repeating: "0", count: Swift.max(0, count - self.count)) + self
    }
}
