/// A keyed bijection of 0..<count onto itself, computed both ways without a table.
///
/// A Feistel network over a grid of about √count rows and columns with sums in place of exclusive-ors; a result beyond
/// `count` (the grid has at most one row too many) is fed in again until it falls inside.
struct Permutation {
    let count: UInt64
    private let rows: UInt64
    private let columns: UInt64
    private let key: UInt64

    /// The bijection of this key. A count of 0 is taken as 1.
    init(count: UInt64, key: UInt64) {
        self.count = max(count, 1)
        var root: UInt64 = 1
        while root * root < self.count { root = root < 16 ? root + 1 : Self.better(root, self.count) }
        rows = root
        columns = (self.count + root - 1) / root
        self.key = key
    }

    /// The bijection of 0..<side² of this key, made without a search for the root.
    @inline(__always)
    init(side: UInt64, key: UInt64) {
        count = side * side
        rows = side
        columns = side
        self.key = key
    }

    /// Where `index` goes. An index beyond the count comes back unchanged.
    func image(of index: UInt64) -> UInt64 {
        guard index < count else { return index }
        var value = index
        repeat { value = forward(value) } while value >= count
        return value
    }

    /// What goes to `index`. An index beyond the count comes back unchanged.
    func preimage(of index: UInt64) -> UInt64 {
        guard index < count else { return index }
        var value = index
        repeat { value = backward(value) } while value >= count
        return value
    }

    private static let rounds: UInt64 = 3

    private func forward(_ value: UInt64) -> UInt64 {
        var (row, column) = value.quotientAndRemainder(dividingBy: columns)
        for round in 0..<Self.rounds {
            row += noise(column, round * 2, below: rows)
            if row >= rows { row -= rows }
            column += noise(row, round * 2 + 1, below: columns)
            if column >= columns { column -= columns }
        }
        return row * columns + column
    }

    private func backward(_ value: UInt64) -> UInt64 {
        var (row, column) = value.quotientAndRemainder(dividingBy: columns)
        for step in 0..<Self.rounds {
            let round = Self.rounds - 1 - step
            column += columns - noise(row, round * 2 + 1, below: columns)
            if column >= columns { column -= columns }
            row += rows - noise(column, round * 2, below: rows)
            if row >= rows { row -= rows }
        }
        return row * columns + column
    }

    @inline(__always)
    private func noise(_ half: UInt64, _ round: UInt64, below limit: UInt64) -> UInt64 {
        let word = Draws.mix(key &+ round &* 0x9E37_79B9_7F4A_7C15 ^ half &* 0xD134_2543_DE82_EF95)
        return limit.multipliedFullWidth(by: word).high
    }

    /// The next guess for a root that is too small: doubling while far away, single steps when near.
    private static func better(_ root: UInt64, _ count: UInt64) -> UInt64 {
        let doubled = root * 2
        return doubled * doubled <= count ? doubled : max(root + 1, min((root + count / root) / 2, doubled))
    }
}
