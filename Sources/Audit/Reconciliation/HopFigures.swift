/// One kind of message on its way to one reader.
public struct HopFigures: Sendable, Codable, Equatable {
    /// Kind of message.
    public var type: String
    /// Topic that carries it.
    public var topic: String
    /// Who sends it.
    public var senders: [String]
    /// Who reads it.
    public var reader: String
    /// Distinct messages sent.
    public var sent: Int64 = 0
    /// Of those, received.
    public var received: Int64 = 0
    /// Of those received, refused.
    public var refused: Int64 = 0
    /// Of those received, held by an agreement and not yet answered.
    public var held: Int64 = 0
    /// Of those received, meant for another reader of the topic.
    public var notAddressed: Int64 = 0
    /// Sent and not yet received, in the sender's outbox or on the way.
    public var pending: Int64 = 0
    /// Of the pending, in the sender's outbox.
    public var inOutbox: Int64 = 0
    /// Received, with no leaf of the sender's counted: from outside, or sent after the sender's checkpoint.
    public var ahead: Int64 = 0
    /// Put into the dead letters by this reader, whatever they were about.
    public var deadLetters: Int64 = 0
    /// From the sender's clock to the reader's.
    public var latency: DurationFigures?

    /// Whether what was sent is received or pending.
    public var conserves: Bool { sent == received - ahead + pending }
}
