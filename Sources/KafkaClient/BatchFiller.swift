import CRdKafka

#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

/// Copies librdkafka messages into a batch. Kept apart from the consumer because this is where each nanosecond counts:
/// one pass over the headers, one growth check and one copy a record, no allocation once the buffers have grown.
@safe struct BatchFiller {
    /// A header as librdkafka shows it, before it is copied.
    @unsafe private struct Seen {
        var name: UnsafePointer<CChar>
        var nameCount: Int
        var value: UnsafeRawPointer?
        var valueCount: Int
        var slot: Int
    }

    private let wanted: HeaderNames
    private var seen: [Seen] = unsafe []
    /// Slot of the header that stood at this place in the record before: records of one topic look alike.
    private var expected: [Int] = []
    /// Topic by librdkafka's topic handle, which lives as long as the assignment.
    private var topicHandles: [(handle: OpaquePointer, index: Int)] = unsafe []
    private let topics: [String]

    init(headerNames: [String], topics: [String]) {
        wanted = HeaderNames(headerNames)
        self.topics = topics
    }

    /// Appends a record, or a problem if the message is an error. The message stays the caller's.
    mutating func add(_ message: UnsafeMutablePointer<rd_kafka_message_t>, to batch: inout ConsumedBatch) {
        let code = unsafe message.pointee.err
        guard code == RD_KAFKA_RESP_ERR_NO_ERROR, let handle = unsafe message.pointee.rkt else {
            unsafe batch.problems.append(problem(message, code))
            return
        }
        let topic = unsafe topicIndex(handle)
        let headerBytes = unsafe collectHeaders(of: message)
        let keyCount = unsafe message.pointee.key_len
        let valueCount = unsafe message.pointee.len
        batch.reserve(keyCount + valueCount + headerBytes)
        let firstHeader = batch.headers.count
        let key: ByteRange
        let value: ByteRange
        var cursor = batch.used
        (key, value) = unsafe batch.arena.withUnsafeMutableBytes { arena in
            let key = unsafe BatchFiller.copy(message.pointee.key, keyCount, into: arena, at: &cursor)
            let value = unsafe BatchFiller.copy(message.pointee.payload, valueCount, into: arena, at: &cursor)
            for place in unsafe seen.indices {
                let header = unsafe seen[place]
                let name = unsafe BatchFiller.copy(header.name, header.nameCount, into: arena, at: &cursor)
                let content = unsafe BatchFiller.copy(header.value, header.valueCount, into: arena, at: &cursor)
                batch.headers.append(
                    .init(name: name, value: content.isAbsent ? .init(start: cursor, count: 0) : content))
            }
            return (key, value)
        }
        batch.used = cursor
        fillSlots(of: &batch)
        var kind = RD_KAFKA_TIMESTAMP_NOT_AVAILABLE
        let timestamp = unsafe rd_kafka_message_timestamp(message, &kind)
        batch.records.append(
            unsafe ConsumedRecord(
                topicIndex: topic, partition: message.pointee.partition, offset: message.pointee.offset,
                timestampMilliseconds: timestamp, key: key, value: value, firstHeader: Int32(firstHeader),
                headerCount: Int32(seen.count)))
    }

    private static func copy(
        _ source: UnsafeRawPointer?, _ count: Int, into arena: UnsafeMutableRawBufferPointer, at cursor: inout Int
    ) -> ByteRange {
        guard let source = unsafe source else { return .absent }
        let range = ByteRange(start: cursor, count: count)
        unsafe arena.baseAddress?.advanced(by: cursor).copyMemory(from: source, byteCount: count)
        cursor += count
        return range
    }

    /// Notes the headers of a message and returns the bytes their names and values take.
    private mutating func collectHeaders(of message: UnsafeMutablePointer<rd_kafka_message_t>) -> Int {
        unsafe seen.removeAll(keepingCapacity: true)
        var list: OpaquePointer?
        guard unsafe rd_kafka_message_headers(message, &list) == RD_KAFKA_RESP_ERR_NO_ERROR, let list = unsafe list
        else { return 0 }
        var total = 0
        var name: UnsafePointer<CChar>?
        var value: UnsafeRawPointer?
        var valueCount = 0
        var index = 0
        while unsafe rd_kafka_header_get_all(list, index, &name, &value, &valueCount) == RD_KAFKA_RESP_ERR_NO_ERROR,
            let name = unsafe name
        {
            let (slot, nameCount) = unsafe slot(of: name, at: index)
            unsafe seen.append(
                Seen(name: name, nameCount: nameCount, value: value, valueCount: valueCount, slot: slot))
            total += nameCount + valueCount
            index += 1
        }
        return total
    }

    private mutating func slot(of name: UnsafePointer<CChar>, at place: Int) -> (slot: Int, nameCount: Int) {
        if place >= expected.count { expected.append(0) }
        let guess = expected[place]
        if guess < wanted.count, unsafe isWanted(guess, name) { return (guess, wanted.length(guess)) }
        for candidate in 0..<wanted.count where unsafe isWanted(candidate, name) {
            expected[place] = candidate
            return (candidate, wanted.length(candidate))
        }
        return unsafe (-1, strlen(name))
    }

    private func isWanted(_ slot: Int, _ name: UnsafePointer<CChar>) -> Bool {
        unsafe wanted.bytes.withUnsafeBufferPointer { names in
            guard let base = names.baseAddress else { return false }
            return unsafe strcmp(base + wanted.starts[slot], name) == 0
        }
    }

    private func fillSlots(of batch: inout ConsumedBatch) {
        let base = batch.slots.count
        for _ in 0..<wanted.count { batch.slots.append(-1) }
        for index in unsafe seen.indices {
            let slot = unsafe seen[index].slot
            if slot >= 0, batch.slots[base + slot] < 0 { batch.slots[base + slot] = Int16(truncatingIfNeeded: index) }
        }
    }

    private mutating func topicIndex(_ handle: OpaquePointer) -> Int {
        for place in unsafe topicHandles.indices where unsafe topicHandles[place].handle == handle {
            return unsafe topicHandles[place].index
        }
        let name = unsafe rd_kafka_topic_name(handle).map { unsafe String(cString: $0) } ?? ""
        let index = topics.firstIndex(of: name) ?? -1
        unsafe topicHandles.append((handle, index))
        return index
    }

    /// An error message's payload is its text, and may be missing.
    private func problem(
        _ message: UnsafeMutablePointer<rd_kafka_message_t>, _ code: rd_kafka_resp_err_t
    ) -> ConsumeProblem {
        var detail: String?
        if let text = unsafe message.pointee.payload {
            let bytes = unsafe UnsafeRawBufferPointer(start: text, count: message.pointee.len)
            detail = unsafe String(decoding: bytes, as: UTF8.self)
        }
        let number = unsafe message.pointee.partition
        let topic = unsafe message.pointee.rkt.flatMap { unsafe rd_kafka_topic_name($0) }
            .map { unsafe String(cString: $0) }
        let offset = unsafe message.pointee.offset
        return ConsumeProblem(
            error: KafkaError(code, detail: detail),
            partition: topic.map { TopicPartition(topic: $0, partition: number) }, offset: offset < 0 ? nil : offset)
    }
}
