import Audit
import Foundation
import GRDB
import PartyStore
import StoreTestSupport
import Testing
import TransparencyLog

/// What parties say of each other's checkpoints is checked as well.
@Suite struct WitnessFindingTests {
    let exchange: SmallExchange
    private let cosigner: SignerKey
    private let checkpoint: Checkpoint

    init() throws {
        exchange = try SmallExchange()
        try exchange.fill()
        let secret = try String(contentsOfFile: JournalKey.secretPath(exchange.directory("vss")), encoding: .utf8)
        cosigner = try SignerKey(String(secret.dropLast())).cosigner
        let data = try Data(contentsOf: URL(fileURLWithPath: exchange.evidence + "/moh.checkpoint"))
        checkpoint = try Checkpoint(text: SignedNote(Array(data)).text)
    }

    /// Puts a cosignature line into a party's store.
    private func cosign(_ size: UInt64, _ line: String, of witness: String = "w") throws {
        try exchange.alter("moh") {
            try $0.execute(
                sql: "INSERT INTO cosigned (size, witness, line) VALUES (?, ?, ?)",
                arguments: [Int64(size), witness, line])
        }
    }

    private func findings(_ kind: AuditFinding.Kind) throws -> [AuditFinding] {
        try exchange.verify().findings.filter { $0.kind == kind }
    }

    @Test func aRightCosignatureCounts() throws {
        #expect(try exchange.verify().parties.map(\.cosigners) == [[], []])
        try cosign(checkpoint.size, try cosigner.cosignature(over: checkpoint, at: 50).line)
        let report = try exchange.verify()
        #expect(report.holds, "\(report.findings)")
        #expect(report.parties[0].cosigners == ["vss"] && report.parties[0].witnesses == 1)
        #expect(report.text.contains("cosigned by 1 of 1 others"))
    }

    @Test func aForgedOrUnknownCosignatureIsNamed() throws {
        let right = try cosigner.cosignature(over: checkpoint, at: 50)
        var forged = right
        forged.bytes[20] ^= 1
        try cosign(checkpoint.size, forged.line)
        let found = try findings(.cosignature)
        #expect(found.count == 1 && found[0].party == "moh" && found[0].text.contains("/vss over 480 leaves is wrong"))
        try exchange.alter("moh", "DELETE FROM cosigned")
        var generator = SystemRandomNumberGenerator()
        let stranger = try SignerKey(name: cosigner.verifier.name, kind: .cosignature, using: &generator)
        try cosign(checkpoint.size, try stranger.cosignature(over: checkpoint, at: 50).line)
        #expect(try findings(.cosignature).map(\.text).first?.contains("unknown key") == true)
    }

    @Test func aWitnessThatGoesBackInTimeIsNamed() throws {
        let sizes = try StoreInspection(directory: exchange.directory("moh")).checkpoints()
        let early = try #require(sizes.dropLast().last)
        let before = try Checkpoint(text: SignedNote(early.note).text)
        try cosign(before.size, try cosigner.cosignature(over: before, at: 51).line)
        try cosign(checkpoint.size, try cosigner.cosignature(over: checkpoint, at: 50).line)
        #expect(try findings(.cosignature).map(\.text).first?.contains("was given before that over") == true)
    }

    @Test func anUnknownSignatureOnACheckpointIsNamed() throws {
        let path = exchange.evidence + "/moh.checkpoint"
        var note = try SignedNote(Array(Data(contentsOf: URL(fileURLWithPath: path))))
        var generator = SystemRandomNumberGenerator()
        let stranger = try SignerKey(name: "stranger", kind: .cosignature, using: &generator)
        try note.add(try stranger.cosignature(over: checkpoint, at: 50))
        try Data(note.bytes).write(to: URL(fileURLWithPath: path))
        let found = try findings(.badCheckpoint)
        #expect(found.count == 1 && found[0].text.contains("signed by the unknown key stranger+"))
    }

    /// A journal that was written anew with all its checkpoints still differs from what the others saw.
    @Test func aRewrittenJournalIsNotWhatTheOthersSaw() throws {
        let secret = try String(contentsOfFile: JournalKey.secretPath(exchange.directory("moh")), encoding: .utf8)
        let signer = try SignerKey(String(secret.dropLast()))
        let other = try Checkpoint(origin: checkpoint.origin, size: 80, root: .emptyTree).signed(by: [signer])
        let line = try cosigner.cosignature(over: checkpoint, at: 50).line
        try exchange.alter("vss") {
            try $0.execute(
                sql: "INSERT INTO witnessed (origin, size, note, cosignature) VALUES (?, ?, ?, ?)",
                arguments: [checkpoint.origin.string, 80, Data(other.bytes), line])
        }
        let found = try findings(.rootMismatch)
        #expect(found.count == 1 && found[0].text.contains("the checkpoint that vss cosigned"))
        try exchange.alter("vss") {
            let view = SplitView(origin: checkpoint.origin, seen: other, shown: try note(checkpoint.root, signer))
            try $0.execute(
                sql: "INSERT INTO split_view (origin, finder, notice) VALUES (?, 'vss', ?)",
                arguments: [checkpoint.origin.string, Data(view.bytes)])
        }
        let views = try findings(.splitView)
        #expect(views.count == 1 && views[0].party == "moh" && views[0].text.contains("both are signed with its key"))
        #expect(views[0].text.contains("noticed by vss") && views[0].text.contains("80 leaves with root"))
    }

    private func note(_ root: TreeHash, _ signer: SignerKey) throws -> SignedNote {
        try Checkpoint(origin: checkpoint.origin, size: 80, root: root).signed(by: [signer])
    }

    @Test func aKeyChangeMustStandInTheJournalWhereTheListSays() throws {
        let rotation = try KeyRotation(
            directory: exchange.directory("moh"), evidence: exchange.evidence, now: 9_000_000)
        for path in [exchange.directory("moh") + "/checkpoint", exchange.evidence + "/moh.checkpoint"] {
            let stored = try StoreInspection(directory: exchange.directory("moh")).checkpoints()
            try Data(try #require(stored.last).note).write(to: URL(fileURLWithPath: path))
        }
        #expect(try exchange.verify().findings == [])
        #expect(rotation.leaf == 480)
        // The same list without the leaf: the end of the journal is gone, and the change with it.
        try exchange.alter("moh", "DELETE FROM journal WHERE first = 480")
        let found = try findings(.key)
        #expect(found.map(\.leaf) == [480] && found[0].text.contains("the journal does not"))
    }
}
