import ExchangeSchema
import PartyCore
import PartyStore

/// The chains of a journal: of each leaf the first leaf of its chain, and whether another comes after it. Eight bytes a leaf.
struct ChainMap {
    /// Of each leaf the place of its chain's first leaf plus one; 0 for a leaf of no chain.
    private(set) var roots: [UInt32] = []
    private var hasNext: [Bool] = []

    /// Goes over a journal whose numbers run without a gap.
    /// - Throws: What reading throws.
    init(_ store: StoreInspection, party: String, _ findings: inout FindingList) throws {
        let count = Int(clamping: min(store.progress.nextSequence, Int64(UInt32.max) - 1))
        roots.reserveCapacity(count)
        hasNext.reserveCapacity(count)
        unsafe try store.forEachJournalRow { _, _, bytes in
            for leaf in unsafe StoredLeaves(bytes) { take(leaf, party, &findings) }
        }
    }

    private mutating func take(_ leaf: StoredLeaf, _ party: String, _ findings: inout FindingList) {
        let number = roots.count
        var root: UInt32 = 0
        switch leaf.previous {
        case .none: break
        case .first: root = UInt32(truncatingIfNeeded: number + 1)
        case .leaf(let before):
            let place = Int(clamping: before)
            if place < number, roots[place] > 0, !hasNext[place] {
                root = roots[place]
                hasNext[place] = true
            } else {
                let fault =
                    place >= number
                    ? "which does not come before it"
                    : roots[place] == 0 ? "which is of no chain" : "after which another leaf comes already"
                findings.add(
                    .chain, party, leaf: Int64(number), message: leaf.leaf?.message.description,
                    "it says that leaf \(before) is the one before it about the same record, \(fault)")
            }
        }
        roots.append(root)
        hasNext.append(false)
    }

    var count: Int { roots.count }

    /// The chain of a leaf; nil for none.
    func chain(of leaf: Int64) -> Int? {
        guard leaf >= 0, leaf < Int64(roots.count), roots[Int(leaf)] > 0 else { return nil }
        return Int(roots[Int(leaf)]) - 1
    }

    /// Whether a leaf is the last of its chain.
    func isLast(_ leaf: Int64) -> Bool { !hasNext[Int(leaf)] }
}
