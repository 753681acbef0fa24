import Foundation
import GRDB
import PartyCore
import StoreTestSupport
import Testing
import TransparencyLog

@testable import PartyStore

/// The tiles above the lowest level, kept with the journal.
@Suite struct JournalTilesTests {
    private let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    /// Batches of odd sizes, so that tiles and rows never end together.
    private func fill(to size: Int64, _ store: PartyStore<SampleRecord>, batch: Int64 = 997) throws {
        var first = Int64(store.tree.size)
        while first < size {
            let count = min(batch, size - first)
            try store.batch { _ in
                BatchCommit(
                    books: PartyBooks(), offsets: [], firstLeaf: first,
                    leaves: SampleBatch.leaves(from: first, count: count), chunk: nil, sentChunks: [])
            }
            first += count
        }
    }

    private func open() throws -> PartyStore<SampleRecord> {
        try PartyStore(directory: directory.path, identity: .sample, durability: .process)
    }

    private func change(_ sql: String) throws {
        let queue = try DatabaseQueue(path: directory.path + "/party.sqlite")
        try queue.write { try $0.execute(sql: sql) }
        try queue.close()
    }

    private func rows() throws -> [[Int64]] {
        let queue = try DatabaseQueue(path: directory.path + "/party.sqlite")
        defer { try? queue.close() }
        return try queue.read { database in
            try Row.fetchAll(database, sql: "SELECT level, place, length(hashes) FROM tile ORDER BY level, place").map {
                [$0[0], $0[1], $0[2]]
            }
        }
    }

    private func faults(_ size: UInt64, _ root: TreeHash) throws -> [String] {
        var faults: [String] = []
        try StoreInspection(directory: directory.path).checkTiles(size: size, root: root) { faults.append($0) }
        return faults
    }

    @Test func proofsAreMadeFromTheTilesAtEverySize() throws {
        var store = try open()
        for size: Int64 in [1, 255, 256, 257, 1_000, 65_536, 66_000] {
            try fill(to: size, store)
            let tree = store.tree
            try store.close()
            #expect(try faults(tree.size, tree.root) == [])
            try StoreInspection(directory: directory.path).withTiles { reader in
                let tiles = TileTree(size: reader.size, reader: reader)
                #expect(try tiles.root(at: tree.size) == tree.root)
                for index in [0, tree.size / 2, tree.size - 1] {
                    let leaf = TreeHash.leaf(SampleBatch.leaves(from: Int64(index), count: 1))
                    #expect(try reader.leaf(at: index) == SampleBatch.leaves(from: Int64(index), count: 1))
                    try tiles.inclusionProof(of: index, in: tree.size).verify(leaf: leaf, root: tree.root)
                }
                #expect(try reader.leaf(at: tree.size) == nil)
            }
            store = try open()
        }
        try store.close()
        #expect(try rows() == [[1, 0, 8_192], [1, 1, 32], [2, 0, 32]])
    }

    @Test(arguments: ["DROP TABLE tile", "DELETE FROM tile", "DELETE FROM tile WHERE level = 2"])
    func aJournalWithoutTilesIsCaughtUpWith(sql: String) throws {
        var store = try open()
        try fill(to: 66_000, store)
        let tree = store.tree
        try store.close()
        let before = try rows()
        try change(sql)
        // Without the tiles, proofs can be made all the same.
        let root = try StoreInspection(directory: directory.path).withTiles { reader in
            try TileTree(size: reader.size, reader: reader).root(at: tree.size)
        }
        #expect(root == tree.root)
        store = try open()
        try fill(to: 66_040, store)
        try store.close()
        #expect(try rows() == before)
    }

    @Test(arguments: [
        "UPDATE tile SET hashes = CAST(X'00' || substr(hashes, 2) AS BLOB) WHERE level = 1 AND place = 0",
        "UPDATE tile SET hashes = CAST(X'00' || substr(hashes, 2) AS BLOB) WHERE level = 1 AND place = 1",
        "UPDATE tile SET hashes = CAST(X'00' || substr(hashes, 2) AS BLOB) WHERE level = 2",
        "UPDATE tile SET hashes = CAST(hashes || X'00' AS BLOB) WHERE level = 1 AND place = 0",
        "DELETE FROM tile WHERE place = 1", "INSERT INTO tile VALUES (3, 0, X'00')",
        "UPDATE tile SET place = 7 WHERE place = 1",
    ])
    func changedTilesAreNoticed(sql: String) throws {
        let store = try open()
        try fill(to: 66_000, store)
        let tree = store.tree
        try store.close()
        #expect(try faults(tree.size, tree.root) == [])
        try change(sql)
        #expect(try !faults(tree.size, tree.root).isEmpty)
    }
}
