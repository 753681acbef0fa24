import Foundation
import Journal
import PartyStore
import Testing
import TransparencyLog

@testable import PartyRuntime

/// A party changes its key between two starts.
@Suite struct KeyRotationTests {
    let folder = TestFolder()
    let topic = CheckpointTopic()

    private func party(_ name: String, evidence: Bool, clock: Int64 = 1_000_000) throws -> WitnessedParty {
        try WitnessedParty(
            name, in: folder.path, topic, evidence: evidence ? folder.path + "/evidence" : nil, clock: clock)
    }

    @Test(arguments: [true, false])
    func witnessesBelieveTheNewKeyAndTheNewCosigner(evidence: Bool) throws {
        let vss = try party("vss", evidence: evidence)
        let before = try party("moh", evidence: evidence)
        for party in [vss, before] { try party.grow() }
        _ = try settle([before, vss])
        let old = before.key.signer
        try before.store.close()
        let rotation = try KeyRotation(
            directory: before.directory, evidence: evidence ? before.evidence : nil, now: 2_000_000)
        #expect(rotation.leaf == 20 && rotation.lastSize == 21 && rotation.old == old.verifier)

        let moh = try party("moh", evidence: evidence, clock: 3_000_000)
        #expect(moh.key.list.newest == rotation.new && moh.store.tree.size == 21)
        try moh.grow()
        try vss.grow()
        _ = try settle([moh, vss])
        #expect(moh.exchange.cosigners == ["vss"] && vss.exchange.cosigners == ["moh"], "\(vss.errors)")
        #expect(vss.errors == [])
        let checkpoint = try #require(try moh.store.cosignedCheckpoint())
        let policy = KeyPolicy(logs: moh.key.list.logKeys)
        #expect(try policy.verify(checkpoint).signers == [rotation.new])
        // A checkpoint beyond its time that the retired key signs is refused by name.
        let late = try Checkpoint(origin: moh.origin, size: 41, root: moh.store.tree.root).signed(by: [old])
        #expect(throws: PolicyError.retiredKey("\(old.verifier)", size: 41, firstSize: 0, lastSize: 21)) {
            try policy.verify(late)
        }
        try moh.store.close()
        let stored = try StoreInspection(directory: moh.directory).checkpoints()
        for entry in stored { #expect(throws: Never.self) { try policy.verify(entry.note) } }
        #expect(stored.map(\.size) == [20, 21, 41])
    }

    /// Ended between any two steps, the same command finishes what was begun.
    @Test func anInterruptedRotationIsFinishedByRunningItAgain() throws {
        let before = try party("moh", evidence: true)
        try before.grow()
        try before.store.close()
        let keys = before.directory + "/keys/"
        let secret = try Data(contentsOf: URL(fileURLWithPath: keys + "journal.key"))
        let list = try Data(contentsOf: URL(fileURLWithPath: keys + "journal.keys"))
        let first = try KeyRotation(directory: before.directory, evidence: before.evidence, now: 2_000_000)
        func put(_ data: Data, _ name: String) throws { try data.write(to: URL(fileURLWithPath: keys + name)) }
        // As it was after the list was replaced and before the private half was.
        let fresh = try Data(contentsOf: URL(fileURLWithPath: keys + "journal.key"))
        try put(secret, "journal.key")
        try put(fresh, "journal.key.next")
        #expect(throws: StoreError(.damaged, "")) { try party("moh", evidence: true) }
        let second = try KeyRotation(directory: before.directory, evidence: before.evidence, now: 3_000_000)
        #expect(second.new == first.new && second.leaf == first.leaf && second.lastSize == first.lastSize)
        // As it was after the leaf was written and before the list was.
        try put(secret, "journal.key")
        try put(fresh, "journal.key.next")
        try put(list, "journal.keys")
        for name in ["journal.pub", "witness.pub"] { try FileManager.default.removeItem(atPath: keys + name) }
        for name in ["pub", "witness.pub", "keys"] {
            try FileManager.default.removeItem(atPath: "\(before.evidence ?? "")/moh.\(name)")
        }
        let third = try KeyRotation(directory: before.directory, evidence: before.evidence, now: 4_000_000)
        #expect(third.new == first.new && third.leaf == first.leaf && third.lastSize == first.lastSize)
        let moh = try party("moh", evidence: true)
        #expect(moh.store.tree.size == 21 && moh.key.list.newest == first.new)
        #expect(!FileManager.default.fileExists(atPath: keys + "journal.key.next"))
    }
}
