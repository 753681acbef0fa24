import ExchangeSchema
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
    /// The attributes of the message, read as a party's host reads them; nil where the host gives a record to the dead
    /// letters without asking the core.
    func head(as type: MessageType) -> MessageHead? { try? MessageHead(self, record: 0, carrying: type) }

    /// The identifier in a header; nil when there is none.
    func identifier(_ attribute: EventAttribute) -> RecordIdentifier? { identifier(attribute, ofRecord: 0) }
}
