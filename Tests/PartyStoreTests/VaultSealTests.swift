import ExchangeSchema
import Foundation
import GRDB
import PartyCore
import StoreTestSupport
import Testing

@testable import PartyStore

/// A vault whose keys are under one that lies elsewhere.
@Suite struct VaultSealTests {
    private let temporary: TemporaryDirectory
    private let elsewhere: TemporaryDirectory
    private let auditor: SmallAuditor
    private let file: String

    init() throws {
        temporary = try TemporaryDirectory()
        elsewhere = try TemporaryDirectory()
        auditor = SmallAuditor(directory: temporary.path)
        file = elsewhere.path + "/vault.key"
    }

    private func expectAll(_ count: Int64, keyFile: String? = nil) throws {
        var next: Int64 = 0
        let vault = try VaultInspection(directory: temporary.path, keyFile: keyFile)
        try vault.forEach { leaf, record in
            #expect(leaf == next && record == SmallAuditor.expected(leaf))
            next += 1
        }
        #expect(next == count)
        #expect(try vault.records(ofCitizen: "001090000002") == [6, 7, 8].map { RecordIdentifier.stored($0) })
    }

    private func storedKeys() throws -> [RecordIdentifier: Data] {
        let queue = try DatabaseQueue(path: temporary.path + "/party.sqlite")
        defer { try? queue.close() }
        return try queue.read { database in
            try Row.fetchAll(database, sql: "SELECT record, key FROM vault_key").reduce(into: [:]) { keys, row in
                let (record, key): (Data, Data) = (try row.stored(0), try row.stored(1))
                let words = unsafe record.withUnsafeBytes { bytes in
                    unsafe (
                        UInt64(bigEndian: bytes.loadUnaligned(as: UInt64.self)),
                        UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
                    )
                }
                keys[RecordIdentifier(high: words.0, low: words.1)] = key
            }
        }
    }

    private func expectRefusal(_ words: String..., of body: () throws -> Void) {
        do {
            try body()
            Issue.record("it was taken")
        } catch let error as StoreError {
            #expect(error.code == .vaultKey)
            for word in words { #expect(error.reason.contains(word), "\(error)") }
        } catch {
            Issue.record("\(error)")
        }
    }

    @Test func withItsKeyAVaultIsAsBefore() throws {
        let key = try VaultKeyFile.make(at: file)
        #expect(key.name.hasPrefix("vault+") && key.name.count == 14)
        let attributes = try FileManager.default.attributesOfItem(atPath: file)
        #expect(attributes[.posixPermissions] as? Int == 0o600)
        try auditor.fill(batches: 3, keyFile: file)
        // From then on it is found where it lay.
        try auditor.fill(batches: 2)
        try expectAll(300)
        #expect(
            try VaultSealing.place(StoreInspection(directory: temporary.path)).contains(
                "\(key.name), which lies at \(file)"))
        #expect(FileManager.default.contents(atPath: temporary.path + "/keys/citizen.key")?.count == 60)
    }

    @Test func withoutItsKeyNothingIsReadAndNothingIsBroken() throws {
        let name = try VaultKeyFile.make(at: file).name
        try auditor.fill(batches: 5, keyFile: file)
        let away = elsewhere.path + "/away.key"
        try FileManager.default.moveItem(atPath: file, toPath: away)
        let vault = try VaultInspection(directory: temporary.path)
        expectRefusal(name, "lay at \(file)", "--vault-key") { try vault.forEach { _, _ in } }
        expectRefusal(name, "--vault-key") { _ = try vault.records(ofCitizen: "001090000002") }
        expectRefusal(name, "--vault-key") { try auditor.fill(batches: 1) }
        #expect(try VaultSealing.place(StoreInspection(directory: temporary.path)).contains("not at the place"))
        let other = elsewhere.path + "/other.key"
        let otherName = try VaultKeyFile.make(at: other).name
        expectRefusal(name, otherName) { try expectAll(300, keyFile: other) }
        expectRefusal(name, otherName) { try auditor.fill(batches: 1, keyFile: other) }
        // Where it lies now is said once; a run of the auditor remembers it.
        try expectAll(300, keyFile: away)
        try auditor.fill(batches: 1, keyFile: away)
        try expectAll(360)
    }

    @Test func aVaultThatWasOpenIsSealedWithAllThatItHas() throws {
        try auditor.fill(batches: 5)
        let open = try storedKeys()
        let secret = try #require(FileManager.default.contents(atPath: temporary.path + "/keys/citizen.key"))
        _ = try VaultKeyFile.make(at: file)
        try auditor.fill(batches: 1, keyFile: file)
        try expectAll(360)
        let bytes = try auditor.bytes()
        for key in open.values { #expect(bytes.range(of: key) == nil, "an open key is still there") }
        let citizens = try #require(FileManager.default.contents(atPath: temporary.path + "/keys/citizen.key"))
        #expect(citizens.range(of: secret) == nil && citizens.count == 60)
    }

    @Test func aSealingThatWasInterruptedGoesOn() throws {
        try auditor.fill(batches: 5)
        let secret = FileManager.default.contents(atPath: temporary.path + "/keys/citizen.key")
        _ = try VaultKeyFile.make(at: file)
        try auditor.fill(batches: 1, keyFile: file)
        // As if the process had ended between the transaction and the file.
        try secret?.write(to: URL(fileURLWithPath: temporary.path + "/keys/citizen.key"))
        try expectAll(360)
        try auditor.fill(batches: 1)
        #expect(FileManager.default.contents(atPath: temporary.path + "/keys/citizen.key")?.count == 60)
        try expectAll(420)
    }

    @Test func anotherKeyTakesThePlaceOfTheFormer() throws {
        _ = try VaultKeyFile.make(at: file)
        try auditor.fill(batches: 5, keyFile: file)
        let keys = try storedKeys()
        let next = try VaultKeyFile.make(at: elsewhere.path + "/next.key")
        let former = elsewhere.path + "/former.key"
        try FileManager.default.moveItem(atPath: file, toPath: former)
        expectRefusal("lay at \(file)") { try VaultSealing.change(directory: temporary.path, to: next, former: nil) }
        try VaultSealing.change(directory: temporary.path, to: next, former: former)
        try expectAll(300)
        expectRefusal(next.name) { try expectAll(300, keyFile: former) }
        #expect(try storedKeys() == keys, "no record is sealed again")
        try auditor.fill(batches: 1)
        try expectAll(360)
    }

    @Test func erasureReachesWhatIsSealed() throws {
        _ = try VaultKeyFile.make(at: file)
        try auditor.fill(batches: 5, keyFile: file)
        let keys = try storedKeys()
        let log = try AccessLog(directory: temporary.path, evidence: nil)
        let entry = AccessEntry(action: AccessEntry.erase, subject: "", purpose: "asked for", order: "7")
        #expect(throws: StoreError(.vaultKey, "")) {
            try log.erase(citizen: 1_090_000_002, entry, keyFile: elsewhere.path + "/none")
        }
        let erased = try log.erase(citizen: 1_090_000_002, entry)
        try log.close()
        #expect(erased == [6, 7, 8].map { RecordIdentifier.stored($0) })
        let bytes = try auditor.bytes()
        for record in erased { #expect(try bytes.range(of: #require(keys[record])) == nil) }
        var gone = 0
        try VaultInspection(directory: temporary.path).forEachEntry { entry in
            if entry.record?.isErased == true { gone += 1 }
        }
        #expect(gone == 27)
        try auditor.fill(batches: 1)
        #expect(try VaultInspection(directory: temporary.path).records(ofCitizen: "001090000002") == [])
    }

    @Test(arguments: ["", "x", "closed-cycle-vault-key-1 vault+00000000 AAAA", "closed-cycle-vault-key-2 a b"])
    func whatIsNoKeyIsRefused(_ text: String) throws {
        try Data(text.utf8).write(to: URL(fileURLWithPath: file))
        expectRefusal(file) { _ = try VaultKeyFile(reading: file) }
        expectRefusal(file, "is there already") { _ = try VaultKeyFile.make(at: file) }
        #expect(FileManager.default.contents(atPath: file) == Data(text.utf8))
    }

    @Test func aDamagedKeyIsNotTakenForAnother() throws {
        _ = try VaultKeyFile.make(at: file)
        let text = try String(contentsOfFile: file, encoding: .utf8)
        let words = text.split(separator: " ")
        let other = String(words[2].reversed()).replacing("=", with: "").replacing("\n", with: "")
        try Data("\(words[0]) \(words[1]) \(other)=\n".utf8).write(to: URL(fileURLWithPath: file))
        expectRefusal(file) { _ = try VaultKeyFile(reading: file) }
    }
}
