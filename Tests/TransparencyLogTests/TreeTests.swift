import Testing

@testable import TransparencyLog

@Suite struct TreeTests {
    /// A log of 70 leaves, its tiles, and its roots by the definition.
    static let naive = NaiveTree.numbered(70)
    static let roots = (0...70).compactMap { TreeHash(bytes: naive.root(0..<$0)) }

    static func tiles() throws -> TileTree<MemoryTiles> {
        var tiles = MemoryTiles()
        var builder = TileBuilder()
        try builder.append(naive.hashes, to: &tiles)
        try builder.flush(to: &tiles)
        return TileTree(size: 70, reader: tiles)
    }

    @Test func rootsOfAllSizesFollowTheDefinition() throws {
        let tree = try Self.tiles()
        var frontier = TreeFrontier()
        for size in 0...70 {
            #expect(frontier.root == Self.roots[size])
            #expect(try tree.frontier(at: UInt64(size)) == frontier)
            #expect(TreeFrontier(size: frontier.size, hashes: frontier.hashes) == frontier)
            if size < 70 { frontier.append(Self.naive.hashes[size]) }
        }
        #expect(TreeFrontier(size: 3, hashes: []) == nil)
    }

    @Test func everyInclusionProofFollowsTheDefinitionAndVerifies() throws {
        let tree = try Self.tiles()
        let hashes = Self.naive.hashes
        for size in 1...70 {
            for index in 0..<size {
                let proof = try tree.inclusionProof(of: UInt64(index), in: UInt64(size))
                #expect(proof.path.map(\.bytes) == Self.naive.path(index, 0..<size))
                try proof.verify(leaf: hashes[index], root: Self.roots[size])
                #expect(throws: ProofError.self) {
                    try proof.verify(leaf: hashes[index], root: Self.roots[size - 1])
                }
            }
        }
    }

    @Test func everyConsistencyProofFollowsTheDefinitionAndVerifies() throws {
        let tree = try Self.tiles()
        for new in 1...70 {
            for old in 1...new {
                let proof = try tree.consistencyProof(from: UInt64(old), to: UInt64(new))
                #expect(proof.path.map(\.bytes) == Self.naive.consistency(old, 0..<new))
                try proof.verify(oldRoot: Self.roots[old], newRoot: Self.roots[new])
                #expect(throws: ProofError.self) {
                    try proof.verify(oldRoot: Self.roots[old - 1], newRoot: Self.roots[new])
                }
            }
        }
    }

    @Test func everyChangedByteOfAProofIsNoticed() throws {
        let tree = try Self.tiles()
        let inclusion = try tree.inclusionProof(of: 41, in: 70)
        let consistency = try tree.consistencyProof(from: 41, to: 70)
        for place in inclusion.path.indices {
            for byte in 0..<32 {
                var wrong = inclusion
                wrong.path[place] = try flipped(wrong.path[place], byte)
                #expect(throws: ProofError.self) { try wrong.verify(leaf: Self.naive.hashes[41], root: Self.roots[70]) }
            }
        }
        for place in consistency.path.indices {
            for byte in 0..<32 {
                var wrong = consistency
                wrong.path[place] = try flipped(wrong.path[place], byte)
                #expect(throws: ProofError.self) { try wrong.verify(oldRoot: Self.roots[41], newRoot: Self.roots[70]) }
            }
        }
    }

    private func flipped(_ hash: TreeHash, _ byte: Int) throws -> TreeHash {
        var bytes = hash.bytes
        bytes[byte] ^= 1 << UInt8(byte % 8)
        return try #require(TreeHash(bytes: bytes))
    }

    @Test func proofsOfAnySizesAndLengthsNeverTrap() {
        var generator = SeededGenerator(state: 7)
        let edges: [UInt64] = [0, 1, 2, 3, 255, 256, 1 << 62, (1 << 63) - 1, 1 << 63, .max - 1, .max]
        for _ in 0..<3_000 {
            let first = edges.randomElement(using: &generator) ?? 0
            let second = edges.randomElement(using: &generator) ?? 0
            let path = (0..<Int.random(in: 0...70, using: &generator)).map { TreeHash.leaf([UInt8($0)]) }
            #expect(throws: ProofError.self) {
                try InclusionProof(index: first, size: second, path: path).verify(leaf: .emptyTree, root: .leaf([9]))
            }
            #expect(throws: ProofError.self) {
                try ConsistencyProof(old: first, new: second, path: path).verify(
                    oldRoot: .leaf([1]), newRoot: .leaf([2]))
            }
        }
    }

    @Test func leavesInARowHashAsOneByOne() {
        let bytes = (0..<96 * 300 + 5).map { UInt8(truncatingIfNeeded: $0 &* $0 >> 3) }
        var hashes: [TreeHash] = []
        #expect(TreeHash.appendLeaves(bytes.span.bytes, width: 96, to: &hashes) == 300)
        #expect(hashes == (0..<300).map { TreeHash.leaf(Array(bytes[$0 * 96..<$0 * 96 + 96])) })
        #expect(TreeHash.appendLeaves(bytes.span.bytes, width: 0, to: &hashes) == 0)
        #expect(TreeHash.leaf([]) != .emptyTree)
    }
}
