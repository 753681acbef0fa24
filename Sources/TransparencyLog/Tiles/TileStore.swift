/// Where tiles are read from: a directory, a database, an archive.
public protocol TileReader {
    /// The bytes of a file of the log; nil when there is none.
    func read(_ tile: Tile) throws -> [UInt8]?
}

/// Where tiles are written to.
///
/// Tiles never change: a second write of a path brings the same bytes.
public protocol TileWriter {
    /// Stores the bytes of a file of the log.
    mutating func write(_ bytes: [UInt8], to tile: Tile) throws
}

/// Tiles in memory, for simulations and small logs.
public struct MemoryTiles: TileReader, TileWriter, Sendable, Equatable {
    /// Bytes by tile.
    public var tiles: [Tile: [UInt8]] = [:]

    /// Begins empty.
    public init() {}

    /// The bytes of a tile.
    public func read(_ tile: Tile) -> [UInt8]? { tiles[tile] }

    /// Stores a tile.
    public mutating func write(_ bytes: [UInt8], to tile: Tile) { tiles[tile] = bytes }
}

extension TileReader {
    /// Reads a tile, or as much as is asked of the full one: a log may drop partial tiles once the full one is there
    /// (tlog-tiles, "Partial Tiles").
    func content(of tile: Tile) throws -> (bytes: [UInt8], tile: Tile) {
        if let bytes = try read(tile) { return (bytes, tile) }
        if tile.isPartial, let bytes = try read(tile.full) { return (bytes, tile.full) }
        throw TileError.missing(tile)
    }

    /// The hashes of a tile, as many as it names.
    func hashes(of tile: Tile) throws -> [TreeHash] {
        let (bytes, found) = try content(of: tile)
        return Array(try HashTile.decode(bytes, of: found).prefix(tile.width))
    }
}
