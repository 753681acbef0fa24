import ExchangeSchema
import Topology
import Vocabulary

/// One kind of message on its way to one reader: what was sent against what was received.
public struct HopEvidence: Sendable, Codable, Equatable {
    /// The kind of message.
    public var type: String
    /// The party that reads it.
    public var reader: String
    /// Distinct messages sent.
    public var sent: Int64 = 0
    /// Of those, received.
    public var received: Int64 = 0
    /// Further copies received, which have no second effect.
    public var copies: Int64 = 0
    /// Received from somebody who keeps no journal here, as may be.
    public var outside: Int64 = 0
    /// Waiting in the sender's outbox.
    public var inOutbox: Int64 = 0
    /// Sent, not received, and perhaps on the way.
    public var underWay: Int64 = 0
    /// Received from a sender whose journal was read before it sent them: of an exchange that runs.
    public var sentSince: Int64 = 0
    /// Lost.
    public var missing: Int64 = 0
    /// Not received although nothing is pending any more.
    public var late: Int64 = 0
    /// Received and never sent.
    public var extra: Int64 = 0
    /// Received with another payload than sent.
    public var altered: Int64 = 0

    init(type: MessageType, reader: String) {
        self.type = type.name
        self.reader = reader
    }
}
