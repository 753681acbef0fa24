import Testing

@testable import TransparencyLog

@Suite struct TreeExtensionTests {
    let tree = NaiveTree.numbered(70)

    private func frontier(_ size: Int) -> TreeFrontier {
        var frontier = TreeFrontier()
        frontier.append(contentsOf: tree.hashes[..<size])
        return frontier
    }

    /// Every pair of sizes, appended one by one and all at once: the proof of the definition.
    @Test func theProofIsThatOfTheDefinition() throws {
        for old in 0...70 {
            for step in [1, 3, 70] {
                var grown = TreeExtension(base: frontier(old))
                var size = old
                while size < 70 {
                    let next = min(size + step, 70)
                    grown.append(Array(tree.hashes[size..<next]))
                    size = next
                    #expect(grown.tree == frontier(size))
                    let wanted = old == 0 ? [] : tree.consistency(old, 0..<size)
                    #expect(grown.proof.path.map(\.bytes) == wanted, "\(old) to \(size)")
                    try grown.proof.verify(oldRoot: frontier(old).root, newRoot: frontier(size).root)
                }
            }
        }
    }

    @Test func whatFollowsIsProvenFromTheNewBase() throws {
        var grown = TreeExtension(wholeTree: frontier(13))
        #expect(grown.proof == ConsistencyProof(old: 0, new: 13, path: []))
        for size in [14, 14, 29, 32, 70] {
            let old = Int(grown.tree.size)
            grown.rebase()
            grown.append(Array(tree.hashes[old..<size]))
            #expect(grown.proof.old == UInt64(old))
            try grown.proof.verify(oldRoot: frontier(old).root, newRoot: frontier(size).root)
        }
    }
}
