/// The bytes of a bundle of entries: each after its length in two bytes, big-endian (tlog-tiles, "Log entries").
public enum EntryBundle {
    /// Longest entry, in bytes.
    public static let longestEntry = 65_535

    /// Appends one entry.
    public static func append(_ entry: RawSpan, to bytes: inout [UInt8]) throws(TileError) {
        guard let length = UInt16(exactly: entry.byteCount) else { throw .entryTooLong(entry.byteCount) }
        unsafe withUnsafeBytes(of: length.bigEndian) { unsafe bytes.append(contentsOf: $0) }
        unsafe entry.withUnsafeBytes { unsafe bytes.append(contentsOf: $0) }
    }

    /// The bytes of 1 to 256 entries.
    public static func encode(_ entries: [[UInt8]]) throws(TileError) -> [UInt8] {
        guard (1...Tile.fullWidth).contains(entries.count) else { throw .wrongCount(entries.count) }
        var bytes: [UInt8] = []
        for entry in entries { unsafe try append(entry.span.bytes, to: &bytes) }
        return bytes
    }

    /// Where the entries of a bundle are in its bytes; there must be as many as its width, and nothing after them.
    public static func places(in bytes: [UInt8], of tile: Tile) throws(TileError) -> [Range<Int>] {
        var places: [Range<Int>] = []
        places.reserveCapacity(tile.width)
        var start = 0
        while places.count < tile.width {
            guard bytes.count - start >= 2 else { throw .malformedBundle(tile) }
            let length = Int(bytes[start]) << 8 | Int(bytes[start + 1])
            guard bytes.count - start - 2 >= length else { throw .malformedBundle(tile) }
            places.append(start + 2..<start + 2 + length)
            start += 2 + length
        }
        guard start == bytes.count else { throw .malformedBundle(tile) }
        return places
    }

    /// The entries of a bundle.
    public static func decode(_ bytes: [UInt8], of tile: Tile) throws(TileError) -> [[UInt8]] {
        try places(in: bytes, of: tile).map { Array(bytes[$0]) }
    }

    /// The leaf hashes of the entries of a bundle.
    public static func leafHashes(of bytes: [UInt8], of tile: Tile) throws(TileError) -> [TreeHash] {
        let places = try places(in: bytes, of: tile)
        let span = unsafe bytes.span.bytes
        return places.map { TreeHash.leaf(span.extracting($0)) }
    }
}
