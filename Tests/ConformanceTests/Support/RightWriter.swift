import ExchangeSchema
import KafkaClient
import Vocabulary

@testable import Conformance

/// Writes what is expected as a party would that makes no mistake.
enum RightWriter {
    static let partitions = 4

    static func record(_ expectation: Expectation) -> TrafficRecord {
        switch expectation.content {
        case .message(let message): record(message)
        case .deadLetter(let message, let topic):
            TrafficRecord(
                topic: topic, partition: 0, offset: 0, timestamp: 0, key: message.key, value: message.value,
                headers: message.headers + [TrafficHeader("dlt_reason", Array("it is none".utf8))])
        }
    }

    static func record(_ message: ExpectedMessage) -> TrafficRecord {
        var sink = HeaderList()
        EventHeaders.write(
            event: message.type.eventType,
            identifier: MessageIdentifier(
                message.type, about: "\(message.subject)|\(message.payload.count)|\(message.topic)"
            ).description,
            source: message.source, time: 1_790_000_000_000, subject: message.subject.description, to: &sink)
        return TrafficRecord(
            topic: message.topic, partition: murmur2Partition(key: message.key, count: Int32(partitions)), offset: 0,
            timestamp: 0, key: message.key, value: message.payload, headers: sink.headers)
    }
}

extension TrafficRecord {
    func without(_ name: String) -> TrafficRecord {
        var record = self
        record.headers.removeAll { $0.name == name }
        return record
    }

    func with(_ name: String, _ text: String) -> TrafficRecord {
        var record = without(name)
        record.headers.append(TrafficHeader(name, Array(text.utf8)))
        return record
    }

    func carrying(_ value: [UInt8]?) -> TrafficRecord {
        var record = self
        record.value = value
        return record
    }
}
