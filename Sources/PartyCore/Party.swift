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
    ///   - state: The party's state.
    ///   - ledger: The party's figures.
    ///   - now: The clock reading of this batch; Unix milliseconds.
    ///   - effects: Where messages to send are put.
    /// - Returns: What was decided, for the journal. `unreadable` sends the message to the dead letters.
    /// - Throws: What the state throws; then nothing of the batch is kept.
    func receive<State: PartyState>(
        _ head: MessageHead, _ payload: RawSpan, state: inout State, ledger: inout Ledger, now: Int64,
        effects: inout Effects
    ) throws -> Verdict where State.Record == Record

    /// Does what the party does by itself: a facility submits visits, C06 lets go of held answers.
    /// - Parameter budget: How many messages it may send now.
    /// - Returns: Whether there is more to do at once.
    func advance<State: PartyState>(
        state: inout State, ledger: inout Ledger, now: Int64, budget: Int, effects: inout Effects
    ) throws -> Bool where State.Record == Record
}

extension Party {
    /// Most parties only answer.
    public func advance<State: PartyState>(
        state: inout State, ledger: inout Ledger, now: Int64, budget: Int, effects: inout Effects
    ) throws -> Bool where State.Record == Record {
        false
    }
}
