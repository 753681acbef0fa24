import ExchangeSchema
import KafkaClient
import PartyCore
import PartyStore
import Vocabulary

/// Sends outbox chunks and follows them until the broker has confirmed every record, each with its offset.
///
/// What does not fit the producer's limit, or waits for a partition to answer for the first time, waits here and goes on
/// with each ``serve(timeoutMilliseconds:)``. Whoever gives it more while it ``isFull`` decides so about memory.
struct Publisher {
    let producer: KafkaProducer
    private let source: String
    private let topics: WrittenTopics
    private var headers = HeaderBlock.forEvents
    private var outstanding: [Int64: Outstanding] = [:]
    private var waiting: [Waiting] = []
    var gate: PartitionGate

    private struct Outstanding {
        var remaining: Int
        var hasFailed = false
    }

    /// A chunk of which not all has gone.
    private struct Waiting {
        let chunk: OutboxChunk
        /// The next record to go.
        var next = 0
        /// Records after it that have gone, each the first of its partition.
        var ahead: Set<Int> = []
    }

    /// Chunks whose every record is confirmed, to be taken out of the outbox.
    private(set) var confirmed: [Int64] = []
    /// Chunks of which a record could not be delivered, to be sent again.
    private(set) var failed: [Int64] = []
    /// Why the broker will not take a record however often it is sent: the user may not write its topic.
    private(set) var refusal: KafkaError?
    /// Checkpoint messages, which are in no chunk.
    var checkpoints = CheckpointDeliveries()
    /// Records of chunks given to ``publish(_:)`` and not yet reported.
    private(set) var recordsInFlight = 0
    /// Whether something waits for room; no more should be published before it has gone.
    var isFull: Bool { !waiting.isEmpty }

    /// - Parameter partitions: How many each topic has, by its name.
    init(producer: KafkaProducer, source: String, writes: [WiredTopic], partitions: [String: Int]) {
        self.producer = producer
        self.source = source
        topics = WrittenTopics(writes)
        gate = PartitionGate(partitions: producer.topics.map { partitions[$0] ?? 1 })
    }

    /// Hands a chunk to the client library, as far as it fits.
    /// - Returns: How many of its records did not fit yet; they go later by themselves.
    /// - Throws: ``HostError`` when the topology has no topic for it; `KafkaError`.
    @discardableResult
    mutating func publish(_ chunk: OutboxChunk) throws -> Int {
        guard chunk.count > 0 else {
            confirmed.append(chunk.number)
            return 0
        }
        outstanding[chunk.number] = Outstanding(remaining: chunk.count)
        recordsInFlight += chunk.count
        waiting.append(Waiting(chunk: chunk))
        try push()
        return waiting.last.map { $0.chunk.count - $0.next - $0.ahead.count } ?? 0
    }

    /// Hands over what fits now.
    mutating func push() throws {
        try pushCheckpoints()
        while let chunk = waiting.first?.chunk {
            while waiting[0].next < chunk.count {
                let next = waiting[0].next
                if waiting[0].ahead.isEmpty || waiting[0].ahead.remove(next) == nil {
                    let destination = try destination(of: next, in: chunk)
                    guard gate.isOpen(destination.topic, destination.partition) else { return try sendAhead() }
                    guard try enqueue(next, of: chunk, to: destination) else { return }
                }
                waiting[0].next += 1
            }
            waiting.removeFirst()
        }
    }

    /// While one partition has yet to answer, the first records of all others can ask theirs, in one round trip for all.
    private mutating func sendAhead() throws {
        let chunk = waiting[0].chunk
        // Records of one partition go in their order: none passes one that has to wait.
        var held: Set<Destination> = []
        for index in waiting[0].next..<chunk.count where !waiting[0].ahead.contains(index) {
            let destination = try destination(of: index, in: chunk)
            guard !held.contains(destination) else { continue }
            guard gate.isAwaited(destination.topic, destination.partition) else {
                held.insert(destination)
                continue
            }
            guard try enqueue(index, of: chunk, to: destination) else { return }
            waiting[0].ahead.insert(index)
        }
    }

    struct Destination: Hashable {
        var topic: Int
        var partition: Int
    }

    private func destination(of index: Int, in chunk: OutboxChunk) throws -> Destination {
        if index < chunk.messages.count {
            let message = chunk.messages[index]
            guard let topic = topics.place(of: message.type, province: message.province) else {
                let province = message.province == 0 ? "" : " of province \(ProvinceCode.text(message.province))"
                throw HostError(
                    .brokerRefused,
                    "the topology gives this party no topic to write \(message.type.eventType)\(province); add it")
            }
            let key = chunk.arena.span.bytes.extracting(message.key)
            return Destination(
                topic: topic, partition: Int(murmur2Partition(key: key, count: Int32(gate.count(ofTopic: topic)))))
        }
        let letter = chunk.deadLetters[index - chunk.messages.count]
        guard let topic = producer.topics.firstIndex(of: letter.topic) else {
            throw HostError(.brokerRefused, "there is no dead-letter topic \(letter.topic); check the topology")
        }
        let count = Int32(gate.count(ofTopic: topic))
        return Destination(
            topic: topic, partition: Int(letter.key.map { murmur2Partition(key: $0, count: count) } ?? 0))
    }

    /// False when there is no room.
    private mutating func enqueue(_ index: Int, of chunk: OutboxChunk, to destination: Destination) throws -> Bool {
        do throws(KafkaError) {
            if index < chunk.messages.count {
                let message = chunk.messages[index]
                let arena = chunk.arena.span.bytes
                guard producer.hasRoom(forBytes: message.key.count + message.payload.count) else { return false }
                fillHeaders(message, chunk, sequence: chunk.firstSequence + Int64(index))
                try producer.enqueue(
                    topic: destination.topic, partition: Int32(destination.partition),
                    key: arena.extracting(message.key), value: arena.extracting(message.payload), headers: headers,
                    timestampMilliseconds: chunk.time, batch: UInt(chunk.number))
            } else {
                let letter = chunk.deadLetters[index - chunk.messages.count]
                headers.clear()
                for header in letter.headers { headers.append(name: header.name, value: header.value) }
                try producer.enqueue(
                    topic: destination.topic, partition: Int32(destination.partition), key: letter.key,
                    value: letter.value, headers: headers, timestampMilliseconds: chunk.time,
                    batch: UInt(chunk.number))
            }
        } catch {
            guard error.isQueueFull else { throw error }
            return false
        }
        gate.sent(destination.topic, destination.partition)
        return true
    }

    private mutating func fillHeaders(_ message: OutgoingMessage, _ chunk: OutboxChunk, sequence: Int64) {
        EventHeaders.write(
            message.type, message.message, about: message.record, source: source,
            addition: chunk.arena[message.source], time: chunk.time, sequence: sequence, salt: message.salt,
            to: &headers)
    }

    /// Takes delivery reports in, and hands over what fits now.
    mutating func serve(timeoutMilliseconds: Int) throws {
        var reports: [BatchReport] = []
        producer.serve(timeoutMilliseconds: timeoutMilliseconds) { reports.append($0) }
        for report in reports { take(report) }
        try push()
    }

    /// Waits until all is reported, or the deadline has passed.
    mutating func flush(deadlineMilliseconds: Int) throws {
        let deadline = ContinuousClock.now + .milliseconds(deadlineMilliseconds)
        while !isEverythingReported, ContinuousClock.now < deadline { try serve(timeoutMilliseconds: 20) }
    }

    /// Whether nothing is on its way to the broker.
    var isEverythingReported: Bool { producer.outstanding == 0 && waiting.isEmpty && checkpoints.waiting.isEmpty }

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
        for partition in report.partitions { gate.take(partition) }
        if checkpoints.take(report) { return }
        let number = Int64(report.batch)
        guard var entry = outstanding[number] else { return }
        entry.remaining -= report.delivered + report.failed
        recordsInFlight -= report.delivered + report.failed
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
