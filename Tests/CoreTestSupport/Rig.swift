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
    private var desk = TurnDesk()
    /// Its ledger.
    public var ledger: Ledger { desk.books.ledger }
    /// What it counts for itself.
    public var figures: OwnFigures { desk.books.figures }
    /// The clock; Unix milliseconds.
    public var now: Int64 = 1_000
    /// All that it sent, in order.
    public private(set) var sent: [SentMessage] = []
    /// All that it changed in its read model, in order.
    public private(set) var readModelChanges = ReadModelChanges()
    /// What people read of the party, where it is asked; it is told each change as it comes.
    public var readModel: (any ReadModel)?
    private var filledAnswers: [(command: MessageIdentifier, bytes: [UInt8])] = []
    /// Why messages went to the dead letters, in order.
    public private(set) var deadLetters: [String] = []

    /// A party that has seen nothing.
    /// - Parameter keys: Keys that it has and believes.
    public init(_ core: Core, keys: SignatoryKeys = SignatoryKeys()) {
        self.core = core
        desk.keys = keys
    }

    /// Hands a message in.
    @discardableResult
    public mutating func receive(_ message: SentMessage) throws -> Verdict {
        let core = core
        var verdict = Verdict(.unreadable)
        do {
            verdict = try desk.turn(on: &state, now: now, cause: message.head.message) {
                try core.receive(message.head, message.payload.span.bytes, in: &$0)
            }
        } catch let problem as UnreadablePayload {
            // As the engine does it.
            desk.books.ledger.deadLetters += 1
            verdict.reason = problem.reason
            deadLetters.append(problem.description)
        }
        try collect()
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
        let core = core
        let more = try desk.turn(on: &state, now: now, cause: nil) { try core.advance(in: &$0, budget: budget) }
        try collect()
        return more
    }

    /// Tells the party to do something.
    /// - Parameter identity: Equal for a repeated command.
    @discardableResult
    public mutating func obey(
        _ kind: PartyCommand.Kind, _ payload: [UInt8], identity: MessageIdentifier = .none
    ) throws -> CommandAnswer {
        let core = core
        let command = PartyCommand(kind, identity: identity, caller: 0, payload: payload)
        var answer = try desk.turn(on: &state, now: now, cause: command.identity) { try core.obey(command, in: &$0) }
        filledAnswers = []
        try collect()
        for filled in filledAnswers where filled.command == identity { answer.bytes = filled.bytes }
        return answer
    }

    /// Takes what was sent since the last call.
    public mutating func takeSent() -> [SentMessage] {
        defer { sent = [] }
        return sent
    }

    private mutating func collect() throws {
        if let readModel { try desk.effects.answerQuestions { try readModel.answer($0, after: $1) } }
        filledAnswers = desk.effects.filledAnswers
        let changes = desk.effects.readModelChanges
        readModel?.apply(changes)
        for change in changes.changes {
            readModelChanges.append(
                change.kind, subject: change.subject, record: change.record, revision: change.revision,
                time: change.time, content: changes.content(of: change))
        }
        sent += desk.effects.messages.map { SentMessage($0, in: desk.effects.arena, from: core.party) }
        desk.effects.removeAll()
        guard ledger.conserves else { throw BrokenLedger(description: "\(core.party): \(ledger)") }
    }

    /// Counts the rows and compares them with the ledger.
    public func checkRows() throws {
        let rows = state.countByPhase
        let pending = rows[.pending, default: 0] + rows[.held, default: 0]
        guard rows[.shared, default: 0] == ledger.shared, rows[.refused, default: 0] == ledger.refused,
            pending == ledger.pending, rows[.held, default: 0] == ledger.held,
            rows[.withdrawn, default: 0] == ledger.withdrawn
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
