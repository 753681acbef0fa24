/// Takes damaged bytes out of a partition's log, so that what stands behind them is given out again: each stretch goes into a
/// file of its own, `OFFSET.set-aside`, named by the offset behind it, and what is sound stays where it is by its offsets.
///
/// Done again after a crash it ends where it would have: the file with the sound rest is in place before the damaged one is cut.
struct DamageSetAside {
    let directory: String

    /// - Returns: What was set aside, a line each; empty where nothing is damaged.
    func run() throws(StorageError) -> [String] {
        var said: [String] = []
        var place = 0
        while true {
            let bases = try SegmentRecovery.bases(in: directory)
            guard place < bases.count else { return said }
            let next = place + 1 < bases.count ? bases[place + 1] : nil
            if let line = try setAside(base: bases[place], next: next) { said.append(line) }
            place += 1
        }
    }

    private func setAside(base: Int64, next: Int64?) throws(StorageError) -> String? {
        let segment = Segment(baseOffset: base, directory: directory, quota: nil)
        let file = try segment.file()
        let size = try file.size()
        let found = try unsafe file.withMapping(size: size) { bytes in
            Result { () throws(StorageError) in try unsafe split(bytes, segment, next: next) }
        }
        guard let split = try found.get() else { return nil }
        try FileTree.synchronizeDirectory(directory)
        try file.truncate(to: split.position)
        try file.synchronize()
        try FileTree.remove(segment.indexPath)
        let place = "\(segment.logPath): offsets \(split.offset) to \(split.soundOffset - 1)"
        if split.position == size { return "\(place), which are missing behind it, are passed over from now on" }
        return "\(place) are set aside in \(SegmentRecovery.setAsidePath(directory, before: split.soundOffset))"
    }

    /// Writes what follows the damage into files of its own.
    private func split(
        _ bytes: UnsafeRawBufferPointer, _ segment: Segment, next: Int64?
    ) throws(StorageError) -> (position: Int, offset: Int64, soundOffset: Int64)? {
        let scan = unsafe SegmentScan(bytes, baseOffset: segment.baseOffset, verifyFrom: 0) { _ in }
        let end = scan.validSize
        if scan.damage != nil,
            let sound = unsafe SegmentScan.soundBatch(in: bytes, behind: end, from: scan.nextOffset)
        {
            let rest = Segment(baseOffset: sound.offset, directory: directory, quota: nil)
            try unsafe FileTree.replace(
                SegmentRecovery.setAsidePath(directory, before: sound.offset),
                with: UnsafeRawBufferPointer(rebasing: bytes[end..<sound.position]))
            try unsafe FileTree.replace(
                rest.logPath, with: UnsafeRawBufferPointer(rebasing: bytes[sound.position...]))
            return (end, scan.nextOffset, sound.offset)
        }
        guard let next, next > scan.nextOffset,
            scan.damage != nil || !FileTree.exists(SegmentRecovery.setAsidePath(directory, before: next))
        else { return nil }
        try unsafe FileTree.replace(
            SegmentRecovery.setAsidePath(directory, before: next),
            with: UnsafeRawBufferPointer(rebasing: bytes[end...]))
        return (end, scan.nextOffset, next)
    }
}
