import CRdKafka

/// Sends records; idempotent, confirmed by all replicas. It belongs to one thread: make it, use it and close it there.
///
/// The caller numbers its batches, enqueues their records and counts the reports that `serve` hands out.
@safe public final class KafkaProducer {
    /// The topics, as given; `enqueue` takes a place in this list.
    public let topics: [String]
    /// Records enqueued and not yet reported.
    public private(set) var outstanding = 0
    /// Their keys and values, bytes.
    public private(set) var outstandingBytes = 0

    private let handle: KafkaHandle
    private let limit: (records: Int, bytes: Int)
    private var topicHandles: [OpaquePointer] = unsafe []
    /// Stands for the address of an empty key or value, which a null pointer would make absent.
    private let noBytes = UnsafeMutableRawPointer.allocate(byteCount: 1, alignment: 1)
    private var reports: [BatchReport] = []
    private var proof = OffsetProof()
    private var reportMessages: [UnsafePointer<rd_kafka_message_t>?] = unsafe Array(repeating: nil, count: 1_024)
    private var lastTopic: (handle: OpaquePointer, place: Int)?
    private var problems: [KafkaError] = []
    private var waker: ConsumerWaker?
    private var isOpen = true

    /// Connects in the background.
    ///
    /// - Parameters:
    ///   - settings: address and limits.
    ///   - topics: all topics this producer will send to.
    /// - Throws: `KafkaError` for a setting or topic name that librdkafka refuses, and for `acks=0`, with which nothing
    ///   is ever confirmed.
    public init(settings: KafkaSettings, topics: [String]) throws(KafkaError) {
        self.topics = topics
        limit = (settings.maximumInFlightRecords, settings.producerQueueKibibytes * 1_024)
        for name in ["acks", "request.required.acks"] where settings.extra[name] == "0" {
            throw .invalidArgument("\(name)=0 leaves every record unconfirmed; take the line out")
        }
        handle = try KafkaHandle(
            kind: RD_KAFKA_PRODUCER, properties: settings.producerProperties(), log: settings.log)
        for topic in topics {
            guard let topicHandle = unsafe rd_kafka_topic_new(handle.pointer, topic, nil) else {
                throw .invalidArgument("topic name '\(topic)'")
            }
            unsafe topicHandles.append(topicHandle)
        }
    }

    /// Whether a record of so many bytes fits. The limit in records and bytes is the settings'; a record larger than
    /// all of it goes when nothing else is on its way.
    public func hasRoom(forBytes bytes: Int) -> Bool {
        outstanding == 0 || outstanding < limit.records && outstandingBytes + bytes <= limit.bytes
    }

    /// Hands one record to librdkafka, which copies it and sends it in the background.
    ///
    /// - Parameters:
    ///   - topic: place in `topics`.
    ///   - partition: nil to choose it by the key, as `murmur2Partition` does; at random without a key.
    ///   - key: nil for none.
    ///   - value: nil for a tombstone, which differs from an empty value.
    ///   - headers: the headers that are set are sent.
    ///   - timestampMilliseconds: since 1970; 0 for now.
    ///   - batch: number under which the delivery is reported.
    ///   - isReserved: whether it goes although the limit is reached: for the few records that are sent between others.
    /// - Throws: `KafkaError`; when it `isQueueFull`, serve reports and try again. The record was then not taken.
    public func enqueue(
        topic: Int, partition: Int32? = nil, key: RawSpan?, value: RawSpan?, headers: borrowing HeaderBlock,
        timestampMilliseconds: Int64 = 0, batch: UInt, isReserved: Bool = false
    ) throws(KafkaError) {
        let bytes = (key?.byteCount ?? 0) + (value?.byteCount ?? 0)
        guard isReserved || hasRoom(forBytes: bytes) else { throw KafkaProducer.queueFull }
        guard isOpen, topic >= 0, topic < (unsafe topicHandles.count) else {
            throw .invalidArgument(isOpen ? "no topic number \(topic)" : "the producer is closed")
        }
        let list = unsafe headers.makeList()
        let (client, topicHandle) = unsafe (handle.pointer, topicHandles[topic])
        let code = unsafe withPointer(key) { key, keyCount in
            unsafe withPointer(value) { value, valueCount in
                unsafe crdkafka_produce(
                    client, topicHandle, partition ?? -1, timestampMilliseconds, key, keyCount, value, valueCount,
                    list, batch)
            }
        }
        guard code == RD_KAFKA_RESP_ERR_NO_ERROR else {
            if code == RD_KAFKA_RESP_ERR__QUEUE_FULL { throw KafkaProducer.queueFull }
            throw KafkaError(code, detail: topics[topic])
        }
        outstanding += 1
        outstandingBytes += bytes
    }

    /// The same with arrays.
    public func enqueue(
        topic: Int, partition: Int32? = nil, key: [UInt8]?, value: [UInt8]?, headers: borrowing HeaderBlock,
        timestampMilliseconds: Int64 = 0, batch: UInt, isReserved: Bool = false
    ) throws(KafkaError) {
        unsafe try enqueue(
            topic: topic, partition: partition, key: key?.span.bytes, value: value?.span.bytes, headers: headers,
            timestampMilliseconds: timestampMilliseconds, batch: batch, isReserved: isReserved)
    }

    /// Made once: a full queue is met often, and its text costs.
    private static let queueFull = KafkaError(RD_KAFKA_RESP_ERR__QUEUE_FULL)

    /// Nil gives a null pointer; an empty span an address of no bytes.
    @inline(__always)
    private func withPointer(
        _ span: RawSpan?, _ body: (UnsafeRawPointer?, Int) -> rd_kafka_resp_err_t
    ) -> rd_kafka_resp_err_t {
        guard let span else { return body(nil, 0) }
        return unsafe span.withUnsafeBytes { bytes in
            unsafe body(bytes.baseAddress ?? UnsafeRawPointer(noBytes), bytes.count)
        }
    }

    /// From now on the arrival of delivery reports ends the wait of a consumer's `next`, so that a loop that reads and
    /// writes can wait for both in one place. Once only; the wait of `serve` is not affected.
    public func wakeOnReports(_ waker: ConsumerWaker) {
        guard isOpen, self.waker == nil else { return }
        self.waker = waker
        // The callback runs on a thread of librdkafka; the object it is given is kept until the client has ended.
        unsafe rd_kafka_queue_cb_event_enable(
            handle.mainQueue,
            { _, context in
                guard let context = unsafe context else { return }
                unsafe Unmanaged<ConsumerWaker>.fromOpaque(context).takeUnretainedValue().wake()
            }, Unmanaged.passUnretained(waker).toOpaque())
    }

    /// Waits for delivery reports and hands out what came, summed up by batch.
    ///
    /// - Parameters:
    ///   - timeoutMilliseconds: how long to wait when nothing is there; 0 to look only.
    ///   - report: called once for each batch of which something became known.
    public func serve(timeoutMilliseconds: Int, _ report: (BatchReport) -> Void) {
        var wait = Int32(clamping: timeoutMilliseconds)
        // Bounded, so that a steady stream of reports cannot keep the caller here.
        for _ in 0..<256 {
            guard handle.nextEvent(timeoutMilliseconds: wait, take) else { break }
            wait = 0
        }
        for entry in reports { report(entry) }
        reports.removeAll(keepingCapacity: true)
    }

    private func take(_ event: KafkaHandle.Event) {
        switch event {
        case .deliveryReports(let pointer): unsafe takeReports(pointer)
        case .error(let error): problems.append(error)
        case .commitResult, .other: break
        }
    }

    private func takeReports(_ event: OpaquePointer) {
        let capacity = unsafe reportMessages.count
        proof.begin()
        while true {
            let count = unsafe rd_kafka_event_message_array(event, &reportMessages, capacity)
            guard count > 0 else { return }
            for index in 0..<count {
                guard let message = unsafe reportMessages[index] else { continue }
                unsafe take(message)
            }
            outstanding -= count
        }
    }

    @inline(__always)
    private func take(_ message: UnsafePointer<rd_kafka_message_t>) {
        let batch = unsafe UInt(bitPattern: message.pointee._private)
        if reports.last?.batch != batch { moveToEnd(batch) }
        outstandingBytes -= unsafe message.pointee.len + message.pointee.key_len
        let (code, partition, offset) = unsafe (message.pointee.err, message.pointee.partition, message.pointee.offset)
        let isProven = proof.holds(partition: partition, offset: offset) && code == RD_KAFKA_RESP_ERR_NO_ERROR
        let last = reports.count - 1
        if unsafe lastTopic?.handle != message.pointee.rkt { unsafe findTopic(message.pointee.rkt) }
        reports[last].note(
            topic: unsafe lastTopic?.place ?? -1, partition: partition, offset: isProven ? offset : nil)
        guard !isProven, reports[last].error == nil else { return }
        reports[last].error = code == RD_KAFKA_RESP_ERR_NO_ERROR ? KafkaProducer.unproven : KafkaError(code)
    }

    /// One report has records of one topic, so the search is rare.
    private func findTopic(_ handle: OpaquePointer?) {
        // Librdkafka gives its own pointer to a topic, which need not be the one it was asked for: names tell.
        guard let handle = unsafe handle, let name = unsafe rd_kafka_topic_name(handle) else { return }
        unsafe lastTopic = (handle, topics.firstIndex(of: String(cString: name)) ?? -1)
    }

    /// Made once, for a whole batch may be so.
    private static let unproven = KafkaError(
        RD_KAFKA_RESP_ERR_DUPLICATE_SEQUENCE_NUMBER,
        detail: "reported as delivered without an offset; it may or may not be stored, and is sent again")

    /// Reports come in runs of one batch, so the batch in hand is kept last.
    private func moveToEnd(_ batch: UInt) {
        guard let place = reports.firstIndex(where: { $0.batch == batch }) else {
            reports.append(BatchReport(batch: batch))
            return
        }
        reports.swapAt(place, reports.count - 1)
    }

    /// What went wrong outside of single records (broker unreachable, fatal errors) since the last call.
    public func takeProblems() -> [KafkaError] {
        defer { problems.removeAll() }
        return problems
    }

    /// Serves until every record is reported or the time is over; `outstanding` then tells how many are not.
    public func flush(deadlineMilliseconds: Int) -> [BatchReport] {
        // rd_kafka_flush would wait in vain for somebody else to serve the reports, so they are served here.
        var all: [BatchReport] = []
        let deadline = ContinuousClock.now + .milliseconds(deadlineMilliseconds)
        while outstanding > 0, ContinuousClock.now < deadline {
            serve(timeoutMilliseconds: 20) { report in
                if let place = all.firstIndex(where: { $0.batch == report.batch }) {
                    all[place].add(report)
                } else {
                    all.append(report)
                }
            }
        }
        return all
    }

    /// Ends the client; records not yet confirmed are given up, so flush before.
    public func close() {
        guard isOpen else { return }
        isOpen = false
        for place in unsafe topicHandles.indices { unsafe rd_kafka_topic_destroy(topicHandles[place]) }
        unsafe topicHandles.removeAll()
        if waker != nil { unsafe rd_kafka_queue_cb_event_enable(handle.mainQueue, nil, nil) }
        handle.close()
        waker = nil
        unsafe noBytes.deallocate()
    }

    deinit { close() }
}
