import Foundation
import PartyCore
import StoreTestSupport
import Testing
import TransparencyLog

@testable import PartyStore

/// An older copy of a store is refused by what its log has signed, and by nothing that it has not.
@Suite struct OlderCopyTests {
    private let directory: TemporaryDirectory
    private var path: String { directory.path + "/moh" }
    private var evidence: String { directory.path + "/evidence" }

    init() throws { directory = try TemporaryDirectory() }

    /// Opens the store as a host does, and runs batches.
    private func run(_ batches: Int, publish: Bool = true) throws {
        let store = try PartyStore<SampleRecord>(directory: path, identity: .sample, durability: .process)
        defer { try? store.close() }
        let key = try store.sign(directory: path, identity: .sample)
        try key.requireLatest(store.tree, evidence: evidence)
        try key.publish(inFolder: evidence)
        var batch = SampleBatch(continuing: store.progress)
        for _ in 0..<batches { try store.batch { try batch.fill(&$0) } }
        try store.sealCheckpoint(now: 1_000, force: true)
        if publish, let note = store.checkpoint {
            try Data(note).write(to: URL(fileURLWithPath: evidence + "/moh.checkpoint"))
        }
    }

    private func putBack(_ copy: String) throws {
        try FileManager.default.removeItem(atPath: path)
        try FileManager.default.copyItem(atPath: copy, toPath: path)
    }

    private func copy() throws -> String {
        let copy = directory.path + "/copy"
        try FileManager.default.copyItem(atPath: path, toPath: copy)
        return copy
    }

    @Test func anOlderCopyIsRefusedAndThePresentOneGoesOn() throws {
        try run(2)
        let old = try copy()
        try run(1)
        let present = directory.path + "/present"
        try FileManager.default.copyItem(atPath: path, toPath: present)
        try putBack(old)
        let before = try Data(contentsOf: URL(fileURLWithPath: evidence + "/moh.checkpoint"))
        let error = try #require(throws: StoreError.self) { try run(1) }
        #expect(error.code == .olderCopy)
        #expect(error.description.contains("moh has 40 leaves and is older than the checkpoint of 60 leaves"))
        #expect(error.description.contains("evidence/moh.checkpoint"))
        #expect(error.description.contains("Put the latest copy back"))
        #expect(try Data(contentsOf: URL(fileURLWithPath: evidence + "/moh.checkpoint")) == before)
        #expect(throws: StoreError(.olderCopy, "")) {
            try StoreInspection(directory: path).requireLatest(directory: path, evidence: evidence)
        }
        try putBack(present)
        try run(1)
    }

    @Test func anotherHistoryOfTheSameSizeIsRefused() throws {
        try run(2)
        let old = try copy()
        try run(1)
        try putBack(old)
        // The copy goes on without what the others hold, up to as many leaves.
        let store = try PartyStore<SampleRecord>(directory: path, identity: .sample, durability: .process)
        try store.batch { _ in
            var leaves = SampleBatch.leaves(from: 40)
            leaves[JournalLeaf.width - 1] ^= 1
            return BatchCommit(
                books: PartyBooks(ledger: store.progress.ledger), offsets: [], firstLeaf: 40, leaves: leaves,
                chunk: nil, sentChunks: [])
        }
        try store.close()
        let error = try #require(throws: StoreError.self) { try run(0) }
        #expect(error.code == .olderCopy && error.description.contains("has another history of 60 leaves"))
    }

    @Test func aCopyFromBeforeAChangeOfKeysIsRefused() throws {
        try run(2)
        let old = try copy()
        _ = try KeyRotation(directory: path, evidence: evidence, now: 2_000)
        try run(1)
        try putBack(old)
        let error = try #require(throws: StoreError.self) { try run(0) }
        #expect(error.code == .olderCopy && error.description.contains("61 leaves"))
    }

    @Test func whatOthersHoldCounts() throws {
        try run(2)
        let old = try copy()
        try run(1)
        let held = try #require(try StoreInspection(directory: path).checkpoints().last).note
        try putBack(old)
        try FileManager.default.removeItem(atPath: evidence + "/moh.checkpoint")
        let store = try StoreInspection(directory: path)
        try store.requireLatest(directory: path, evidence: evidence)
        let error = try #require(throws: StoreError.self) {
            try store.requireLatest(directory: path, evidence: evidence, notes: [("held by vss", held)])
        }
        #expect(error.description.contains("(held by vss)"))
    }

    @Test func anUnsignedClaimRefusesNobody() throws {
        try run(2)
        let origin = JournalKey.origin(.sample)
        let forger = try SignerKey(name: origin, kind: .ed25519, seed: Array(repeating: 7, count: 32))
        let root = try #require(TreeHash(bytes: Array(repeating: 1, count: 32)))
        let forged = try Checkpoint(origin: origin, size: 900, root: root).signed(by: [forger]).bytes
        for note in [forged, Array("nonsense".utf8), []] {
            try Data(note).write(to: URL(fileURLWithPath: evidence + "/moh.checkpoint"))
            try run(1, publish: false)
        }
    }
}
