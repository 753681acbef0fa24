import ExchangeSchema
import PartyCore
public import Vocabulary

/// A topic of the exchange as a party reads it.
public struct RecordedTopic: Sendable, Equatable {
    /// Kafka name.
    public var name: String
    /// What it carries.
    public var type: MessageType

    /// Takes both.
    public init(_ name: String, carries type: MessageType) {
        self.name = name
        self.type = type
    }
}

extension TrafficRecord {
    /// The attributes of the message, read by the rules by which a party's host reads them; nil where the host gives a
    /// record to the dead letters without asking the core.
    func head(as type: MessageType) -> MessageHead? {
        guard let message = identifier("ce_id"), header("ce_type") == Array(type.eventType.utf8) else { return nil }
        var subject = RecordIdentifier(high: 0, low: 0)
        if type != .agreementSignature {
            guard let record = identifier("ce_subject") else { return nil }
            subject = record
        }
        let source = header("ce_source").flatMap { String(validating: $0, as: UTF8.self) } ?? ""
        var salt = PayloadSalt.none
        if let text = header("ce_salt") {
            guard let read = PayloadSalt(utf8: text.span.bytes) else { return nil }
            salt = read
        }
        return MessageHead(
            type: type, message: MessageIdentifier(message), record: subject, source: source, salt: salt)
    }

    /// The identifier in a header; nil when there is none.
    func identifier(_ name: String) -> RecordIdentifier? {
        header(name).flatMap { RecordIdentifier(utf8: $0.span.bytes) }
    }
}
