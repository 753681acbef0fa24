import ExchangeSchema
import Foundation
import GRDB
import PartyCore
import StoreTestSupport
import Testing

@testable import PartyStore

/// Whole records, kept apart from their leaves.
@Suite struct VaultTests {
    private let temporary: TemporaryDirectory
    private let auditor: SmallAuditor

    init() throws {
        temporary = try TemporaryDirectory()
        auditor = SmallAuditor(directory: temporary.path)
    }

    private func alter(_ sql: String, _ arguments: StatementArguments = []) throws {
        let queue = try DatabaseQueue(path: temporary.path + "/party.sqlite")
        try queue.write { try $0.execute(sql: sql, arguments: arguments) }
        try queue.close()
    }

    @Test func everyRecordComesBackAsItWas() throws {
        try auditor.fill(batches: 3)
        try auditor.fill(batches: 2)
        var next: Int64 = 0
        try VaultInspection(directory: temporary.path).forEach { leaf, record in
            #expect(leaf == next && record == SmallAuditor.expected(leaf))
            next += 1
        }
        #expect(next == 300)
    }

    @Test func aRecordIsFoundByItsPlace() throws {
        try auditor.fill(batches: 5)
        let vault = try VaultInspection(directory: temporary.path)
        for number in Array(stride(from: Int64(0), to: 300, by: 7)) + [299, 0, 150] {
            let wanted = SmallAuditor.expected(number)
            let found = try vault.record(topic: wanted.topic, partition: wanted.partition, offset: wanted.offset)
            #expect(found == wanted)
        }
        #expect(try vault.record(topic: "facility.records", partition: 0, offset: 50) == nil)
        #expect(try vault.record(topic: "facility.records", partition: 9, offset: 0) == nil)
        #expect(try vault.record(topic: "none", partition: 0, offset: 0) == nil)
    }

    @Test func nothingIsKeptInTheClear() throws {
        try auditor.fill(batches: 1)
        #expect(try auditor.bytes().range(of: Data("payload of record".utf8)) == nil)
        #expect(try auditor.bytes().range(of: Data("001090000000".utf8)) == nil)
        let attributes = try FileManager.default.attributesOfItem(atPath: temporary.path + "/keys/citizen.key")
        #expect(attributes[.posixPermissions] as? Int == 0o600)
    }

    @Test func theRecordsOfACitizenAreFound() throws {
        try auditor.fill(batches: 5)
        let vault = try VaultInspection(directory: temporary.path)
        #expect(try vault.records(ofCitizen: "001090000002") == [6, 7, 8].map { RecordIdentifier.stored($0) })
        #expect(try vault.records(ofCitizen: "001090009999") == [])
    }

    @Test func anErasedCitizenIsGoneFromTheFilesAndTheRestStays() throws {
        try auditor.fill(batches: 30)
        let queue = try DatabaseQueue(path: temporary.path + "/party.sqlite")
        let keys = try queue.read { database in
            try (Int64(30)...32).map { visit -> Data in
                var id: [UInt8] = []
                RecordIdentifier.stored(visit).appendBytes(to: &id)
                return try #require(
                    try Data.fetchOne(
                        database, sql: "SELECT key FROM vault_key WHERE record = ?", arguments: [Data(id)]))
            }
        }
        try queue.close()
        let before = try auditor.bytes()
        for key in keys { #expect(before.range(of: key) != nil) }

        let log = try AccessLog(directory: temporary.path, evidence: nil)
        let entry = AccessEntry(action: AccessEntry.erase, subject: "", purpose: "asked for", order: "7/QD")
        let erased = try log.erase(citizen: SmallAuditor.citizen(ofVisit: 30), entry)
        #expect(erased == (Int64(30)...32).map { RecordIdentifier.stored($0) })
        let during = try auditor.bytes()
        for key in keys { #expect(during.range(of: key) == nil, "while the log is still open") }
        try log.close()
        let after = try auditor.bytes()
        for key in keys { #expect(after.range(of: key) == nil) }

        let vault = try VaultInspection(directory: temporary.path)
        var seen = 0
        try vault.forEach { leaf, record in
            let visit = SmallAuditor.visit(of: leaf)
            let place = SmallAuditor.expected(leaf)
            if let visit, (30...32).contains(visit) {
                #expect(record.isErased && record.value == nil && record.offset == place.offset)
                seen += 1
            } else {
                #expect(record == place)
            }
        }
        #expect(seen == 27)
        #expect(try vault.records(ofCitizen: "001090000010") == [])
        let entries = try AccessLog.entries(vault.store).map { ($0.leaf, AccessEntry(json: $0.json)) }
        #expect(entries.count == 1 && entries[0].0 == 1_800 && entries[0].1?.order == "7/QD")
        #expect(entries[0].1?.records == erased)
        #expect(try vault.store.checkpoints().last?.size == 1_801)
    }

    @Test func anUnknownCitizenChangesNothing() throws {
        try auditor.fill(batches: 1)
        let log = try AccessLog(directory: temporary.path, evidence: nil)
        let entry = AccessEntry(action: AccessEntry.erase, subject: "", purpose: "asked for", order: "7/QD")
        #expect(try log.erase(citizen: 1_090_777_777, entry) == [])
        try log.close()
        let store = try StoreInspection(directory: temporary.path)
        #expect(store.progress.nextSequence == 60)
        #expect(try AccessLog.entries(store).isEmpty)
    }

    @Test func whatComesAboutAnErasedRecordLaterCannotBeRead() throws {
        try auditor.fill(batches: 1)
        let log = try AccessLog(directory: temporary.path, evidence: nil)
        let entry = AccessEntry(action: AccessEntry.erase, subject: "", purpose: "asked for", order: "7/QD")
        #expect(try log.erase(citizen: SmallAuditor.citizen(ofVisit: 4), entry).count == 3)
        try log.close()
        // A late message about visit 5, which is erased.
        let store = try PartyStore<NoRecord>(
            directory: temporary.path, identity: SmallAuditor.identity, durability: .process)
        let vault = try Vault(store, directory: temporary.path, topics: SmallAuditor.topics)
        try store.batch { _ in
            try vault.begin()
            let bytes: [UInt8] = [9]
            try vault.add(
                .stored(5), topic: 0, partition: 0, offset: 900, timestamp: 1, lengths: [-1, 1],
                bytes: bytes.span.bytes)
            vault.note(citizen: SmallAuditor.citizen(ofVisit: 5), of: .stored(5))
            try vault.flush(firstLeaf: 61)
            var leaves: [UInt8] = []
            JournalLeaf(
                decision: .observed, type: 1, reason: 0, topic: 0, partition: 0, offset: 900, message: .none,
                cause: .none, time: 5, digest: PayloadDigest(of: bytes)
            ).append(to: &leaves)
            return BatchCommit(
                books: PartyBooks(), offsets: [], firstLeaf: 61, leaves: leaves, chunk: nil, sentChunks: [])
        }
        vault.close()
        try store.close()
        let inspection = try VaultInspection(directory: temporary.path)
        #expect(try inspection.record(topic: "facility.records", partition: 0, offset: 900)?.isErased == true)
        #expect(try inspection.records(ofCitizen: "001090000001") == [])
    }

    @Test func anAlteredRowIsNotReadAsSomethingElse() throws {
        try auditor.fill(batches: 2)
        let queue = try DatabaseQueue(path: temporary.path + "/party.sqlite")
        let row = try queue.read { try Data.fetchOne($0, sql: "SELECT payloads FROM vault WHERE first = 60") }
        try queue.close()
        let original = try #require(row)
        for place in stride(from: 0, to: original.count, by: 97) {
            var altered = original
            altered[place] ^= 0x20
            try alter("UPDATE vault SET payloads = ? WHERE first = 60", [altered])
            #expect(throws: (any Error).self, "byte \(place)") {
                try VaultInspection(directory: temporary.path).forEach { leaf, record in
                    if record != SmallAuditor.expected(leaf) { throw StoreError(.damaged, "") }
                }
            }
        }
    }

    @Test func otherTopicsAndALostSecretAreRefused() throws {
        try auditor.fill(batches: 1)
        let store = try PartyStore<NoRecord>(
            directory: temporary.path, identity: SmallAuditor.identity, durability: .process)
        #expect(throws: StoreError(.otherExchange, "")) {
            try Vault(store, directory: temporary.path, topics: ["facility.records"])
        }
        try FileManager.default.removeItem(atPath: temporary.path + "/keys/citizen.key")
        #expect(throws: StoreError(.damaged, "")) {
            try Vault(store, directory: temporary.path, topics: SmallAuditor.topics)
        }
    }
}
