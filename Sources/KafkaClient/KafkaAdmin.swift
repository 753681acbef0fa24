import CRdKafka

/// Asks and changes the cluster itself: reachability, topics, positions. Every call blocks up to its timeout.
@safe public final class KafkaAdmin {
    let handle: KafkaHandle
    private let settings: KafkaSettings

    /// Connects in the background.
    public init(settings: KafkaSettings) throws(KafkaError) {
        self.settings = settings
        handle = try KafkaHandle(
            kind: RD_KAFKA_PRODUCER, properties: settings.adminProperties(), log: settings.log)
    }

    /// Tries until a broker answers.
    ///
    /// - Parameters:
    ///   - settings: the address to try.
    ///   - timeout: after which it gives up.
    ///   - onRetry: called after each try that failed, about once a second, with what stands in the way.
    /// - Returns: the cluster as the broker describes it.
    /// - Throws: the last `KafkaError` when the time is over; at once when the broker refuses the login.
    public static func waitForBroker(
        settings: KafkaSettings, timeout: Duration, onRetry: (KafkaError) -> Void = { _ in }
    ) throws(KafkaError) -> ClusterDescription {
        let admin = try KafkaAdmin(settings: settings)
        defer { admin.close() }
        let deadline = ContinuousClock.now + timeout
        var problem: KafkaError?
        while true {
            let left = ContinuousClock.now.duration(to: deadline)
            let milliseconds = min(1_000, max(1, Int(left / .milliseconds(1))))
            do throws(KafkaError) {
                return try admin.describe(timeoutMilliseconds: milliseconds)
            } catch {
                // "Timed out" says little: the event queue knows why (connection refused, name not found).
                while admin.handle.nextEvent(
                    timeoutMilliseconds: 0, { if case .error(let cause) = $0, !cause.isTimeout { problem = cause } })
                {}
                let known = problem ?? error
                // A wrong password does not become right.
                if known.isAuthentication { throw known }
                guard ContinuousClock.now < deadline else {
                    throw KafkaError(code: known.code, detail: "\(settings.bootstrapServers), \(known.message)")
                }
                onRetry(known)
            }
        }
    }

    /// The brokers and all topics.
    public func describe(timeoutMilliseconds: Int = 5_000) throws(KafkaError) -> ClusterDescription {
        var answer: UnsafePointer<rd_kafka_metadata>?
        let code = unsafe rd_kafka_metadata(handle.pointer, 1, nil, &answer, Int32(clamping: timeoutMilliseconds))
        guard code == RD_KAFKA_RESP_ERR_NO_ERROR, let answer = unsafe answer else {
            throw KafkaError(code, detail: "asking \(settings.bootstrapServers) for its topics")
        }
        defer { unsafe rd_kafka_metadata_destroy(answer) }
        let brokers = (0..<Int(unsafe answer.pointee.broker_cnt)).map { index in
            let broker = unsafe answer.pointee.brokers[index]
            return unsafe ClusterDescription.Broker(
                identifier: broker.id, host: String(cString: broker.host), port: Int(broker.port))
        }
        var topics: [String: Int] = [:]
        for index in 0..<Int(unsafe answer.pointee.topic_cnt) {
            let topic = unsafe answer.pointee.topics[index]
            unsafe topics[String(cString: topic.topic)] = Int(topic.partition_cnt)
        }
        return ClusterDescription(brokers: brokers, topics: topics)
    }

    /// Topics with their number of partitions.
    public func topics(timeoutMilliseconds: Int = 5_000) throws(KafkaError) -> [String: Int] {
        try describe(timeoutMilliseconds: timeoutMilliseconds).topics
    }

    /// The oldest offset kept and the next to be written.
    /// - Throws: `KafkaError` when there is no answer in time; a partition that is between two leaders is asked again
    ///   until then.
    public func watermarks(
        _ partition: TopicPartition, timeoutMilliseconds: Int = 5_000
    ) throws(KafkaError) -> (low: Int64, high: Int64) {
        try untilLed(timeoutMilliseconds) { (left) throws(KafkaError) in
            var low: Int64 = 0
            var high: Int64 = 0
            let code = unsafe rd_kafka_query_watermark_offsets(
                handle.pointer, partition.topic, partition.partition, &low, &high, left)
            guard code == RD_KAFKA_RESP_ERR_NO_ERROR else { throw KafkaError(code, detail: "offsets of \(partition)") }
            return (low, high)
        }
    }

    /// What a group has committed; partitions for which it has nothing are left out.
    public func committed(
        group: String, _ partitions: [TopicPartition], timeoutMilliseconds: Int = 5_000
    ) throws(KafkaError) -> [TopicPartition: Int64] {
        let reader = try KafkaHandle(
            kind: RD_KAFKA_CONSUMER, properties: settings.consumerProperties(groupName: group), log: settings.log)
        defer { reader.close() }
        let list = PartitionList(partitions.map { ($0, Int64(RD_KAFKA_OFFSET_INVALID)) })
        let code = unsafe rd_kafka_committed(reader.pointer, list.pointer, Int32(clamping: timeoutMilliseconds))
        guard code == RD_KAFKA_RESP_ERR_NO_ERROR else { throw KafkaError(code, detail: "offsets of group \(group)") }
        var offsets: [TopicPartition: Int64] = [:]
        for entry in list.entries() {
            if let error = entry.error { throw error }
            if entry.offset >= 0 { offsets[entry.partition] = entry.offset }
        }
        return offsets
    }

    /// Creates topics; one that exists is no error but is reported as such.
    ///
    /// - Returns: for each topic what became of it.
    /// - Throws: `KafkaError` when the broker did not answer at all.
    public func createTopics(
        _ topics: [TopicSpecification], replicas: Int = 1, timeoutMilliseconds: Int = 10_000
    ) throws(KafkaError) -> [String: TopicCreation] {
        guard !topics.isEmpty else { return [:] }
        var requests: [OpaquePointer?] = unsafe []
        defer { unsafe rd_kafka_NewTopic_destroy_array(&requests, requests.count) }
        for topic in topics { unsafe requests.append(try newTopic(topic, replicas: replicas)) }
        guard let queue = unsafe rd_kafka_queue_new(handle.pointer) else { throw .invalidArgument("no memory") }
        defer { unsafe rd_kafka_queue_destroy(queue) }
        let options = unsafe rd_kafka_AdminOptions_new(handle.pointer, RD_KAFKA_ADMIN_OP_CREATETOPICS)
        defer { unsafe rd_kafka_AdminOptions_destroy(options) }
        let wait = Int32(clamping: timeoutMilliseconds)
        _ = unsafe rd_kafka_AdminOptions_set_request_timeout(options, wait, nil, 0)
        _ = unsafe rd_kafka_AdminOptions_set_operation_timeout(options, wait, nil, 0)
        unsafe rd_kafka_CreateTopics(handle.pointer, &requests, requests.count, options, queue)
        guard let event = unsafe rd_kafka_queue_poll(queue, wait &+ 1_000) else {
            throw KafkaError(RD_KAFKA_RESP_ERR__TIMED_OUT, detail: "creating topics")
        }
        defer { unsafe rd_kafka_event_destroy(event) }
        return unsafe try creations(in: event)
    }

    private func newTopic(_ topic: TopicSpecification, replicas: Int) throws(KafkaError) -> OpaquePointer? {
        var text = [CChar](repeating: 0, count: 512)
        guard
            let request = unsafe rd_kafka_NewTopic_new(
                topic.name, Int32(clamping: topic.partitions), Int32(clamping: replicas), &text, text.count)
        else { throw .invalidArgument("topic \(topic.name): \(KafkaHandle.text(text))") }
        for (name, value) in topic.configuration.sorted(by: { $0.key < $1.key }) {
            _ = unsafe rd_kafka_NewTopic_set_config(request, name, value)
        }
        return unsafe request
    }

    private func creations(in event: OpaquePointer) throws(KafkaError) -> [String: TopicCreation] {
        let code = unsafe rd_kafka_event_error(event)
        guard code == RD_KAFKA_RESP_ERR_NO_ERROR else {
            let detail = unsafe rd_kafka_event_error_string(event).map { unsafe String(cString: $0) }
            throw KafkaError(code, detail: detail)
        }
        guard let result = unsafe rd_kafka_event_CreateTopics_result(event) else { return [:] }
        var count = 0
        let entries = unsafe rd_kafka_CreateTopics_result_topics(result, &count)
        var creations: [String: TopicCreation] = [:]
        for index in 0..<count {
            guard let entry = unsafe entries?[index], let name = unsafe rd_kafka_topic_result_name(entry) else {
                continue
            }
            let code = unsafe rd_kafka_topic_result_error(entry)
            let detail = unsafe rd_kafka_topic_result_error_string(entry).map { unsafe String(cString: $0) }
            unsafe creations[String(cString: name)] =
                switch code {
                case RD_KAFKA_RESP_ERR_NO_ERROR: .created
                case RD_KAFKA_RESP_ERR_TOPIC_ALREADY_EXISTS: .existed
                default: .refused(KafkaError(code, detail: detail))
                }
        }
        return creations
    }

    /// Ends the client.
    public func close() { handle.close() }
}
