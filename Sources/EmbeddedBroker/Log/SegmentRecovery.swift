import Logging

/// Opens a partition's directory: closed segments by their index files, the last one by a walk over its batches.
struct SegmentRecovery {
    struct Opened {
        var closed: [Segment]
        var active: Segment
        var producers: ProducerStates
        var deletedBefore: Int64 = 0
        /// The first place at which the log is damaged in front of sound batches.
        var damage: LogDamage?
    }

    /// After a kill the kernel still holds all that was written, so a torn batch shows by its length and checksums
    /// are recomputed only for this much of the end. After a crash of the machine everything is recomputed.
    static let verifiedTail = 4 * 1_024 * 1_024

    let directory: String
    /// The machine has not been restarted since the last broker here wrote.
    let sameBoot: Bool
    let quota: DiskQuota?
    let logger: Logger

    func open() throws(StorageError) -> Opened {
        try FileTree.makeDirectory(directory)
        var bases = try Self.bases(in: directory)
        if bases.isEmpty { bases = [0] }
        var closed: [Segment] = []
        var damage: LogDamage?
        for (base, next) in zip(bases, bases.dropFirst()) {
            let (segment, found) = try openClosed(base: base, nextBase: next)
            closed.append(segment)
            if damage == nil { damage = found }
        }
        let active = Segment(baseOffset: bases[bases.count - 1], directory: directory, quota: quota)
        let (producers, found) = try openActive(active, previous: closed.last)
        if damage == nil { damage = found }
        if let damage {
            logger.error(
                "a partition's log is damaged, and the partition stops there", metadata: ["damage": "\(damage)"])
        }
        let deleted = try StartOffset.load(from: directory)
        return Opened(
            closed: closed, active: active, producers: producers, deletedBefore: min(deleted, active.nextOffset),
            damage: damage)
    }

    /// Where damaged bytes are kept that were set aside; that the file is there says that offsets below its own may be missing.
    static func setAsidePath(_ directory: String, before offset: Int64) -> String {
        directory + "/" + Segment.name(of: offset) + ".set-aside"
    }

    /// First offsets of the segments in a partition's directory, in order.
    static func bases(in directory: String) throws(StorageError) -> [Int64] {
        try FileTree.names(in: directory).compactMap { name -> Int64? in
            guard name.hasSuffix(".log"), name.utf8.count == 24 else { return nil }
            return Int64(name.dropLast(4))
        }.sorted()
    }

    private func openClosed(base: Int64, nextBase: Int64) throws(StorageError) -> (Segment, LogDamage?) {
        let segment = Segment(baseOffset: base, directory: directory, quota: quota)
        let size = try segment.file().size()
        defer { segment.release() }
        if let (_, summary) = SparseIndex.load(from: segment.indexPath, baseOffset: base), summary.size == size,
            isFollowed(summary.nextOffset, by: nextBase)
        {
            segment.adopt(summary)
            return (segment, nil)
        }
        let (scan, sound) = try unsafe segment.file().withMapping(size: size) { bytes in
            let scan = unsafe SegmentScan(bytes, baseOffset: base, verifyFrom: 0) { _ in }
            return (scan, unsafe scan.soundBatch(in: bytes))
        }
        segment.adopt(scan)
        // A closed segment has no torn end: what follows it is the next one.
        if let damage = scan.damage {
            return (segment, place(of: .bytes(damage), in: segment, before: sound ?? nextBase))
        }
        guard isFollowed(scan.nextOffset, by: nextBase) else {
            return (segment, place(of: .missing, in: segment, before: nextBase))
        }
        try segment.saveIndex()
        logger.warning("index rebuilt", metadata: ["file": "\(segment.indexPath)"])
        return (segment, nil)
    }

    /// Whether nothing is missing between two segments but what was set aside.
    private func isFollowed(_ end: Int64, by nextBase: Int64) -> Bool {
        end == nextBase || end < nextBase && FileTree.exists(Self.setAsidePath(directory, before: nextBase))
    }

    private func place(of kind: LogDamage.Kind, in segment: Segment, before sound: Int64) -> LogDamage {
        LogDamage(
            kind: kind, path: segment.logPath, position: segment.size, offset: segment.nextOffset, soundOffset: sound)
    }

    private func openActive(
        _ segment: Segment, previous: Segment?
    ) throws(StorageError) -> (ProducerStates, LogDamage?) {
        var producers = try producersBefore(segment, previous: previous)
        let file = try segment.file()
        let size = try file.size()
        let verifyFrom = sameBoot ? max(0, size - Self.verifiedTail) : 0
        let (scan, sound) = try unsafe file.withMapping(size: size) { bytes in
            let scan = unsafe SegmentScan(bytes, baseOffset: segment.baseOffset, verifyFrom: verifyFrom) { header in
                producers.note(header, baseOffset: header.baseOffset)
            }
            return (scan, unsafe scan.soundBatch(in: bytes))
        }
        segment.adopt(scan)
        if let damage = scan.damage {
            // A write that was cut short has nothing behind it.
            if let sound { return (producers, place(of: .bytes(damage), in: segment, before: sound)) }
            try file.truncate(to: scan.validSize)
            logger.warning(
                "torn end of the log cut off",
                metadata: [
                    "file": "\(segment.logPath)", "reason": "\(damage)", "kept": "\(scan.validSize)",
                    "removed": "\(size - scan.validSize)", "nextOffset": "\(scan.nextOffset)",
                ])
        }
        return (producers, nil)
    }

    /// The states at the beginning of the last segment: from the snapshot, or else from the segment before it.
    private func producersBefore(_ segment: Segment, previous: Segment?) throws(StorageError) -> ProducerStates {
        if let states = ProducerSnapshot.load(from: segment.producersPath) { return states }
        guard let previous else { return ProducerStates() }
        var states = ProducerSnapshot.load(from: previous.producersPath) ?? ProducerStates()
        let size = previous.size
        _ = try unsafe previous.file().withMapping(size: size) { bytes in
            unsafe SegmentScan(bytes, baseOffset: previous.baseOffset, verifyFrom: size) { header in
                states.note(header, baseOffset: header.baseOffset)
            }
        }
        previous.release()
        logger.warning("producer states rebuilt", metadata: ["file": "\(segment.producersPath)"])
        return states
    }
}
