/// The bytes of a tile of hashes: one after another, 32 bytes each (tlog-tiles, "Merkle Tree").
public enum HashTile {
    /// The bytes of 1 to 256 hashes.
    public static func encode(_ hashes: some Sequence<TreeHash>) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(Tile.fullWidth * TreeHash.width)
        for hash in hashes { unsafe withUnsafeBytes(of: hash.words) { unsafe bytes.append(contentsOf: $0) } }
        return bytes
    }

    /// The hashes of a tile, of which there must be as many as its width.
    public static func decode(_ bytes: [UInt8], of tile: Tile) throws(TileError) -> [TreeHash] {
        guard bytes.count == tile.width * TreeHash.width else { throw .wrongLength(tile, bytes: bytes.count) }
        return unsafe bytes.withUnsafeBytes { bytes in
            (0..<tile.width).map { place in
                unsafe TreeHash(
                    words: bytes.loadUnaligned(
                        fromByteOffset: place * TreeHash.width, as: (UInt64, UInt64, UInt64, UInt64).self))
            }
        }
    }
}
