/// What is wrong with the tiles of a log, and where.
public enum TileError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The file is not there.
    case missing(Tile)
    /// The file has another length than its hashes or entries need.
    case wrongLength(Tile, bytes: Int)
    /// An entry of the bundle is cut off, or bytes follow the last one.
    case malformedBundle(Tile)
    /// An entry is longer than 65,535 bytes.
    case entryTooLong(Int)
    /// The number of entries or hashes is none that a tile can have.
    case wrongCount(Int)
    /// The hashes of this tile do not lead to the hash that the tile above holds.
    case disagrees(Tile, above: Tile)
    /// Entry number `index` of the log does not have the hash in the tile.
    case entryDisagrees(Tile, index: UInt64)
    /// The tiles lead to another root.
    case wrongRoot(size: UInt64, computed: TreeHash, expected: TreeHash)
    /// The place or size asked for is beyond the log.
    case beyondLog(UInt64, size: UInt64)

    /// What is wrong, for a person.
    public var description: String {
        switch self {
        case .missing(let tile): "\(tile) is missing"
        case .wrongLength(let tile, let bytes): "\(tile) has \(bytes) bytes, which is not its length"
        case .malformedBundle(let tile): "\(tile) does not hold \(tile.width) entries"
        case .entryTooLong(let count): "an entry has \(count) bytes; 65535 is the most a bundle can hold"
        case .wrongCount(let count): "\(count) is no width of a tile"
        case .disagrees(let tile, let above): "\(tile) and \(above) disagree"
        case .entryDisagrees(let tile, let index): "entry \(index) in \(tile) is not the one that was logged"
        case .wrongRoot(let size, let computed, let expected):
            "the tiles of \(size) leaves have root \(computed), not \(expected)"
        case .beyondLog(let place, let size): "\(place) is beyond the \(size) leaves of the log"
        }
    }
}
