public import TransparencyLog

/// The RFC 6962 tree over a party's journal: its right edge, its tiles, and how it grew since the checkpoint that was
/// published last.
public struct JournalTree: Sendable {
    /// Bytes of a stored leaf.
    public static let leafWidth = 112
    private var growth: TreeExtension
    /// The tiles above the lowest level.
    public var tiles: JournalTiles

    /// The tree of an empty journal.
    public init() { self.init(growth: TreeExtension(wholeTree: TreeFrontier()), tiles: JournalTiles()) }

    /// Goes on with what was stored.
    public init(growth: TreeExtension, tiles: JournalTiles) {
        self.growth = growth
        self.tiles = tiles
    }

    /// Leaves so far, and the roots of the perfect subtrees.
    public var frontier: TreeFrontier { growth.tree }

    /// Appends stored leaves that lie end to end.
    public mutating func append(_ leaves: [UInt8]) {
        growth.append(Self.hashes(of: leaves)) { tiles.push($1, level: $0) }
    }

    /// The leaf hashes of stored leaves that lie end to end.
    public static func hashes(of leaves: [UInt8]) -> [TreeHash] {
        var hashes: [TreeHash] = []
        TreeHash.appendLeaves(leaves.span.bytes, width: leafWidth, to: &hashes)
        return hashes
    }

    /// The proof that the tree continues the one published last.
    public var proof: ConsistencyProof { growth.proof }

    /// The tree as it is now is published.
    mutating func rebase() { growth.rebase() }
}
