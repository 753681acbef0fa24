public import ExchangeSchema
public import Vocabulary

/// A party's rules as a pure value: a message, the clock reading and the party's own state go in; state changes,
/// effects and a verdict come out. No clock, no random source, no file and no socket inside (architecture, decision 1).
///
/// Two hosts run the same core: a process on Kafka and SQLite, and the simulation. A core must be idempotent: a
/// message that comes again, late, or out of order has no second effect.
public protocol Party: Sendable {
    /// What the party remembers of one record.
    associatedtype Record: RecordValue

    /// Which party this is.
    var party: PartyRole { get }

    /// Handles one message.
    /// - Parameters:
    ///   - head: Its attributes; `head.record` names the only record whose state may change.
    ///   - payload: Its encoded bytes.
    ///   - turn: The party's state, books and clock reading, and where messages to send are put.
    /// - Returns: What was decided, for the journal.
    /// - Throws: ``ExchangeSchema/UnreadablePayload`` for a message that breaks the rules of its type: it goes to the
    ///   dead letters with that reason, and what the core did before stays. Anything else takes the whole batch back.
    func receive<State: PartyState>(
        _ head: MessageHead, _ payload: RawSpan, in turn: inout Turn<State>
    ) throws -> Verdict where State.Record == Record

    /// Does what the party does by itself: a facility submits visits, C06 lets go of held answers.
    /// - Parameter budget: How many messages it may send now.
    /// - Returns: Whether there is more to do at once.
    func advance<State: PartyState>(
        in turn: inout Turn<State>, budget: Int
    ) throws -> Bool where State.Record == Record

    /// Does what it is told.
    /// - Returns: What was decided, for the journal, and what the caller is told.
    /// - Throws: What the state throws; then nothing of the batch is kept.
    func obey<State: PartyState>(
        _ command: PartyCommand, in turn: inout Turn<State>
    ) throws -> CommandAnswer where State.Record == Record
}

extension Party {
    /// Most parties only answer.
    public func advance<State: PartyState>(
        in turn: inout Turn<State>, budget: Int
    ) throws -> Bool where State.Record == Record {
        false
    }

    /// A party that knows no commands.
    public func obey<State: PartyState>(
        _ command: PartyCommand, in turn: inout Turn<State>
    ) throws -> CommandAnswer where State.Record == Record {
        .notForThisParty
    }
}
