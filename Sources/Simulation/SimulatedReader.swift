import HostMachine
import PartyCore

/// Where a simulated process reads on, in topics of the modelled broker and in its checkpoints.
struct SimulatedReader: Sendable {
    /// Most messages of a batch.
    static let batchLimit = 500

    /// Places of the topics in the broker.
    private let reads: [Int]
    /// Next offset by place in ``reads`` and partition.
    private var positions: [[Int]]
    private var checkpointPosition = 0

    init(_ reads: [Int], _ broker: SimulatedBroker) {
        self.reads = reads
        positions = reads.map { Array(repeating: 0, count: broker.topics[$0].partitions.count) }
    }

    /// Reads on where the last commit stood.
    /// - Parameter next: Next offset of a partition of a topic, by the topic's place among those read.
    mutating func resume(checkpoints: Int64, next: (_ place: Int, _ partition: Int32) -> Int64) {
        for place in positions.indices {
            for partition in positions[place].indices {
                positions[place][partition] = Int(next(place, Int32(partition)))
            }
        }
        checkpointPosition = Int(checkpoints)
    }

    /// What has become readable, at most a batch. Checkpoints have the place behind the last topic.
    mutating func batch(_ broker: SimulatedBroker, now: Int64) -> SimulatedMessages {
        var batch = SimulatedMessages()
        for (place, topic) in reads.enumerated() {
            for partition in positions[place].indices {
                let records = broker.topics[topic].partitions[partition]
                while batch.count < Self.batchLimit, positions[place][partition] < records.count,
                    records[positions[place][partition]].availableAt <= now
                {
                    let offset = positions[place][partition]
                    let from = MessagePlace(topic: UInt8(place), partition: Int32(partition), offset: Int64(offset))
                    batch.records.append((from, records[offset]))
                    positions[place][partition] += 1
                }
            }
        }
        while checkpointPosition < broker.checkpoints.count,
            broker.checkpoints[checkpointPosition].availableAt <= now
        {
            let from = MessagePlace(topic: UInt8(reads.count), partition: 0, offset: Int64(checkpointPosition))
            batch.records.append((from, broker.checkpoints[checkpointPosition]))
            checkpointPosition += 1
        }
        return batch
    }

    /// When the next message becomes readable; nil for none.
    func nextArrival(_ broker: SimulatedBroker) -> Int64? {
        var next: Int64?
        func note(_ time: Int64) { next = min(next ?? .max, time) }
        for (place, topic) in reads.enumerated() {
            for (partition, offset) in positions[place].enumerated() {
                let records = broker.topics[topic].partitions[partition]
                if offset < records.count { note(records[offset].availableAt) }
            }
        }
        if checkpointPosition < broker.checkpoints.count {
            note(broker.checkpoints[checkpointPosition].availableAt)
        }
        return next
    }
}
