/// Where a partition's log is damaged in front of sound batches. Nothing is cut off there: the partition gives out what stands before
/// it, and stops.
struct LogDamage: Equatable, CustomStringConvertible {
    /// What is wrong.
    enum Kind: Equatable {
        /// Bytes of a file that are no sound batch.
        case bytes(SegmentScan.Damage)
        /// A file of the log is not there, or one is shorter than it was.
        case missing
    }

    var kind: Kind
    /// The damaged file, or the last one before what is missing.
    var path: String
    /// The byte at which the damage begins.
    var position: Int
    /// The first offset that cannot be given out.
    var offset: Int64
    /// The offset of the first sound batch behind the damage.
    var soundOffset: Int64

    var description: String {
        let what =
            switch kind {
            case .bytes(let damage): "\(path), byte \(position): \(damage)"
            case .missing: "offsets \(offset) to \(soundOffset - 1) are missing behind \(path)"
            }
        return
            "\(what), and sound batches from offset \(soundOffset) on stand behind; nothing was cut off, and nothing more is "
            + "written or given out from offset \(offset) on. Stop the broker, and put a copy of the file back, or set "
            + "offsets \(offset) to \(soundOffset - 1) aside with: broker --set-aside-damage --data DIR"
    }
}

extension SegmentScan {
    /// The offset of the first sound batch behind the damage that was found; nil where there is none.
    func soundBatch(in bytes: UnsafeRawBufferPointer) -> Int64? {
        damage == nil ? nil : unsafe Self.soundBatch(in: bytes, behind: validSize, from: nextOffset)?.offset
    }

    /// The first sound batch behind a damaged place; nil where no more stands there, as at a torn end.
    /// - Parameters:
    ///   - position: Where the damage begins.
    ///   - offset: The offset that was to come there; batches below it are older than the log's end and none of its own.
    static func soundBatch(
        in bytes: UnsafeRawBufferPointer, behind position: Int, from offset: Int64
    ) -> (position: Int, offset: Int64)? {
        var place = position + 1
        while place + BatchHeader.size <= bytes.count {
            defer { place += 1 }
            let rest = unsafe UnsafeRawBufferPointer(rebasing: bytes[place...])
            guard unsafe rest[BatchHeader.magicAt] == 2, let header = unsafe BatchHeader(rest), header.isPlausible,
                header.totalSize <= rest.count, header.baseOffset >= offset
            else { continue }
            let batch = unsafe UnsafeRawBufferPointer(rebasing: rest.prefix(header.totalSize))
            if unsafe header.checksumHolds(over: batch) { return (place, header.baseOffset) }
        }
        return nil
    }
}
