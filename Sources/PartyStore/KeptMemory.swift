import ExchangeSchema
import PartyCore

/// What was put into the queue last, by this process: it need not be read again, nor be held against anything. Bounded; what
/// is no longer in it is read from the table and checked.
struct KeptMemory {
    private var entries: [Int64: (entry: KeptEntry, digest: ShortDigest)] = [:]
    /// No entry is of a lower position.
    private var oldest: Int64 = 0
    private var newest: Int64 = 0
    private var bytes = 0

    /// Most bytes remembered.
    private static let most = 16 << 20

    subscript(_ position: Int64) -> (entry: KeptEntry, digest: ShortDigest)? { entries[position] }

    mutating func remember(_ entry: KeptEntry, _ digest: ShortDigest) {
        if entries.isEmpty { oldest = entry.position }
        newest = entry.position
        entries[entry.position] = (entry, digest)
        bytes += entry.bytes.count
        while bytes > Self.most, oldest < newest {
            forget(oldest)
            oldest += 1
        }
    }

    mutating func forget(_ position: Int64) {
        if let gone = entries.removeValue(forKey: position) { bytes -= gone.entry.bytes.count }
    }
}
