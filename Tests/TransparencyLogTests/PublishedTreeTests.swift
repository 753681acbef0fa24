import Testing

@testable import TransparencyLog

@Suite struct PublishedTreeTests {
    @Test(
        arguments: [
            // github.com/transparency-dev/merkle, rfc6962/rfc6962_test.go
            ([], "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"),
            (Array("L123456".utf8), "395aa064aa4c29f7010acfe3f25db9485bbd4b91897b6ad7ad547639252b4d56"),
        ] as [([UInt8], String)])
    func leafHashesAreThePublishedOnes(entry: [UInt8], hash: String) {
        #expect(TreeHash.leaf(entry).description == hash)
    }

    @Test func theEmptyTreeHasTheHashOfNothing() {
        #expect(TreeFrontier().root == .emptyTree)
        #expect(
            TreeHash.emptyTree.description == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    }

    @Test func rootsOfAllSizesAreThePublishedOnes() throws {
        var frontier = TreeFrontier()
        let (_, tree) = try PublishedTree.tiles()
        for (place, leaf) in PublishedTree.leaves.enumerated() {
            frontier.append(.leaf(leaf))
            #expect(frontier.root.description == PublishedTree.roots[place])
            #expect(try tree.root(at: UInt64(place + 1)) == frontier.root)
        }
    }

    @Test(arguments: PublishedTree.inclusions)
    func inclusionProofsAreThePublishedOnes(vector: PublishedTree.Inclusion) throws {
        let (_, tree) = try PublishedTree.tiles()
        let proof = try tree.inclusionProof(of: vector.index, in: vector.size)
        #expect(proof.path.map(\.description) == vector.path)
        let leaf = TreeHash.leaf(PublishedTree.leaves[Int(vector.index)])
        let root = try #require(TreeHash(hexadecimal: PublishedTree.roots[Int(vector.size) - 1]))
        try proof.verify(leaf: leaf, root: root)
        for wrong in corruptions(of: proof, root: root) {
            #expect(throws: ProofError.self, "\(wrong)") { try wrong.verify(leaf: leaf, root: root) }
        }
        #expect(throws: ProofError.self) { try proof.verify(leaf: leaf, root: .emptyTree) }
        #expect(throws: ProofError.self) { try proof.verify(leaf: .emptyTree, root: root) }
    }

    /// The ways in which the published negative vectors are wrong (transparency-dev/merkle, testdata/inclusion).
    private func corruptions(of proof: InclusionProof, root: TreeHash) -> [InclusionProof] {
        var wrong: [InclusionProof] = []
        for index in [proof.index &- 1, proof.index + 1, proof.index ^ 2] {
            wrong.append(InclusionProof(index: index, size: proof.size, path: proof.path))
        }
        for size in [proof.size * 2, proof.size / 2] {
            wrong.append(InclusionProof(index: proof.index, size: size, path: proof.path))
        }
        var paths = [proof.path + [root], [root] + proof.path, proof.path + [.emptyTree]]
        if proof.path.count > 0 { paths.append(proof.path.dropLast()) }
        if proof.path.count > 1 { paths.append([proof.path[0], root] + proof.path.dropFirst()) }
        return wrong + paths.map { InclusionProof(index: proof.index, size: proof.size, path: $0) }
    }

    @Test(arguments: PublishedTree.consistencies)
    func consistencyProofsAreThePublishedOnes(vector: PublishedTree.Consistency) throws {
        let (_, tree) = try PublishedTree.tiles()
        let proof = try tree.consistencyProof(from: vector.old, to: vector.new)
        #expect(proof.path.map(\.description) == vector.path)
        let roots = try PublishedTree.roots.map { try #require(TreeHash(hexadecimal: $0)) }
        let (old, new) = (roots[Int(vector.old) - 1], roots[Int(vector.new) - 1])
        try proof.verify(oldRoot: old, newRoot: new)
        guard vector.old < vector.new else { return }
        for wrong in corruptions(of: proof, old: old, new: new) {
            #expect(throws: ProofError.self, "\(wrong)") { try wrong.verify(oldRoot: old, newRoot: new) }
        }
        #expect(throws: ProofError.self) { try proof.verify(oldRoot: new, newRoot: old) }
        #expect(throws: ProofError.self) { try proof.verify(oldRoot: .emptyTree, newRoot: new) }
        #expect(throws: ProofError.self) { try proof.verify(oldRoot: old, newRoot: .emptyTree) }
    }

    /// The ways in which the published negative vectors are wrong (transparency-dev/merkle, testdata/consistency).
    private func corruptions(of proof: ConsistencyProof, old: TreeHash, new: TreeHash) -> [ConsistencyProof] {
        let sizes = [
            (proof.old - 1, proof.new), (proof.old + 1, proof.new), (proof.old ^ 2, proof.new),
            (proof.old, proof.new * 2), (proof.old, proof.new / 2),
        ]
        var paths = [[], proof.path.dropLast(), proof.path + [old], proof.path + [new]]
        paths += [[old] + proof.path, [new] + proof.path, [proof.path[0]] + proof.path]
        return sizes.map { ConsistencyProof(old: $0.0, new: $0.1, path: proof.path) }
            + paths.map { ConsistencyProof(old: proof.old, new: proof.new, path: $0) }
    }

    @Test func sizesWithoutAProofAreDecidedByTheirRoots() throws {
        let (one, two) = (TreeHash.leaf([1]), TreeHash.leaf([2]))
        try ConsistencyProof(old: 0, new: 0, path: []).verify(oldRoot: .emptyTree, newRoot: .emptyTree)
        try ConsistencyProof(old: 0, new: 1, path: []).verify(oldRoot: .emptyTree, newRoot: one)
        try ConsistencyProof(old: 1, new: 1, path: []).verify(oldRoot: one, newRoot: one)
        for (old, new, path, first, second) in [
            (0, 0, [], .emptyTree, one), (0, 1, [], one, two), (1, 1, [], one, two), (1, 0, [], one, .emptyTree),
            (2, 1, [], one, one), (1, 2, [], one, two), (0, 1, [one], .emptyTree, one), (1, 1, [one], one, one),
        ] as [(UInt64, UInt64, [TreeHash], TreeHash, TreeHash)] {
            #expect(throws: ProofError.self, "\(old) to \(new)") {
                try ConsistencyProof(old: old, new: new, path: path).verify(oldRoot: first, newRoot: second)
            }
        }
    }
}
