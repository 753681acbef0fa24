import CRdKafka

/// What a broker says of a topic to whoever asks.
public enum TopicSight: Sendable, Equatable {
    /// It is there, with so many partitions.
    case present(partitions: Int)
    /// It is not there, or not yet.
    case missing
    /// Whoever asks may not know.
    case refused
}

extension KafkaAdmin {
    /// Looks for one topic by its name. The list of all topics leaves out those that whoever asks may not see; asked by
    /// name, the broker says so.
    /// - Throws: `KafkaError` when the broker does not answer.
    public func sight(of topic: String, timeoutMilliseconds: Int = 5_000) throws(KafkaError) -> TopicSight {
        guard let known = unsafe rd_kafka_topic_new(handle.pointer, topic, nil) else {
            throw .invalidArgument("topic \(topic)")
        }
        defer { unsafe rd_kafka_topic_destroy(known) }
        var answer: UnsafePointer<rd_kafka_metadata>?
        let code = unsafe rd_kafka_metadata(handle.pointer, 0, known, &answer, Int32(clamping: timeoutMilliseconds))
        guard code == RD_KAFKA_RESP_ERR_NO_ERROR, let answer = unsafe answer else {
            throw KafkaError(code, detail: "asking for topic \(topic)")
        }
        defer { unsafe rd_kafka_metadata_destroy(answer) }
        guard unsafe answer.pointee.topic_cnt == 1 else { return .missing }
        let found = unsafe answer.pointee.topics[0]
        switch unsafe found.err {
        case RD_KAFKA_RESP_ERR_NO_ERROR: return unsafe .present(partitions: Int(found.partition_cnt))
        case RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED: return .refused
        default: return .missing
        }
    }
}
