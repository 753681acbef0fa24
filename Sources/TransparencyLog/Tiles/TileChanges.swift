extension Tile {
    /// The hash tiles and, with `entries`, the bundles that a tree of `new` leaves has and one of `old` had not.
    ///
    /// For an old size of 0 all tiles of the tree. Lazy, for a log may have hundreds of thousands; a partial tile is
    /// named in the one width that belongs to the new size (tlog-tiles, "Partial Tiles").
    public static func changed(from old: UInt64, to new: UInt64, entries: Bool = false) -> some Sequence<Tile> {
        let contents = (entries ? [Content.entries] : []) + (0..<levels(of: new)).map { Content.hashes(level: $0) }
        return contents.lazy.flatMap { content in
            let before = count(of: content, in: old)
            let after = max(before, count(of: content, in: new))
            let full = UInt64(fullWidth)
            let tiles = before == after ? 0..<0 : before / full..<tiles(for: after)
            return tiles.lazy.map { index in
                Tile(unchecked: content, index: index, width: Int(min(full, after - index * full)))
            }
        }
    }

    /// Levels of tiles of a tree: as many as its size has digits to the base 256.
    static func levels(of size: UInt64) -> Int { (64 - size.leadingZeroBitCount + 7) / 8 }

    /// Hashes or entries at a level of a tree.
    static func count(of content: Content, in size: UInt64) -> UInt64 {
        switch content {
        case .hashes(let level): size >> UInt64(8 * level)
        case .entries: size
        }
    }

    /// Tiles for a number of hashes or entries.
    static func tiles(for count: UInt64) -> UInt64 { count / 256 + (count % 256 > 0 ? 1 : 0) }

    /// The tile that holds a hash of a level in a tree; the hash is in the tree.
    static func holding(_ place: UInt64, of content: Content, in size: UInt64) -> Tile {
        let first = place & ~255
        return Tile(
            unchecked: content, index: place >> 8, width: Int(min(256, count(of: content, in: size) - first)))
    }
}
