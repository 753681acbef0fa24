import CRdKafka

/// Membership in a consumer group for the sake of who has which partition, and for nothing else: records are neither
/// fetched nor are offsets committed. It belongs to one thread: make it, use it and close it there.
///
/// Partitions move one by one (cooperative-sticky): who keeps one is not disturbed, and one that is taken away is given
/// to another member only after it was let go of.
@safe public final class GroupMembership {
    /// How to be a member.
    public struct Settings: Sendable {
        /// Name of the group.
        public var group: String
        /// The topic whose partitions are shared out; it must exist.
        public var topic: String
        /// After how long without a heartbeat a member counts as gone, milliseconds. Kafka accepts 6,000 to 1,800,000
        /// unless told otherwise, and answers a time outside with an error.
        public var sessionTimeoutMilliseconds = 6_000
        /// Name of a member that keeps its partitions over a restart within the session timeout (KIP-345); nil for one
        /// that is a new member each time.
        public var instance: String?

        /// Takes what has no default.
        public init(group: String, topic: String) {
            self.group = group
            self.topic = topic
        }
    }

    /// What becomes of partitions.
    public enum Change: Sendable, Equatable {
        /// They are this member's now, besides those that it has.
        case given([Int32])
        /// They are to be let go of, which happens when the change has been handled. When they are lost, the session is
        /// over, and another member may have them already.
        case taken([Int32], isLost: Bool)
        /// Trouble, which passes by itself unless it is fatal.
        case problem(KafkaError)
    }

    private let handle: KafkaHandle
    private let consumerQueue: OpaquePointer
    private let sharedWaker: ConsumerWaker
    private var isOpen = true
    /// Whether the group has ever given it anything, be it nothing.
    private var wasAssigned = false

    /// Joins in the background.
    /// - Throws: `KafkaError` for a setting that librdkafka refuses.
    public init(settings: KafkaSettings, membership: Settings) throws(KafkaError) {
        handle = try KafkaHandle(
            kind: RD_KAFKA_CONSUMER, properties: settings.memberProperties(membership), log: settings.log,
            hearsRebalances: true)
        // One queue for all: rebalances, errors and log lines.
        unsafe rd_kafka_poll_set_consumer(handle.pointer)
        unsafe consumerQueue = rd_kafka_queue_get_consumer(handle.pointer)
        unsafe sharedWaker = ConsumerWaker(owning: rd_kafka_queue_get_consumer(handle.pointer))
        let topics = PartitionList([(TopicPartition(topic: membership.topic, partition: -1), Int64(0))])
        let code = unsafe rd_kafka_subscribe(handle.pointer, topics.pointer)
        guard code == RD_KAFKA_RESP_ERR_NO_ERROR else { throw KafkaError(code, detail: "joining \(membership.group)") }
    }

    /// Waits for the next change and hands it to `body`. A partition that is taken away is let go of when `body`
    /// returns, so its work must have ended by then.
    /// - Returns: False when the time is over, or somebody has woken this member.
    @discardableResult
    public func serve(timeoutMilliseconds: Int, _ body: (Change) -> Void) -> Bool {
        guard isOpen else { return false }
        return unsafe serve(consumerQueue, timeoutMilliseconds, body)
    }

    private func serve(_ queue: OpaquePointer, _ milliseconds: Int, _ body: (Change) -> Void) -> Bool {
        unsafe handle.nextEvent(on: queue, timeoutMilliseconds: Int32(clamping: milliseconds)) { event in
            switch event {
            case .error(let error): body(.problem(error))
            case .other(let event):
                guard unsafe rd_kafka_event_type(event) == RD_KAFKA_EVENT_REBALANCE else { return }
                unsafe rebalance(event, body)
            case .deliveryReports, .commitResult: break
            }
        }
    }

    private func rebalance(_ event: OpaquePointer, _ body: (Change) -> Void) {
        let partitions = unsafe Self.partitions(of: event)
        // Nothing is to be read: from the end, and paused.
        let list = PartitionList(partitions.map { ($0, Int64(RD_KAFKA_OFFSET_END)) })
        let numbers = partitions.map(\.partition)
        if unsafe rd_kafka_event_error(event) == RD_KAFKA_RESP_ERR__ASSIGN_PARTITIONS {
            wasAssigned = true
            if let error = unsafe failure(rd_kafka_incremental_assign(handle.pointer, list.pointer)) {
                return body(.problem(error))
            }
            _ = unsafe rd_kafka_pause_partitions(handle.pointer, list.pointer)
            if !numbers.isEmpty { body(.given(numbers)) }
        } else {
            let isLost = unsafe rd_kafka_assignment_lost(handle.pointer) != 0
            if !numbers.isEmpty { body(.taken(numbers, isLost: isLost)) }
            if let error = unsafe failure(rd_kafka_incremental_unassign(handle.pointer, list.pointer)) {
                body(.problem(error))
            }
        }
    }

    private static func partitions(of event: OpaquePointer) -> [TopicPartition] {
        guard let list = unsafe rd_kafka_event_topic_partition_list(event) else { return [] }
        return (0..<Int(unsafe list.pointee.cnt)).compactMap { index in
            let entry = unsafe list.pointee.elems[index]
            guard let name = unsafe entry.topic else { return nil }
            return unsafe TopicPartition(topic: String(cString: name), partition: entry.partition)
        }
    }

    private func failure(_ error: OpaquePointer?) -> KafkaError? {
        guard let error = unsafe error else { return nil }
        defer { unsafe rd_kafka_error_destroy(error) }
        return unsafe KafkaError(
            rd_kafka_error_code(error), detail: rd_kafka_error_string(error).map { unsafe String(cString: $0) },
            isFatal: rd_kafka_error_is_fatal(error) != 0)
    }

    /// Makes a waiting `serve` return; may be given to any thread.
    public func waker() -> ConsumerWaker { sharedWaker }

    /// Lets go of all partitions and leaves the group, so that others have them at once; a named member stays in it
    /// until its session is over. One that is released without this is as one that has died.
    ///
    /// - Parameters:
    ///   - patienceMilliseconds: How long the broker may take to answer; the time that `body` takes is not counted.
    ///   - body: Told of the partitions to be let go of.
    public func close(patienceMilliseconds: Int = 700, _ body: (Change) -> Void = { _ in }) {
        guard isOpen else { return }
        // A queue of its own: librdkafka forwards the consumer's queue to it, which must not be forwarded to itself.
        if let closing = unsafe rd_kafka_queue_new(handle.pointer) {
            _ = unsafe failure(rd_kafka_consumer_close_queue(handle.pointer, closing))
            var deadline = ContinuousClock.now + .milliseconds(patienceMilliseconds)
            while unsafe rd_kafka_consumer_closed(handle.pointer) == 0, ContinuousClock.now < deadline {
                _ = unsafe serve(closing, 10) { change in
                    body(change)
                    deadline = ContinuousClock.now + .milliseconds(patienceMilliseconds)
                }
            }
            unsafe rd_kafka_queue_destroy(closing)
        }
        end()
    }

    private func end() {
        guard isOpen else { return }
        isOpen = false
        sharedWaker.release()
        unsafe rd_kafka_queue_destroy(consumerQueue)
        // Before 2.3.0 librdkafka aborts the process when a member that has joined and was never assigned anything is
        // destroyed: the cooperative assignor's state is not there yet (its issue 4312).
        if wasAssigned || rd_kafka_version() >= 0x0203_0000 { handle.close() } else { handle.abandon() }
    }

    deinit { end() }
}

extension KafkaSettings {
    func memberProperties(_ membership: GroupMembership.Settings) -> Properties {
        let session = membership.sessionTimeoutMilliseconds
        var own: Properties = [
            ("group.id", membership.group), ("enable.auto.commit", "false"), ("enable.auto.offset.store", "false"),
            ("partition.assignment.strategy", "cooperative-sticky"), ("session.timeout.ms", String(session)),
            // With its heartbeat a member also hears that others have come or gone.
            ("heartbeat.interval.ms", String(min(max(100, session / 6), 1_000))),
            // Also how long the group waits for a member that does not let go.
            ("max.poll.interval.ms", String(max(60_000, session))), ("auto.offset.reset", "latest"),
            ("queued.max.messages.kbytes", "64"),
        ]
        if let instance = membership.instance { own.append(("group.instance.id", instance)) }
        return common + own + overrides
    }
}
