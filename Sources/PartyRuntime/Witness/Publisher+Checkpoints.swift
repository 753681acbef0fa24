import ExchangeSchema
import Journal
import KafkaClient

/// Deliveries of checkpoint messages, which belong to no outbox chunk.
struct CheckpointDeliveries {
    /// A message that is not confirmed.
    struct Entry {
        let message: CheckpointMessage
        let topic: Int
        let time: Int64
    }

    /// Those that have not gone.
    var waiting: [Entry] = []
    /// Those that have gone, by the number under which they are reported: from the top down, where no chunk ever is.
    private var sent: [UInt: Entry] = [:]
    /// The number under which the next goes.
    private(set) var nextNumber = UInt(Int64.max)
    var hasConfirmedRequest = false
    var hasFailedRequest = false
    var headers = HeaderBlock.forEvents

    mutating func hasGone(_ entry: Entry) {
        sent[nextNumber] = entry
        nextNumber -= 1
    }

    /// Takes a report if it is of one of these. A checkpoint that was not taken is its sender's business; anything else
    /// is sent again, unless the broker does not let it in.
    mutating func take(_ report: BatchReport) -> Bool {
        guard let entry = sent.removeValue(forKey: report.batch) else { return false }
        guard entry.message.kind == .checkpoint else {
            if report.failed > 0, report.error?.isAuthorization != true { waiting.append(entry) }
            return true
        }
        if report.delivered > 0 { (hasConfirmedRequest, hasFailedRequest) = (true, false) }
        if report.failed > 0 { hasFailedRequest = true }
        return true
    }
}

extension Publisher {
    /// Sends a checkpoint message, now or when its partition has answered. The producer's limit does not hold it up:
    /// there are a few in a second.
    mutating func send(_ message: CheckpointMessage, to topic: String, now: Int64) throws {
        guard let place = producer.topics.firstIndex(of: topic) else { return }
        if message.kind == .checkpoint { checkpoints.hasFailedRequest = false }
        checkpoints.waiting.append(.init(message: message, topic: place, time: now))
        try pushCheckpoints()
    }

    /// Hands over those that wait, in their order.
    mutating func pushCheckpoints() throws {
        while let entry = checkpoints.waiting.first, gate.isOpen(entry.topic, 0) {
            let message = entry.message
            EventHeaders.write(
                event: message.kind.rawValue, identifier: message.identifier.description, source: "/\(message.sender)",
                time: entry.time, subject: message.size.map(String.init) ?? message.origin, contentType: "text/plain",
                to: &checkpoints.headers)
            do throws(KafkaError) {
                try producer.enqueue(
                    topic: entry.topic, partition: 0, key: Array(message.origin.utf8), value: message.body,
                    headers: checkpoints.headers, timestampMilliseconds: entry.time, batch: checkpoints.nextNumber,
                    isReserved: true)
            } catch {
                guard error.isQueueFull else { throw error }
                return
            }
            checkpoints.hasGone(entry)
            gate.sent(entry.topic, 0)
            checkpoints.waiting.removeFirst()
        }
    }

    /// Whether the broker has confirmed a request since the last call.
    mutating func takeConfirmedRequest() -> Bool {
        defer { checkpoints.hasConfirmedRequest = false }
        return checkpoints.hasConfirmedRequest
    }

    /// Whether the request sent last was not taken.
    var hasFailedRequest: Bool { checkpoints.hasFailedRequest }
}
