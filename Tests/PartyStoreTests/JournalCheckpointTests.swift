import Foundation
import GRDB
import PartyCore
import StoreTestSupport
import Testing
import TransparencyLog

@testable import PartyStore

/// The tree over the journal and its signed heads.
@Suite struct JournalCheckpointTests {
    private let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    private func open() throws -> PartyStore<SampleRecord> {
        try PartyStore(directory: directory.path, identity: .sample, durability: .process)
    }

    private func root(leaves: Int64) -> TreeHash {
        var hashes: [TreeHash] = []
        TreeHash.appendLeaves(
            SampleBatch.leaves(from: 0, count: leaves).span.bytes, width: JournalLeaf.width, to: &hashes)
        var tree = TreeFrontier()
        tree.append(contentsOf: hashes)
        return tree.root
    }

    @Test func theTreeGoesOnAcrossStarts() throws {
        for start in 1...3 {
            let store = try open()
            var batch = SampleBatch(continuing: store.progress)
            for _ in 0..<2 { try store.batch { try batch.fill(&$0) } }
            #expect(store.tree.size == UInt64(start * 40))
            #expect(store.tree.root == root(leaves: Int64(start * 40)))
            try store.close()
        }
    }

    @Test func aJournalWithoutTreeIsCaughtUpWith() throws {
        let store = try open()
        var batch = SampleBatch(continuing: store.progress)
        for _ in 0..<3 { try store.batch { try batch.fill(&$0) } }
        try store.close()
        try alter("DROP TABLE frontier; DROP TABLE checkpoint")
        let again = try open()
        #expect(again.tree.size == 60 && again.tree.root == root(leaves: 60))
    }

    @Test(arguments: ["UPDATE frontier SET size = 59", "UPDATE frontier SET hashes = X'00'"])
    func aTreeOfAnotherJournalIsRefused(sql: String) throws {
        let store = try open()
        var batch = SampleBatch(continuing: store.progress)
        for _ in 0..<3 { try store.batch { try batch.fill(&$0) } }
        try store.close()
        try alter(sql)
        #expect(throws: StoreError(.damaged, "")) { try open() }
    }

    private func alter(_ sql: String) throws {
        let queue = try DatabaseQueue(path: directory.path + "/party.sqlite")
        try queue.write { try $0.execute(sql: sql) }
        try queue.close()
    }

    @Test func checkpointsAreSignedAtTheirPace() throws {
        let store = try open()
        let key = try store.sign(directory: directory.path, identity: .sample)
        var batch = SampleBatch(continuing: store.progress)
        for clock in [Int64(5_000), 5_500, 6_100, 6_200] {
            try store.batch { state in
                var commit = try batch.fill(&state)
                commit?.clock = clock
                return commit
            }
        }
        try store.sealCheckpoint(now: 6_300)
        try store.sealCheckpoint(now: 6_400, force: true)
        try store.sealCheckpoint(now: 9_000, force: true)
        let last = try #require(store.checkpoint)
        try store.close()
        let inspection = try StoreInspection(directory: directory.path)
        #expect(try inspection.checkpoints().map(\.size) == [20, 60, 80])
        let origin = ExactText("closed-cycle/exchange-1/moh")
        let policy = KeyPolicy(logs: [TrustedLogKey(origin: origin, key: key.signer.verifier)])
        let head = try policy.verify(last, origin: origin).checkpoint
        #expect(head.size == 80 && head.root == root(leaves: 80))
        #expect(try inspection.frontier()?.root == head.root)
    }

    @Test func whatIsSignedIsPublishedOnceTheOneBeforeHasArrived() throws {
        let store = try open()
        _ = try store.sign(directory: directory.path, identity: .sample)
        try store.publishCheckpoints()
        var batch = SampleBatch(continuing: store.progress)
        func add(at clock: Int64?) throws {
            try store.batch { state in
                var commit = try batch.fill(&state)
                commit?.clock = clock
                return commit
            }
        }
        #expect(!store.isPublished)
        try add(at: 5_000)
        #expect(store.isPublished && store.publishedSize == 20 && store.takePublication() != nil)
        // Signed, but the first has not arrived; then there are leaves for which nothing is signed.
        try add(at: 6_500)
        #expect(store.signedSize == 40 && store.publishedSize == 20 && !store.isPublished)
        try add(at: nil)
        store.confirmPublication()
        try store.sealCheckpoint(now: 6_900)
        #expect(store.publishedSize == 20 && !store.isPublished)
        try store.sealCheckpoint(now: 7_600)
        #expect(store.isPublished && store.publishedSize == 60 && store.takePublication() != nil)
    }

    @Test func manyLeavesAreSignedBeforeASecondIsOver() throws {
        let store = try open()
        _ = try store.sign(directory: directory.path, identity: .sample)
        for (first, count) in [(Int64(0), Int64(10)), (10, 4_095), (4_105, 1)] {
            try store.batch { _ in
                var commit = BatchCommit(
                    books: PartyBooks(), offsets: [], firstLeaf: first,
                    leaves: SampleBatch.leaves(from: first, count: count), chunk: nil, sentChunks: [])
                commit.clock = 5_000
                return commit
            }
        }
        try store.close()
        #expect(try StoreInspection(directory: directory.path).checkpoints().map(\.size) == [10, 4_106])
    }

    @Test func theKeyIsMadeOnceAndForItsOwnerOnly() throws {
        let first = try JournalKey(directory: directory.path, identity: .sample, mayMake: true)
        let second = try JournalKey(directory: directory.path, identity: .sample, mayMake: false)
        #expect(first.signer.verifier == second.signer.verifier)
        let attributes = try FileManager.default.attributesOfItem(atPath: JournalKey.secretPath(directory.path))
        #expect(attributes[.posixPermissions] as? Int == 0o600)
        let other = StoreIdentity(party: "vss", exchange: "exchange-1")
        #expect(throws: StoreError(.otherExchange, "")) {
            try JournalKey(directory: directory.path, identity: other, mayMake: true)
        }
    }
}
