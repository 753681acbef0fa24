import CRdKafka

#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

/// Questions that only the leader of a partition answers. Right after a topic was made it may have none, or one that
/// does not know of it yet: "not leader" then passes by itself, and is no reason to end.
extension KafkaAdmin {
    /// The next offset to be written of each partition. Each leader is asked once for all of its partitions.
    /// - Throws: `KafkaError` when a partition has no answer in time, or is refused.
    public func ends(
        of partitions: [TopicPartition], timeoutMilliseconds: Int = 5_000
    ) throws(KafkaError) -> [TopicPartition: Int64] {
        guard !partitions.isEmpty else { return [:] }
        return try untilLed(timeoutMilliseconds) { (left) throws(KafkaError) in
            // In place of a time, "end" asks for the end.
            let list = PartitionList(partitions.map { ($0, Int64(RD_KAFKA_OFFSET_END)) })
            let code = unsafe rd_kafka_offsets_for_times(handle.pointer, list.pointer, left)
            let entries = list.entries()
            // What is wrong with one partition says more than what is wrong with the question as a whole.
            for entry in entries {
                if let error = entry.error { throw KafkaError(code: error.code, detail: "\(entry.partition)") }
            }
            guard code == RD_KAFKA_RESP_ERR_NO_ERROR else {
                throw KafkaError(code, detail: "asking for the ends of \(partitions.count) partitions")
            }
            return Dictionary(entries.map { ($0.partition, $0.offset) }) { $1 }
        }
    }

    /// The next offset to be written of each partition of a topic.
    /// - Throws: `KafkaError` when a partition has no answer in time, or is refused.
    public func ends(
        ofTopic topic: String, partitions: Int, timeoutMilliseconds: Int = 5_000
    ) throws(KafkaError) -> [Int64] {
        let places = (0..<partitions).map { TopicPartition(topic: topic, partition: Int32($0)) }
        let ends = try ends(of: places, timeoutMilliseconds: timeoutMilliseconds)
        return places.map { ends[$0] ?? 0 }
    }

    /// Asks again while the answer is that a partition has no leader.
    func untilLed<Answer>(
        _ timeoutMilliseconds: Int, _ question: (_ leftMilliseconds: Int32) throws(KafkaError) -> Answer
    ) throws(KafkaError) -> Answer {
        let deadline = ContinuousClock.now + .milliseconds(timeoutMilliseconds)
        while true {
            let left = Int32(clamping: Int(ContinuousClock.now.duration(to: deadline) / .milliseconds(1)))
            do throws(KafkaError) {
                return try question(max(1, left))
            } catch {
                guard error.isBetweenLeaders, left > 0 else { throw error }
                // No broker tells when it has become a leader.
                usleep(50_000)
            }
        }
    }
}
