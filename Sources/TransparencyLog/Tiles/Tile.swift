/// Which part of a log a file holds: a tile of hashes or a bundle of entries (tlog-tiles, "Merkle Tree"
/// and "Log entries").
public struct Tile: Hashable, Sendable {
    /// What the file holds.
    public enum Content: Hashable, Sendable {
        /// Hashes of subtrees of 256^level leaves; level 0 holds the leaves' own.
        case hashes(level: Int)
        /// The entries themselves.
        case entries
    }

    /// Hashes or entries of a full tile.
    public static let fullWidth = 256

    /// What the file holds.
    public let content: Content
    /// Place among the tiles of its level, from 0.
    public let index: UInt64
    /// Hashes or entries in it: 256, or fewer at the right edge.
    public let width: Int

    /// Nil for a level outside 0...63 or a width outside 1...256.
    public init?(_ content: Content, index: UInt64, width: Int = Self.fullWidth) {
        if case .hashes(let level) = content, !(0...63).contains(level) { return nil }
        guard (1...Self.fullWidth).contains(width) else { return nil }
        self.init(unchecked: content, index: index, width: width)
    }

    init(unchecked content: Content, index: UInt64, width: Int) {
        self.content = content
        self.index = index
        self.width = width
    }

    /// Whether it is at the right edge of the tree.
    public var isPartial: Bool { width < Self.fullWidth }

    /// The full tile at this place, which takes the place of the partial one later.
    public var full: Tile { Tile(unchecked: content, index: index, width: Self.fullWidth) }
}

extension Tile: CustomStringConvertible {
    /// The path.
    public var description: String { path }
}
