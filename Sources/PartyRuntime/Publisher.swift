import ExchangeSchema
import KafkaClient
import PartyCore
import PartyStore
import Vocabulary

/// Sends outbox chunks and follows them until the broker has confirmed every record.
struct Publisher {
    let producer: KafkaProducer
    private let source: String
    private let topics: [Int?]
    private var headers = HeaderBlock(names: EventHeaders.names)
    private var outstanding: [Int64: Outstanding] = [:]

    private struct Outstanding {
        var remaining: Int
        var hasFailed: Bool
    }

    /// Chunks whose every record is confirmed, to be taken out of the outbox.
    private(set) var confirmed: [Int64] = []
    /// Chunks of which a record could not be delivered, to be sent again.
    private(set) var failed: [Int64] = []
    /// Why the broker will not take a record however often it is sent: the user may not write its topic.
    private(set) var refusal: KafkaError?
    /// Checkpoint messages, which are in no chunk.
    var checkpoints = CheckpointDeliveries()
    /// Records of chunks sent and not yet reported.
    var recordsInFlight: Int { producer.outstanding - checkpoints.inFlight }

    init(producer: KafkaProducer, source: String, writes: [WiredTopic]) {
        self.producer = producer
        self.source = source
        topics = (0...UInt8(MessageType.allCases.count)).map { raw in
            writes.firstIndex { $0.type.rawValue == raw }
        }
    }

    /// Hands a chunk to the client library; what does not fit its queue waits for reports.
    mutating func publish(_ chunk: OutboxChunk) throws {
        guard chunk.count > 0 else {
            confirmed.append(chunk.number)
            return
        }
        outstanding[chunk.number] = Outstanding(remaining: chunk.count, hasFailed: false)
        for (index, message) in chunk.messages.enumerated() {
            guard let topic = topics[Int(message.type.rawValue)] else {
                throw HostError(
                    .brokerRefused, "the topology gives this party no topic to write \(message.type.eventType); add it")
            }
            fillHeaders(message, chunk, sequence: chunk.firstSequence + Int64(index))
            while try !enqueue(message, of: chunk, topic: topic) { serve(timeoutMilliseconds: 10) }
        }
        for letter in chunk.deadLetters {
            guard let topic = producer.topics.firstIndex(of: letter.topic) else {
                throw HostError(.brokerRefused, "there is no dead-letter topic \(letter.topic); check the topology")
            }
            headers.clear()
            for header in letter.headers { headers.append(name: header.name, value: header.value) }
            while try !enqueue(letter, of: chunk, topic: topic) { serve(timeoutMilliseconds: 10) }
        }
    }

    /// False when the queue is full.
    private func enqueue(_ message: OutgoingMessage, of chunk: OutboxChunk, topic: Int) throws -> Bool {
        let arena = chunk.arena.span.bytes
        let key = arena.extracting(message.key)
        let value = arena.extracting(message.payload)
        do {
            try producer.enqueue(
                topic: topic, key: key, value: value, headers: headers, timestampMilliseconds: chunk.time,
                batch: UInt(chunk.number))
        } catch {
            guard error.isQueueFull else { throw error }
            return false
        }
        return true
    }

    /// False when the queue is full.
    private func enqueue(_ letter: DeadLetter, of chunk: OutboxChunk, topic: Int) throws -> Bool {
        do {
            try producer.enqueue(
                topic: topic, key: letter.key, value: letter.value, headers: headers,
                timestampMilliseconds: chunk.time, batch: UInt(chunk.number))
        } catch {
            guard error.isQueueFull else { throw error }
            return false
        }
        return true
    }

    private mutating func fillHeaders(_ message: OutgoingMessage, _ chunk: OutboxChunk, sequence: Int64) {
        headers.clear()
        headers.set(0, to: EventHeaders.specificationVersion)
        headers.write(1) { message.message.uuid.appendText(to: &$0) }
        headers.write(2) { bytes in
            bytes.append(contentsOf: source.utf8)
            bytes.append(contentsOf: chunk.arena[message.source])
        }
        headers.set(3, to: message.type.eventType)
        headers.write(4) { EventHeaders.appendTime(chunk.time, to: &$0) }
        headers.write(5) { message.record.appendText(to: &$0) }
        headers.write(6) { EventHeaders.appendSequence(sequence, to: &$0) }
        headers.write(7) {
            EventHeaders.appendTraceParent(record: message.record, message: message.message, to: &$0)
        }
        headers.set(8, to: EventHeaders.contentType)
        headers.write(9) { message.salt.appendText(to: &$0) }
    }

    /// Takes delivery reports in.
    mutating func serve(timeoutMilliseconds: Int) {
        var reports: [BatchReport] = []
        producer.serve(timeoutMilliseconds: timeoutMilliseconds) { reports.append($0) }
        for report in reports { take(report) }
    }

    /// Waits until all is reported, or the deadline has passed.
    mutating func flush(deadlineMilliseconds: Int) {
        for report in producer.flush(deadlineMilliseconds: deadlineMilliseconds) { take(report) }
    }

    /// Trouble of the client as a whole since the last call.
    func takeProblems() -> [KafkaError] { producer.takeProblems() }

    /// The confirmed chunks, once.
    mutating func takeConfirmed() -> [Int64] {
        defer { confirmed.removeAll() }
        return confirmed
    }

    /// The failed chunks, once.
    mutating func takeFailed() -> [Int64] {
        defer { failed.removeAll() }
        return failed
    }

    func close() { producer.close() }

    private mutating func take(_ report: BatchReport) {
        if checkpoints.take(report) { return }
        let number = Int64(report.batch)
        guard var entry = outstanding[number] else { return }
        entry.remaining -= report.delivered + report.failed
        if report.failed > 0 { entry.hasFailed = true }
        if let error = report.error, error.isAuthorization { refusal = error }
        if entry.remaining > 0 {
            outstanding[number] = entry
            return
        }
        outstanding[number] = nil
        if entry.hasFailed { failed.append(number) } else { confirmed.append(number) }
    }
}
