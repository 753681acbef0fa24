/// A perfect subtree: the 2^`height` leaves from `index` * 2^`height` on.
struct PerfectSubtree: Hashable {
    var height: Int
    var index: UInt64
}

/// Which parts of a tree its proofs are made of (RFC 6962, sections 2.1.1 and 2.1.2).
enum TreeShape {
    /// The greatest power of two below `count`, which is at least 2.
    static func split(_ count: UInt64) -> UInt64 { 1 << (63 - (count - 1).leadingZeroBitCount) }

    /// The ranges of leaves whose hashes prove leaf `index` in a tree of `size`, from the leaf up.
    static func inclusion(of index: UInt64, in size: UInt64) -> [Range<UInt64>] {
        var ranges: [Range<UInt64>] = []
        var (low, high): (UInt64, UInt64) = (0, size)
        while high - low > 1 {
            let middle = low + split(high - low)
            if index < middle {
                ranges.append(middle..<high)
                high = middle
            } else {
                ranges.append(low..<middle)
                low = middle
            }
        }
        return ranges.reversed()
    }

    /// The ranges of leaves whose hashes prove that the tree of `new` continues the tree of `old`.
    ///
    /// Empty for an old size of 0 and for equal sizes.
    static func consistency(from old: UInt64, to new: UInt64) -> [Range<UInt64>] {
        guard old > 0, old < new else { return [] }
        var ranges: [Range<UInt64>] = []
        var (low, high): (UInt64, UInt64) = (0, new)
        while high != old {
            let middle = low + split(high - low)
            if old <= middle {
                ranges.append(middle..<high)
                high = middle
            } else {
                ranges.append(low..<middle)
                low = middle
            }
        }
        // With nothing passed on the left the rest is the old tree itself, whose root the verifier has.
        if low > 0 { ranges.append(low..<high) }
        return ranges.reversed()
    }

    /// The perfect subtrees that make up the leaves of a range, left to right.
    ///
    /// The range begins where a subtree of its length may begin, as all ranges of proofs do.
    static func perfect(_ range: Range<UInt64>) -> [PerfectSubtree] {
        var subtrees: [PerfectSubtree] = []
        var (low, rest) = (range.lowerBound, range.upperBound - range.lowerBound)
        while rest > 0 {
            let height = 63 - rest.leadingZeroBitCount
            subtrees.append(PerfectSubtree(height: height, index: low >> UInt64(height)))
            low += 1 << UInt64(height)
            rest -= 1 << UInt64(height)
        }
        return subtrees
    }
}

extension TreeHash {
    /// The root over perfect subtrees that decrease from left to right; the empty tree's for none.
    static func root(over hashes: some BidirectionalCollection<TreeHash>) -> TreeHash {
        guard var root = hashes.last else { return emptyTree }
        for hash in hashes.dropLast().reversed() { root = node(hash, root) }
        return root
    }
}
