import Testing

@testable import TransparencyLog

@Suite struct TileTests {
    /// Writes a log of numbered entries in batches, with the partial tiles of each batch.
    static func log(_ batches: [Int]) throws -> (MemoryTiles, TreeFrontier) {
        var (tiles, builder, bundles, frontier) = (MemoryTiles(), TileBuilder(), EntryBundleBuilder(), TreeFrontier())
        var next = 0
        for batch in batches {
            for number in next..<next + batch {
                let entry = NaiveTree.entry(number)
                try builder.append([TreeHash.leaf(entry)], to: &tiles)
                try bundles.append(entry.span.bytes, to: &tiles)
                frontier.append(.leaf(entry))
            }
            next += batch
            try builder.flush(to: &tiles)
            try bundles.flush(to: &tiles)
            // A builder that starts again from the tiles is the one that wrote them.
            #expect(try TileBuilder(resuming: UInt64(next), root: frontier.root, from: tiles) == builder)
            #expect(try EntryBundleBuilder(resuming: UInt64(next), from: tiles) == bundles)
            #expect(builder.frontier == frontier)
        }
        return (tiles, frontier)
    }

    static let large: UInt64 = 66_000
    static let largeLog = Result { try log([66_000]).0 }

    @Test func theTilesOfALogAreThoseItsSizesNeed() throws {
        let (tiles, _) = try Self.log([200, 100, 0, 212, 1])
        var expected: Set<Tile> = []
        for (old, new) in [(0, 200), (200, 300), (300, 512), (512, 513)] as [(UInt64, UInt64)] {
            expected.formUnion(Tile.changed(from: old, to: new, entries: true))
        }
        #expect(Set(tiles.tiles.keys) == expected)
        #expect(tiles.tiles.allSatisfy { $0.content == .entries || $1.count == $0.width * 32 })
    }

    @Test func proofsFromTilesVerifyAtAllSizesOfALargeLog() throws {
        let tiles = try Self.largeLog.get()
        let tree = TileTree(size: Self.large, reader: tiles)
        var generator = SeededGenerator(state: 1)
        for size in [1, 255, 256, 257, 65_535, 65_536, 65_537, Self.large - 1, Self.large] as [UInt64] {
            let root = try tree.root(at: size)
            for _ in 0..<6 {
                let index = UInt64.random(in: 0..<size, using: &generator)
                let proof = try tree.inclusionProof(of: index, in: size)
                try proof.verify(leaf: .leaf(NaiveTree.entry(Int(index))), root: root)
                #expect(try tree.leafHash(at: index) == .leaf(NaiveTree.entry(Int(index))))
                let old = UInt64.random(in: 0...size, using: &generator)
                try tree.consistencyProof(from: old, to: size).verify(oldRoot: tree.root(at: old), newRoot: root)
            }
        }
    }

    /// Counts what is read.
    private final class CountingTiles: TileReader {
        let tiles: MemoryTiles
        var reads = 0
        init(_ tiles: MemoryTiles) { self.tiles = tiles }
        func read(_ tile: Tile) -> [UInt8]? {
            reads += 1
            return tiles.read(tile)
        }
    }

    @Test func aProofReadsFewTiles() throws {
        let tiles = try Self.largeLog.get()
        let reader = CountingTiles(tiles)
        let tree = TileTree(size: Self.large, reader: reader)
        for index in [0, 33_000, 65_535, 65_536, Self.large - 1] as [UInt64] {
            reader.reads = 0
            _ = try tree.inclusionProof(of: index, in: Self.large)
            #expect(reader.reads <= 6)
        }
    }

    @Test func theFullTileServesWhereThePartialOneIsGone() throws {
        var (tiles, frontier) = try Self.log([100, 200])
        tiles.tiles = tiles.tiles.filter {
            $0.key.index > 0 || !$0.key.isPartial || $0.key.content == .hashes(level: 1)
        }
        #expect(try TileTree(size: 100, reader: tiles).root(at: 100) == Self.log([100]).1.root)
        #expect(try EntryBundleBuilder(resuming: 100, from: tiles).size == 100)
        tiles.tiles = tiles.tiles.filter { $0.key.index == 0 }
        #expect(throws: TileError.missing(Tile(unchecked: .hashes(level: 0), index: 1, width: 44))) {
            try TileTree(size: 300, reader: tiles).root(at: 300)
        }
        frontier.append(.leaf([]))
        let (whole, _) = try Self.log([300])
        #expect(throws: TileError.self) { try TileBuilder(resuming: 300, root: frontier.root, from: whole) }
    }

    @Test func everyChangedByteOfATileIsNoticedAndNamed() throws {
        let (tiles, frontier) = try Self.log([600])
        func findings(_ tiles: MemoryTiles) throws -> [TileError] {
            var found: [TileError] = []
            try TileAudit(tree: TileTree(size: 600, reader: tiles), root: frontier.root).run(entries: true) {
                found.append($0)
            }
            return found
        }
        #expect(try findings(tiles) == [])
        for (tile, bytes) in tiles.tiles {
            // Many bytes of every file, and the first and last.
            for place in Array(stride(from: 0, to: bytes.count, by: 61)) + [bytes.count - 1] {
                var wrong = tiles
                wrong.tiles[tile]?[place] ^= 0x20
                let found = try findings(wrong)
                #expect(found.contains { "\($0)".contains(tile.path) || isRoot($0, of: tile) }, "\(tile) \(place)")
            }
            for bytes in [bytes.dropLast(), bytes + [0], []] {
                var wrong = tiles
                wrong.tiles[tile] = Array(bytes)
                #expect(try findings(wrong).contains { "\($0)".contains(tile.path) }, "\(tile)")
            }
            var wrong = tiles
            wrong.tiles[tile] = nil
            #expect(try findings(wrong).contains(.missing(tile)))
        }
    }

    /// A partial tile without entries below it has nothing to disagree with but the root.
    private func isRoot(_ error: TileError, of tile: Tile) -> Bool {
        if case .wrongRoot = error { tile.isPartial && tile.content != .entries } else { false }
    }

    @Test func bundlesAreReadAsTheyWereWrittenAndNothingElseIs() throws {
        let entries: [[UInt8]] = [[], [1], Array(repeating: 7, count: 65_535), [2, 3]]
        let tile = try #require(Tile(.entries, index: 0, width: 4))
        let bytes = try EntryBundle.encode(entries)
        #expect(Array(bytes[..<7]) == [0, 0, 0, 1, 1, 0xFF, 0xFF])
        #expect(try EntryBundle.decode(bytes, of: tile) == entries)
        #expect(try EntryBundle.leafHashes(of: bytes, of: tile) == entries.map { TreeHash.leaf($0) })
        for wrong in [[], [0], Array(bytes.dropLast()), bytes + [0], bytes + [0, 0], Array(bytes.dropFirst())]
            as [[UInt8]]
        {
            #expect(throws: TileError.malformedBundle(tile)) { try EntryBundle.decode(wrong, of: tile) }
        }
        #expect(throws: TileError.entryTooLong(65_536)) {
            try EntryBundle.encode([Array(repeating: 0, count: 65_536)])
        }
        #expect(throws: TileError.wrongCount(0)) { try EntryBundle.encode([]) }
        #expect(throws: TileError.wrongCount(257)) { try EntryBundle.encode(Array(repeating: [], count: 257)) }
    }

    @Test func placesBeyondTheLogAreRefused() throws {
        let (tiles, _) = try Self.log([10])
        let tree = TileTree(size: 10, reader: tiles)
        #expect(throws: TileError.beyondLog(10, size: 10)) { try tree.leafHash(at: 10) }
        #expect(throws: TileError.beyondLog(11, size: 10)) { try tree.root(at: 11) }
        #expect(throws: TileError.beyondLog(5, size: 5)) { try tree.inclusionProof(of: 5, in: 5) }
        #expect(throws: TileError.beyondLog(.max, size: 10)) { try tree.inclusionProof(of: 0, in: .max) }
        #expect(throws: TileError.beyondLog(11, size: 10)) { try tree.consistencyProof(from: 1, to: 11) }
        #expect(throws: ProofError.sizesReversed(old: 6, new: 5)) { try tree.consistencyProof(from: 6, to: 5) }
        // A size that no log has, from a checkpoint one should not have believed.
        #expect(throws: TileError.self) { try TileTree(size: .max, reader: tiles).root(at: .max) }
        #expect(throws: TileError.self) {
            try TileTree(size: .max, reader: tiles).inclusionProof(of: 1 << 63, in: .max)
        }
    }
}
