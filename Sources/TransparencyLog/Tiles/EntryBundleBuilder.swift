/// Appends entries to the bundles of a log, keeping one bundle in memory.
public struct EntryBundleBuilder: Sendable, Equatable {
    /// Entries appended so far.
    public private(set) var size: UInt64 = 0
    private var bundle: [UInt8] = []
    private var flushed: UInt64 = 0

    /// Begins a log.
    public init() {}

    /// Goes on with a log of this size, of which it reads the bundle at the right edge.
    public init(resuming size: UInt64, from reader: some TileReader) throws {
        self.size = size
        flushed = size
        guard size % 256 > 0 else { return }
        let tile = Tile.holding(size - 1, of: .entries, in: size)
        let (bytes, found) = try reader.content(of: tile)
        let places = try EntryBundle.places(in: bytes, of: found)
        bundle = Array(bytes[..<places[tile.width - 1].upperBound])
    }

    /// Appends one entry.
    public mutating func append(_ entry: RawSpan, to writer: inout some TileWriter) throws {
        try EntryBundle.append(entry, to: &bundle)
        size += 1
        guard size % 256 == 0 else { return }
        try writer.write(bundle, to: Tile(unchecked: .entries, index: size / 256 - 1, width: Tile.fullWidth))
        bundle.removeAll(keepingCapacity: true)
        flushed = size
    }

    /// Appends entries that lie one after another and are all `width` bytes long.
    public mutating func append(entries: RawSpan, width: Int, to writer: inout some TileWriter) throws {
        guard width > 0 else { return }
        for entry in 0..<entries.byteCount / width {
            try append(entries.extracting(entry * width..<(entry + 1) * width), to: &writer)
        }
    }

    /// Writes the partial bundle, when it has grown since the last time.
    public mutating func flush(to writer: inout some TileWriter) throws {
        guard size > flushed, size % 256 > 0 else { return }
        try writer.write(bundle, to: .holding(size - 1, of: .entries, in: size))
        flushed = size
    }
}
