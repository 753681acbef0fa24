import CRdKafka

/// Keeps a consumer with a small queue from stalling.
///
/// When the queue is full, librdkafka 2.0.2 lets its broker thread sleep for a whole second before it fetches again,
/// however fast the queue is emptied (measured: 24,000 records/s of 1 KiB with a 16 MiB queue; a setting for it came
/// only with 2.2.0). Any request to that broker ends the sleep. So after each half of the queue consumed, the end
/// offsets are asked for, without waiting for the answer (measured: 122,000 records/s, as with an unlimited queue).
struct FetchWakeUp {
    private let interval: Int
    private var consumed = 0
    private let partitions: [(TopicPartition, Int64)]

    init(queueKibibytes: Int, assignments: [PartitionAssignment]) {
        interval = max(queueKibibytes * 1_024 / 2, 65_536)
        partitions = assignments.map { ($0.partition, Int64(RD_KAFKA_OFFSET_END)) }
    }

    mutating func consumed(_ bytes: Int, by handle: KafkaHandle) {
        consumed += bytes
        guard consumed >= interval else { return }
        consumed = 0
        let list = PartitionList(partitions)
        _ = unsafe rd_kafka_offsets_for_times(handle.pointer, list.pointer, 0)
    }
}
