/// What became of records of one batch since the last report.
///
/// A batch is done when the records reported for it, delivered and failed, are as many as were enqueued for it.
public struct BatchReport: Sendable, Equatable {
    /// The number given to `enqueue`.
    public let batch: UInt
    /// Records the broker has confirmed, each with its offset.
    public internal(set) var delivered = 0
    /// Records that are not confirmed; send them again. Some may be stored all the same.
    public internal(set) var failed = 0
    /// The error of the first that failed.
    public internal(set) var error: KafkaError?
    /// The same by partition.
    public internal(set) var partitions: [PartitionReport] = []

    init(batch: UInt) { self.batch = batch }

    /// Counts one record.
    /// - Parameter offset: Nil for one that is not confirmed.
    mutating func note(topic: Int, partition: Int32, offset: Int64?) {
        if offset == nil { failed += 1 } else { delivered += 1 }
        if partitions.last.map({ $0.partition != partition || $0.topic != topic }) ?? true {
            let place = partitions.firstIndex { $0.partition == partition && $0.topic == topic }
            if place == nil { partitions.append(PartitionReport(topic: topic, partition: partition)) }
            partitions.swapAt(place ?? partitions.count - 1, partitions.count - 1)
        }
        partitions[partitions.count - 1].note(offset)
    }

    /// Adds what a later report says of the same batch.
    public mutating func add(_ later: BatchReport) {
        delivered += later.delivered
        failed += later.failed
        error = error ?? later.error
        for entry in later.partitions {
            let place = partitions.firstIndex { $0.partition == entry.partition && $0.topic == entry.topic }
            if let place { partitions[place].add(entry) } else { partitions.append(entry) }
        }
    }
}

/// What became of a batch's records in one partition.
public struct PartitionReport: Sendable, Equatable {
    /// Place of the topic in the producer's list.
    public let topic: Int
    /// The partition.
    public let partition: Int32
    /// Records confirmed.
    public private(set) var delivered = 0
    /// Records not confirmed.
    public private(set) var failed = 0
    /// Offset of the first that is confirmed; -1 while none is.
    public private(set) var firstOffset: Int64 = -1
    /// Offset of the last. Records of others may lie between the two.
    public private(set) var lastOffset: Int64 = -1

    init(topic: Int, partition: Int32) {
        self.topic = topic
        self.partition = partition
    }

    mutating func note(_ offset: Int64?) {
        guard let offset else {
            failed += 1
            return
        }
        delivered += 1
        firstOffset = firstOffset < 0 ? offset : min(firstOffset, offset)
        lastOffset = max(lastOffset, offset)
    }

    mutating func add(_ later: PartitionReport) {
        delivered += later.delivered
        failed += later.failed
        guard later.firstOffset >= 0 else { return }
        firstOffset = firstOffset < 0 ? later.firstOffset : min(firstOffset, later.firstOffset)
        lastOffset = max(lastOffset, later.lastOffset)
    }
}
