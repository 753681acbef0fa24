public import ExchangeSchema
public import PartyCore
public import Vocabulary

/// A message as a receiver sees it.
public struct SentMessage: Sendable, Equatable {
    /// Its attributes.
    public var head: MessageHead
    /// The message that caused it.
    public var cause: MessageIdentifier?
    /// The partition key.
    public var key: String
    /// Its bytes.
    public var payload: [UInt8]

    /// A message about a revision of a record, as a party sends it.
    public init(_ message: some ExchangeMessage, _ record: RecordIdentifier, revision: UInt32 = 1, source: String = "")
    {
        let type = type(of: message).messageType
        head = MessageHead(
            type: type, message: MessageIdentifier(type, record: record, revision: revision), record: record,
            source: source)
        key = record.description
        payload = message.encoded
    }

    /// The bytes `FF FF` under the head of a message of some type.
    public init(unreadable type: MessageType, _ record: RecordIdentifier, revision: UInt32 = 1, source: String = "") {
        head = MessageHead(
            type: type, message: MessageIdentifier(type, record: record, revision: revision), record: record,
            source: source)
        key = record.description
        payload = [0xFF, 0xFF]
    }

    init(_ message: OutgoingMessage, in arena: [UInt8], from party: PartyRole) {
        head = MessageHead(
            type: message.type, message: message.message, record: message.record,
            source: party.eventSource + String(decoding: arena[message.source], as: UTF8.self))
        cause = message.cause
        key = String(decoding: arena[message.key], as: UTF8.self)
        payload = Array(arena[message.payload])
    }

    /// The message in its own type.
    public func decoded<Message: ExchangeMessage>(as type: Message.Type = Message.self) throws -> Message {
        try Message(decoding: payload)
    }
}

/// The conservation law was broken, or the rows and the ledger disagree.
public struct BrokenLedger: Error, CustomStringConvertible {
    /// What does not add up.
    public var description: String
}

/// Runs one core in memory and checks the conservation law after every single message.
public struct Rig<Core: Party> {
    /// The rules under test.
    public let core: Core
    /// Its state.
    public var state = MemoryState<Core.Record>()
    /// Its figures.
    public var ledger = Ledger()
    /// The clock; Unix milliseconds.
    public var now: Int64 = 1_000
    /// All that it sent, in order.
    public private(set) var sent: [SentMessage] = []

    /// A party that has seen nothing.
    public init(_ core: Core) { self.core = core }

    /// Hands a message in.
    @discardableResult
    public mutating func receive(_ message: SentMessage) throws -> Verdict {
        var effects = Effects()
        effects.cause = message.head.message
        let verdict = try core.receive(
            message.head, message.payload.span.bytes, state: &state, ledger: &ledger, now: now, effects: &effects)
        try collect(effects)
        return verdict
    }

    /// Hands a message in that any party may have sent.
    @discardableResult
    public mutating func receive(
        _ message: some ExchangeMessage, _ record: RecordIdentifier, revision: UInt32 = 1, source: String = ""
    ) throws -> Verdict {
        try receive(SentMessage(message, record, revision: revision, source: source))
    }

    /// Lets the party act by itself.
    @discardableResult
    public mutating func advance(budget: Int = 1_000) throws -> Bool {
        var effects = Effects()
        let more = try core.advance(state: &state, ledger: &ledger, now: now, budget: budget, effects: &effects)
        try collect(effects)
        return more
    }

    /// Takes what was sent since the last call.
    public mutating func takeSent() -> [SentMessage] {
        defer { sent = [] }
        return sent
    }

    private mutating func collect(_ effects: Effects) throws {
        sent += effects.messages.map { SentMessage($0, in: effects.arena, from: core.party) }
        guard ledger.conserves else { throw BrokenLedger(description: "\(core.party): \(ledger)") }
    }

    /// Counts the rows and compares them with the ledger.
    public func checkRows() throws {
        let rows = state.countByPhase
        let pending = rows[.pending, default: 0] + rows[.held, default: 0]
        guard rows[.shared, default: 0] == ledger.shared, rows[.refused, default: 0] == ledger.refused,
            pending == ledger.pending, rows[.held, default: 0] == ledger.held
        else { throw BrokenLedger(description: "\(core.party): rows \(rows), ledger \(ledger)") }
    }
}

extension Ledger {
    /// The figures that copies and late messages must not change.
    public var withoutNoise: Ledger {
        var ledger = self
        ledger.duplicatesIgnored = 0
        ledger.staleIgnored = 0
        ledger.deadLetters = 0
        return ledger
    }
}
