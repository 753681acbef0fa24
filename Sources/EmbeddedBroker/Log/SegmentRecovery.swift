import Logging

/// Opens a partition's directory: closed segments by their index files, the last one by a walk over its batches.
struct SegmentRecovery {
    struct Opened {
        var closed: [Segment]
        var active: Segment
        var producers: ProducerStates
        var deletedBefore: Int64 = 0
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
        for (base, next) in zip(bases, bases.dropFirst()) {
            closed.append(try openClosed(base: base, nextBase: next))
        }
        let active = Segment(baseOffset: bases[bases.count - 1], directory: directory, quota: quota)
        let producers = try openActive(active, previous: closed.last)
        let deleted = try StartOffset.load(from: directory)
        return Opened(
            closed: closed, active: active, producers: producers, deletedBefore: min(deleted, active.nextOffset))
    }

    /// First offsets of the segments in a partition's directory, in order.
    static func bases(in directory: String) throws(StorageError) -> [Int64] {
        try FileTree.names(in: directory).compactMap { name -> Int64? in
            guard name.hasSuffix(".log"), name.utf8.count == 24 else { return nil }
            return Int64(name.dropLast(4))
        }.sorted()
    }

    private func openClosed(base: Int64, nextBase: Int64) throws(StorageError) -> Segment {
        let segment = Segment(baseOffset: base, directory: directory, quota: quota)
        let size = try segment.file().size()
        defer { segment.release() }
        if let (_, summary) = SparseIndex.load(from: segment.indexPath, baseOffset: base), summary.size == size,
            summary.nextOffset == nextBase
        {
            segment.adopt(summary)
            return segment
        }
        let scan = try unsafe segment.file().withMapping(size: size) { bytes in
            unsafe SegmentScan(bytes, baseOffset: base, verifyFrom: 0) { _ in }
        }
        segment.adopt(scan)
        if let damage = scan.damage {
            logger.error(
                "closed segment is damaged; what stands before the damage is served, the file is left as it is",
                metadata: [
                    "file": "\(segment.logPath)", "damage": "\(damage)", "goodBytes": "\(scan.validSize)",
                    "bytes": "\(size)",
                ])
        } else {
            try segment.saveIndex()
            logger.warning("index rebuilt", metadata: ["file": "\(segment.indexPath)"])
        }
        return segment
    }

    private func openActive(_ segment: Segment, previous: Segment?) throws(StorageError) -> ProducerStates {
        var producers = try producersBefore(segment, previous: previous)
        let file = try segment.file()
        let size = try file.size()
        let verifyFrom = sameBoot ? max(0, size - Self.verifiedTail) : 0
        let scan = try unsafe file.withMapping(size: size) { bytes in
            unsafe SegmentScan(bytes, baseOffset: segment.baseOffset, verifyFrom: verifyFrom) { header in
                producers.note(header, baseOffset: header.baseOffset)
            }
        }
        segment.adopt(scan)
        if let damage = scan.damage {
            try file.truncate(to: scan.validSize)
            logger.warning(
                "torn end of the log cut off",
                metadata: [
                    "file": "\(segment.logPath)", "reason": "\(damage)", "kept": "\(scan.validSize)",
                    "removed": "\(size - scan.validSize)", "nextOffset": "\(scan.nextOffset)",
                ])
        }
        return producers
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
