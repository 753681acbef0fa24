/// A message that could not be read, on its way to the dead letters as it came, with headers that say why.
public struct DeadLetter: Sendable, Equatable {
    /// The dead-letter topic.
    public var topic: String
    /// The key, if it had one.
    public var key: [UInt8]?
    /// The value, if it had one.
    public var value: [UInt8]?
    /// Its own headers, and those that give the reason.
    public var headers: [DeadLetterHeader]

    /// Takes all parts.
    public init(topic: String, key: [UInt8]?, value: [UInt8]?, headers: [DeadLetterHeader]) {
        self.topic = topic
        self.key = key
        self.value = value
        self.headers = headers
    }
}

/// One header of a dead letter.
public struct DeadLetterHeader: Sendable, Equatable {
    /// Its name.
    public var name: String
    /// Its bytes.
    public var value: [UInt8]

    /// Takes both.
    public init(_ name: String, _ value: [UInt8]) {
        self.name = name
        self.value = value
    }
}

/// What one batch sends, as it waits in the outbox until the broker has confirmed all of it.
public struct OutboxChunk: Sendable {
    /// Number of the chunk: grows, never used twice.
    public var number: Int64
    /// Clock reading of the batch; Unix milliseconds.
    public var time: Int64
    /// Journal number of the first message; the others follow without gaps.
    public var firstSequence: Int64
    /// The messages, pointing into the arena.
    public var messages: [OutgoingMessage]
    /// Their bytes.
    public var arena: [UInt8]
    /// Dead letters, sent after the messages.
    public var deadLetters: [DeadLetter]

    /// Takes all parts.
    public init(
        number: Int64, time: Int64, firstSequence: Int64, messages: [OutgoingMessage], arena: [UInt8],
        deadLetters: [DeadLetter]
    ) {
        self.number = number
        self.time = time
        self.firstSequence = firstSequence
        self.messages = messages
        self.arena = arena
        self.deadLetters = deadLetters
    }

    /// How many Kafka records it becomes.
    public var count: Int { messages.count + deadLetters.count }
}
