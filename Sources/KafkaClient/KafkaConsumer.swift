import CRdKafka

/// Reads assigned partitions in batches. It belongs to one thread: make it, use it and close it there.
///
/// There is no group membership and no rebalance: the positions are the caller's (kept with its state), and the group
/// name serves only for the offsets that `commit` shows to others.
@safe public final class KafkaConsumer {
    /// The assigned topics, in the order in which they first appear; `ConsumedRecord.topicIndex` points here.
    public let topics: [String]
    /// The registered header names, as given.
    public let headerNames: [String]

    let handle: KafkaHandle
    private let queue: OpaquePointer
    private let sharedWaker: ConsumerWaker
    private var filler: BatchFiller
    private var wakeUp: FetchWakeUp
    private var messages: UnsafeMutableBufferPointer<UnsafeMutablePointer<rd_kafka_message_t>?>
    private var pendingCommits = 0
    private var pendingProblems: [ConsumeProblem] = []
    private var isOpen = true

    /// Connects in the background and begins to fetch; an unreachable broker shows as a problem of `next`.
    ///
    /// - Parameters:
    ///   - settings: address and limits.
    ///   - groupName: under which `commit` stores offsets; nil for a reader that commits nothing.
    ///   - assignments: what to read, each partition once.
    ///   - headerNames: headers whose values are looked up for each record, 16 at most; list them in the order in
    ///     which the producer sets them.
    /// - Throws: `KafkaError` for a setting that librdkafka refuses or an assignment it cannot take.
    public init(
        settings: KafkaSettings, groupName: String?, assignments: [PartitionAssignment], headerNames: [String] = []
    ) throws(KafkaError) {
        guard headerNames.count <= 16 else { throw .invalidArgument("more than 16 header names") }
        let group = groupName ?? "\(settings.clientIdentifier)-reader"
        handle = try KafkaHandle(
            kind: RD_KAFKA_CONSUMER, properties: settings.consumerProperties(groupName: group), log: settings.log)
        unsafe queue = rd_kafka_queue_get_consumer(handle.pointer)
        unsafe sharedWaker = ConsumerWaker(owning: rd_kafka_queue_get_consumer(handle.pointer))
        unsafe messages = .allocate(capacity: 1_024)
        unsafe messages.initialize(repeating: nil)
        var topics: [String] = []
        for assignment in assignments where !topics.contains(assignment.partition.topic) {
            topics.append(assignment.partition.topic)
        }
        self.topics = topics
        self.headerNames = headerNames
        filler = BatchFiller(headerNames: headerNames, topics: topics)
        wakeUp = FetchWakeUp(queueKibibytes: settings.consumerQueueKibibytes, assignments: assignments)
        learnLeaders(of: assignments)
        let list = PartitionList(assignments.map { ($0.partition, $0.start.rawOffset) })
        let code = unsafe rd_kafka_assign(handle.pointer, list.pointer)
        guard code == RD_KAFKA_RESP_ERR_NO_ERROR else { throw KafkaError(code, detail: "assigning partitions") }
    }

    /// Asks for the topics before they are assigned: otherwise librdkafka finds their leaders only at its next timer,
    /// half a second later (measured). Without an answer the assignment goes on all the same; what the answer says to
    /// be missing is noted, because librdkafka tells of it only once and may just have done so.
    private func learnLeaders(of assignments: [PartitionAssignment]) {
        let known = unsafe topics.compactMap { unsafe rd_kafka_topic_new(handle.pointer, $0, nil) }
        defer { for place in unsafe known.indices { unsafe rd_kafka_topic_destroy(known[place]) } }
        var answer: UnsafePointer<rd_kafka_metadata>?
        _ = unsafe rd_kafka_metadata(handle.pointer, 0, nil, &answer, 1_000)
        guard let answer = unsafe answer else { return }
        defer { unsafe rd_kafka_metadata_destroy(answer) }
        for index in 0..<Int(unsafe answer.pointee.topic_cnt) {
            let topic = unsafe answer.pointee.topics[index]
            let name = unsafe String(cString: topic.topic)
            for assignment in assignments where assignment.partition.topic == name {
                var code = unsafe topic.err
                if code == RD_KAFKA_RESP_ERR_NO_ERROR, unsafe assignment.partition.partition >= topic.partition_cnt {
                    code = RD_KAFKA_RESP_ERR__UNKNOWN_PARTITION
                }
                guard code != RD_KAFKA_RESP_ERR_NO_ERROR else { continue }
                let error = KafkaError(code, detail: assignment.partition.description)
                pendingProblems.append(ConsumeProblem(error: error, partition: assignment.partition, offset: nil))
            }
        }
    }

    /// Waits for the first record, then takes what is there, up to a maximum.
    ///
    /// - Parameters:
    ///   - batch: emptied, then filled; pass the same one each time.
    ///   - maximum: of records and problems together, at least 1.
    ///   - timeoutMilliseconds: how long to wait for the first; the batch is empty when nothing came.
    public func next(into batch: inout ConsumedBatch, maximum: Int, timeoutMilliseconds: Int) {
        batch.reset(slotCount: headerNames.count)
        guard isOpen else { return }
        serveEvents()
        if !pendingProblems.isEmpty {
            swap(&batch.problems, &pendingProblems)
        }
        // The call for a batch would wait out its whole timeout unless the batch is full, so only the first record is
        // waited for.
        let wait = batch.problems.isEmpty ? Int32(clamping: timeoutMilliseconds) : 0
        guard let first = unsafe rd_kafka_consume_queue(queue, wait) else {
            serveEvents()
            batch.problems.append(contentsOf: pendingProblems)
            pendingProblems.removeAll()
            return
        }
        unsafe filler.add(first, to: &batch)
        unsafe rd_kafka_message_destroy(first)
        takeRest(into: &batch, maximum: maximum - 1)
        wakeUp.consumed(batch.used, by: handle)
    }

    private func takeRest(into batch: inout ConsumedBatch, maximum: Int) {
        guard maximum > 0 else { return }
        if unsafe messages.count < maximum {
            unsafe messages.deallocate()
            unsafe messages = .allocate(capacity: maximum)
            unsafe messages.initialize(repeating: nil)
        }
        let count = unsafe rd_kafka_consume_batch_queue(queue, 0, messages.baseAddress, maximum)
        guard count > 0 else { return }
        for index in 0..<count {
            guard let message = unsafe messages[index] else { continue }
            unsafe filler.add(message, to: &batch)
            unsafe rd_kafka_message_destroy(message)
        }
    }

    private func serveEvents() {
        while handle.nextEvent(
            timeoutMilliseconds: 0,
            { event in
                switch event {
                case .error(let error):
                    pendingProblems.append(ConsumeProblem(error: error, partition: nil, offset: nil))
                case .commitResult(let error):
                    pendingCommits -= 1
                    if let error { pendingProblems.append(ConsumeProblem(error: error, partition: nil, offset: nil)) }
                case .deliveryReports, .other: break
                }
            })
        {}
    }

    /// Tells the broker how far the group has read, for lag displays and retention; the caller's own store is what
    /// counts. It returns at once, and a failure shows as a problem of a later `next`.
    ///
    /// - Parameter offsets: for each partition the next offset to read.
    public func commit(_ offsets: [TopicPartition: Int64]) throws(KafkaError) {
        guard isOpen, !offsets.isEmpty else { return }
        let list = PartitionList(offsets.map { ($0.key, $0.value) })
        let code = unsafe rd_kafka_commit_queue(handle.pointer, list.pointer, handle.mainQueue, nil, nil)
        guard code == RD_KAFKA_RESP_ERR_NO_ERROR else { throw KafkaError(code, detail: "committing offsets") }
        pendingCommits += 1
    }

    /// Makes a blocked `next` return; may be given to any thread.
    public func waker() -> ConsumerWaker { sharedWaker }

    /// Waits for outstanding commits for a short while, then ends the client. Done at the latest when it is released.
    public func close(commitDeadlineMilliseconds: Int = 500) {
        guard isOpen else { return }
        let deadline = ContinuousClock.now + .milliseconds(commitDeadlineMilliseconds)
        while pendingCommits > 0, ContinuousClock.now < deadline {
            handle.nextEvent(timeoutMilliseconds: 20) { if case .commitResult = $0 { pendingCommits -= 1 } }
        }
        isOpen = false
        sharedWaker.release()
        unsafe rd_kafka_queue_destroy(queue)
        handle.close()
        unsafe messages.deallocate()
    }

    deinit { close() }
}
