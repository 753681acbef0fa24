import ExchangeSchema
import PartyCore

/// What was put into the queue last, by this process: it need not be read again, nor be held against anything. Bounded; what
/// is no longer in it is read from the table and checked.
struct KeptMemory {
    private struct Known {
        let entry: KeptEntry
        let digest: ShortDigest
    }

    /// By position, from ``first``; nil where nothing is remembered.
    private var entries: [Known?] = []
    /// Position of the first place.
    private var first: Int64 = 0
    /// Places at the front in which nothing is, to be given back when they are many.
    private var gap = 0
    private var bytes = 0

    /// Most bytes remembered.
    private static let most = 4 << 20
    /// Most places behind the oldest entry, which may be kept for months while others come and go.
    private static let mostPlaces = 32_768

    private func place(of position: Int64) -> Int? {
        guard position >= first, position - first < Int64(entries.count) else { return nil }
        return Int(position - first)
    }

    subscript(_ position: Int64) -> KeptEntry? { place(of: position).flatMap { entries[$0]?.entry } }

    /// For which record something was kept, and its digest; nil where it is not remembered.
    func digest(at position: Int64) -> (record: RecordIdentifier, digest: ShortDigest)? {
        guard let place = place(of: position), let known = entries[place] else { return nil }
        return (known.entry.record, known.digest)
    }

    /// Remembers an entry of a higher position than all before it.
    mutating func remember(_ entry: KeptEntry, _ digest: ShortDigest) {
        if gap == entries.count {
            entries.removeAll(keepingCapacity: true)
            (first, gap) = (entry.position, 0)
        }
        while first + Int64(entries.count) < entry.position { entries.append(nil) }
        entries.append(Known(entry: entry, digest: digest))
        bytes += entry.bytes.count
        while bytes > Self.most || entries.count - gap > Self.mostPlaces, gap < entries.count - 1 {
            forget(first + Int64(gap))
        }
    }

    mutating func forget(_ position: Int64) {
        guard let place = place(of: position) else { return }
        if let gone = entries[place] { bytes -= gone.entry.bytes.count }
        entries[place] = nil
        while gap < entries.count, entries[gap] == nil { gap += 1 }
        if gap > 1_024, gap > entries.count / 2 {
            entries.removeFirst(gap)
            first += Int64(gap)
            gap = 0
        }
    }
}
