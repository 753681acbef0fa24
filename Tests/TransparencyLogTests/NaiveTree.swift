import Crypto

@testable import TransparencyLog

/// The definitions of RFC 6962, section 2.1, written down as they stand, and slow: what the library is compared with.
struct NaiveTree {
    var leaves: [[UInt8]]
    /// Roots once computed, for the definition by itself takes a second for a hundred leaves.
    private var known: [Range<Int>: [UInt8]] = [:]

    init(leaves: [[UInt8]]) {
        self.leaves = leaves
        for size in 0...leaves.count { learn(0..<size) }
    }

    static func numbered(_ count: Int) -> NaiveTree { NaiveTree(leaves: (0..<count).map { entry($0) }) }

    private mutating func learn(_ range: Range<Int>) {
        guard known[range] == nil else { return }
        if range.count > 1 {
            let middle = range.lowerBound + split(range.count)
            learn(range.lowerBound..<middle)
            learn(middle..<range.upperBound)
        }
        known[range] = root(range)
    }

    /// Entries of all small lengths, the empty one among them.
    static func entry(_ number: Int) -> [UInt8] {
        (0..<number % 41).map { UInt8(truncatingIfNeeded: number &* 7 + $0) }
            + (number == 0 ? [] : [UInt8(number & 255)])
    }

    static func hash(_ bytes: [UInt8]) -> [UInt8] { Array(SHA256.hash(data: bytes)) }

    func root(_ range: Range<Int>) -> [UInt8] {
        if let root = known[range] { return root }
        switch range.count {
        case 0: return Self.hash([])
        case 1: return Self.hash([0] + leaves[range.lowerBound])
        default:
            let middle = range.lowerBound + split(range.count)
            return Self.hash([1] + root(range.lowerBound..<middle) + root(middle..<range.upperBound))
        }
    }

    func split(_ count: Int) -> Int {
        var power = 1
        while power * 2 < count { power *= 2 }
        return power
    }

    func path(_ leaf: Int, _ range: Range<Int>) -> [[UInt8]] {
        guard range.count > 1 else { return [] }
        let middle = range.lowerBound + split(range.count)
        return leaf < middle
            ? path(leaf, range.lowerBound..<middle) + [root(middle..<range.upperBound)]
            : path(leaf, middle..<range.upperBound) + [root(range.lowerBound..<middle)]
    }

    func consistency(_ old: Int, _ range: Range<Int>, complete: Bool = true) -> [[UInt8]] {
        if old == range.upperBound { return complete ? [] : [root(range)] }
        let middle = range.lowerBound + split(range.count)
        return old <= middle
            ? consistency(old, range.lowerBound..<middle, complete: complete) + [root(middle..<range.upperBound)]
            : consistency(old, middle..<range.upperBound, complete: false) + [root(range.lowerBound..<middle)]
    }

    var hashes: [TreeHash] { leaves.map { TreeHash.leaf($0) } }
}

extension TreeHash {
    init?(hexadecimal text: String) {
        var bytes: [UInt8] = []
        var rest = text[...]
        while !rest.isEmpty {
            guard let byte = UInt8(rest.prefix(2), radix: 16) else { return nil }
            bytes.append(byte)
            rest = rest.dropFirst(2)
        }
        self.init(bytes: bytes)
    }
}

/// A generator that gives the same numbers in each run (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
        return value ^ value >> 31
    }
}
