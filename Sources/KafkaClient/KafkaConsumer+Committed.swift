import CRdKafka

extension KafkaConsumer {
    /// How far this consumer's group has read, as its members or others have committed it.
    /// - Returns: The next offset to read; partitions without a commit are left out.
    /// - Throws: `KafkaError` when the broker does not answer in time, or refuses.
    public func committed(
        _ partitions: [TopicPartition], timeoutMilliseconds: Int = 2_000
    ) throws(KafkaError) -> [TopicPartition: Int64] {
        let list = PartitionList(partitions.map { ($0, Int64(0)) })
        let code = unsafe rd_kafka_committed(handle.pointer, list.pointer, Int32(clamping: timeoutMilliseconds))
        guard code == RD_KAFKA_RESP_ERR_NO_ERROR else { throw KafkaError(code, detail: "asking for committed offsets") }
        var committed: [TopicPartition: Int64] = [:]
        for entry in list.entries() {
            if let error = entry.error { throw error }
            if entry.offset >= 0 { committed[entry.partition] = entry.offset }
        }
        return committed
    }
}
