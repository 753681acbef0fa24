import ExchangeSchema
import Journal
import KafkaClient

/// Deliveries of checkpoint messages, which belong to no outbox chunk.
struct CheckpointDeliveries {
    /// Batch numbers that no chunk ever has.
    static let requests = UInt(Int64.max)
    static let others = UInt(Int64.max) - 1

    var inFlight = 0
    var hasConfirmedRequest = false
    var hasFailedRequest = false
    var headers = HeaderBlock(names: EventHeaders.names)

    /// Takes a report if it is one of these.
    mutating func take(_ report: BatchReport) -> Bool {
        guard report.batch == Self.requests || report.batch == Self.others else { return false }
        inFlight -= report.delivered + report.failed
        if report.batch == Self.requests {
            if report.delivered > 0 { (hasConfirmedRequest, hasFailedRequest) = (true, false) }
            if report.failed > 0 { hasFailedRequest = true }
        }
        return true
    }
}

extension Publisher {
    /// Sends a checkpoint message; waits while the queue is full.
    mutating func send(_ message: CheckpointMessage, to topic: String, now: Int64) throws {
        guard let place = producer.topics.firstIndex(of: topic) else { return }
        checkpoints.headers.clear()
        checkpoints.headers.set(0, to: EventHeaders.specificationVersion)
        checkpoints.headers.set(1, to: message.identifier.description)
        checkpoints.headers.set(2, to: "/\(message.sender)")
        checkpoints.headers.set(3, to: message.kind.rawValue)
        checkpoints.headers.write(4) { EventHeaders.appendTime(now, to: &$0) }
        checkpoints.headers.set(5, to: message.size.map(String.init) ?? message.origin)
        checkpoints.headers.set(8, to: "text/plain")
        let isRequest = message.kind == .checkpoint
        if isRequest { checkpoints.hasFailedRequest = false }
        while true {
            do {
                try producer.enqueue(
                    topic: place, partition: 0, key: Array(message.origin.utf8), value: message.body,
                    headers: checkpoints.headers, timestampMilliseconds: now,
                    batch: isRequest ? CheckpointDeliveries.requests : CheckpointDeliveries.others)
                checkpoints.inFlight += 1
                return
            } catch {
                guard error.isQueueFull else { throw error }
                serve(timeoutMilliseconds: 10)
            }
        }
    }

    /// Whether the broker has confirmed a request since the last call.
    mutating func takeConfirmedRequest() -> Bool {
        defer { checkpoints.hasConfirmedRequest = false }
        return checkpoints.hasConfirmedRequest
    }

    /// Whether nothing is on its way to the broker.
    var isEverythingReported: Bool { producer.outstanding == 0 }

    /// Whether the request sent last was not taken.
    var hasFailedRequest: Bool { checkpoints.hasFailedRequest }
}
