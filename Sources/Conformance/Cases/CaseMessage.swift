package import ExchangeSchema
package import Vocabulary

/// A record that the kit writes in the name of one of the others.
package struct CaseMessage: Sendable, Equatable {
    /// What its topic carries; nil for a record of the audit's topics, which no rule of a party reads.
    package var type: MessageType?
    /// Where it goes.
    package var topic: String
    /// What it is about, whatever its headers say.
    package var subject: RecordIdentifier
    /// The partition key.
    package var key: [UInt8]
    /// The payload.
    package var value: [UInt8]
    /// Its headers, in their order.
    package var headers: [TrafficHeader]

    /// The text of a header; nil when it has none.
    func text(_ attribute: EventAttribute) -> String? {
        headers.first { $0.name == attribute.header }.map { String(decoding: $0.value, as: UTF8.self) }
    }

    /// The same without a header.
    func without(_ attribute: EventAttribute) -> CaseMessage {
        var message = self
        message.headers.removeAll { $0.name == attribute.header }
        return message
    }

    /// The same with another text in a header.
    func with(_ attribute: EventAttribute, _ text: String) -> CaseMessage {
        var message = without(attribute)
        message.headers.append(TrafficHeader(attribute.header, Array(text.utf8)))
        return message
    }

    /// The same with other bytes in place of the payload.
    func carrying(_ bytes: [UInt8]) -> CaseMessage {
        var message = self
        message.value = bytes
        return message
    }

    /// As a reader finds it.
    var record: TrafficRecord {
        TrafficRecord(
            topic: topic, partition: 0, offset: 0, timestamp: -1, key: key, value: value, headers: headers)
    }
}
