import CRdKafka

/// The only owner of a librdkafka topic-partition list.
@safe struct PartitionList: ~Copyable {
    let pointer: UnsafeMutablePointer<rd_kafka_topic_partition_list_t>

    init(_ entries: some Collection<(TopicPartition, Int64)>) {
        unsafe pointer = rd_kafka_topic_partition_list_new(Int32(clamping: entries.count))
        for (partition, offset) in entries {
            let entry = unsafe rd_kafka_topic_partition_list_add(pointer, partition.topic, partition.partition)
            unsafe entry?.pointee.offset = offset
        }
    }

    var count: Int { unsafe Int(pointer.pointee.cnt) }

    /// The entries, with the error librdkafka wrote beside each.
    func entries() -> [(partition: TopicPartition, offset: Int64, error: KafkaError?)] {
        (0..<count).compactMap { index in
            let entry = unsafe pointer.pointee.elems[index]
            guard let name = unsafe entry.topic else { return nil }
            let partition = unsafe TopicPartition(topic: String(cString: name), partition: entry.partition)
            let error = unsafe entry.err
            return unsafe (partition, entry.offset, error.rawValue == 0 ? nil : KafkaError(error))
        }
    }

    deinit { unsafe rd_kafka_topic_partition_list_destroy(pointer) }
}

extension PartitionAssignment.Start {
    var rawOffset: Int64 {
        switch self {
        case .beginning: Int64(RD_KAFKA_OFFSET_BEGINNING)
        case .end: Int64(RD_KAFKA_OFFSET_END)
        case .offset(let offset): offset
        }
    }
}
