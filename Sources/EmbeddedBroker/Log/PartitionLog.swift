import Logging
import NIOCore

/// The log of one partition: its segments, its ends and what it remembers of its producers.
///
/// Not thread-safe: everything of it happens on the broker's event loop.
final class PartitionLog {
    /// Where reading begins.
    struct Place {
        var segment: Segment
        var position: Int
    }

    let topic: String
    let partition: Int32
    let directory: String
    /// A segment closes before it grows beyond this.
    var segmentBytes: Int
    let quota: DiskQuota?
    let logger: Logger
    /// Set by DeleteRecords: what stands below is not given out, though its segment may still hold it.
    private(set) var deletedBefore: Int64

    /// In order; the last one is written, and there always is one.
    var segments: [Segment]
    var active: Segment
    var producers: ProducerStates
    /// Everything below may be read by consumers. Behind ``endOffset`` only where acknowledging awaits a sync.
    private(set) var highWatermark: Int64
    /// Set when a file is in a state we cannot vouch for; nothing is written any more until a restart recovers it.
    private(set) var isReadOnly = false
    /// Where the log stops, because it is damaged in front of sound batches. Nothing is written then.
    let damage: LogDamage?
    /// Fetches that wait for data here.
    var waiting: [WaitingFetch] = []
    var places = RecentPlaces()

    init(
        topic: String, partition: Int32, directory: String, segmentBytes: Int, opened: SegmentRecovery.Opened,
        quota: DiskQuota?, logger: Logger
    ) {
        self.topic = topic
        self.partition = partition
        self.directory = directory
        self.segmentBytes = segmentBytes
        self.quota = quota
        self.logger = logger
        segments = opened.closed + [opened.active]
        active = opened.active
        producers = opened.producers
        deletedBefore = opened.deletedBefore
        highWatermark = opened.active.nextOffset
        damage = opened.damage
        isReadOnly = damage != nil
    }

    var name: String { "\(topic)-\(partition)" }
    /// The offset the next record gets.
    var endOffset: Int64 { active.nextOffset }
    /// The oldest offset still kept.
    var startOffset: Int64 { max(deletedBefore, segments.first?.baseOffset ?? active.baseOffset) }
    var size: Int { segments.reduce(0) { $0 + $1.size } }

    // MARK: Writing

    /// Writes a batch, already checked, with the next offset as its base, and returns that offset.
    ///
    /// Only the 16 bytes of the header that belong to the broker are made anew; the rest goes to the file as it came.
    func append(_ batch: ByteBuffer, header: BatchHeader) throws(StorageError) -> Int64 {
        guard !isReadOnly else {
            throw StorageError("write, until the broker is restarted, after an earlier failure,", active.logPath)
        }
        if !active.isEmpty && active.size + batch.readableBytes > segmentBytes { try roll() }
        let baseOffset = endOffset
        let outcome = unsafe withUnsafeTemporaryAllocation(byteCount: BatchHeader.ownedSize, alignment: 8) { head in
            unsafe head.storeBytes(of: baseOffset.bigEndian, as: Int64.self)
            unsafe head.storeBytes(of: header.batchLength.bigEndian, toByteOffset: 8, as: Int32.self)
            unsafe head.storeBytes(of: 0, toByteOffset: 12, as: Int32.self)
            return unsafe batch.withUnsafeReadableBytes { bytes in
                Result { () throws(StorageError) in
                    try unsafe active.append(
                        head: UnsafeRawBufferPointer(head),
                        body: UnsafeRawBufferPointer(rebasing: bytes.dropFirst(BatchHeader.ownedSize)),
                        header: header, baseOffset: baseOffset)
                }
            }
        }
        if case .failure(let error) = outcome {
            if error.operation == "truncate" { freeze() }
            throw error
        }
        producers.note(header, baseOffset: baseOffset)
        return baseOffset
    }

    /// Lets consumers read up to `offset` and wakes those that wait.
    func publish(upTo offset: Int64, bytes: Int) {
        guard offset > highWatermark else { return }
        highWatermark = offset
        for fetch in waiting { fetch.arrived(bytes: bytes) }
    }

    func freeze() { isReadOnly = true }

    /// Closes the active segment and begins the next.
    func roll() throws(StorageError) {
        let next = Segment(baseOffset: active.nextOffset, directory: directory, quota: quota)
        try active.saveIndex()
        try ProducerSnapshot.save(producers, to: next.producersPath, quota: quota)
        _ = try next.file()
        active.release()
        segments.append(next)
        active = next
    }

    /// Lets go of everything below `offset`, which is at most the high watermark: noted first, then segments that
    /// hold nothing else are deleted.
    func deleteRecords(before offset: Int64) throws(StorageError) {
        guard offset > startOffset else { return }
        try StartOffset.save(offset, in: directory, quota: quota)
        deletedBefore = offset
        if offset == endOffset && !active.isEmpty && !isReadOnly { try roll() }
        while let oldest = segments.first, oldest !== active, oldest.nextOffset <= offset {
            try oldest.delete()
            places.forget(oldest)
            segments.removeFirst()
        }
    }

    // MARK: Reading

    /// Whether nothing can be given out at an offset, because the log is damaged there or before.
    func isDamaged(at offset: Int64) -> Bool { damage.map { offset >= $0.offset } ?? false }

    /// Where `offset` is; `nil` at the end of the log, outside it, and where the log is damaged.
    func place(of offset: Int64) throws(StorageError) -> Place? {
        guard offset >= startOffset, offset < highWatermark, !isDamaged(at: offset) else { return nil }
        if let known = places.place(of: offset), known.position < known.segment.size { return known }
        let index = segments.partitioningIndex { $0.baseOffset > offset } - 1
        guard index >= 0 else { return nil }
        // Offsets may jump between segments only where damage was set aside; then reading goes on behind it.
        for segment in segments[index...] where !segment.isEmpty && segment.nextOffset > offset {
            let place = Place(segment: segment, position: try segment.position(ofOffset: offset))
            use(segment)
            return place
        }
        return nil
    }

    /// The bytes that a read from `place` could give, this segment and later ones together.
    func bytesAvailable(from place: Place) -> Int {
        if place.segment === active { return active.size - place.position }
        return place.segment.size - place.position + active.size
    }

    /// Appends whole batches from `place` on to `buffer`, at most `maximumBytes`, and returns how many bytes.
    ///
    /// - Parameter atLeastOne: a first batch larger than `maximumBytes` is given all the same, so that a consumer
    ///   never stands still (KIP-74).
    func read(
        from place: Place, maximumBytes: Int, atLeastOne: Bool, into buffer: inout ByteBuffer
    ) throws(StorageError) -> Int {
        use(place.segment)
        let file = try place.segment.file()
        let available = place.segment.size - place.position
        let start = buffer.writerIndex
        try file.append(min(available, max(maximumBytes, BatchHeader.size)), at: place.position, to: &buffer)
        var whole = WholeBatches(in: buffer, from: start, below: highWatermark)
        if whole.bytes == 0, atLeastOne, let first = whole.firstSize, first <= available {
            let have = buffer.writerIndex - start
            if first > have { try file.append(first - have, at: place.position + have, to: &buffer) }
            whole = WholeBatches(in: buffer, from: start, below: highWatermark)
        }
        if whole.bytes > maximumBytes && !atLeastOne { whole.bytes = 0 }
        buffer.moveWriterIndex(to: start + whole.bytes)
        if whole.bytes > 0 {
            places.note(Place(segment: place.segment, position: place.position + whole.bytes), at: whole.nextOffset)
        }
        return whole.bytes
    }

    /// Remembers that a closed segment is open, and closes the one that was used longest ago.
    private func use(_ segment: Segment) {
        guard segment !== active else { return }
        if let released = places.use(segment), released !== active { released.release() }
    }
}

extension Array {
    /// The first index whose element is beyond, in an array sorted so that those come last.
    func partitioningIndex(where isBeyond: (Element) -> Bool) -> Int {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if isBeyond(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
