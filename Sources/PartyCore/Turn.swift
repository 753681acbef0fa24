public import ExchangeSchema

/// One turn of a core: the party's state, its books, what it sends, and the clock reading, while it handles one message
/// or acts by itself.
///
/// A turn lends what it holds and owns none of it: it is two addresses, so that nothing is moved or counted for a
/// message. It cannot be copied, and ``TurnDesk/turn(on:now:cause:_:)``, which alone makes one, ends before what it lends
/// does.
public struct Turn<State: PartyState>: ~Copyable {
    @usableFromInline let lentState: UnsafeMutablePointer<State>
    @usableFromInline let lentDesk: UnsafeMutablePointer<TurnDesk>
    /// The clock reading of the batch; Unix milliseconds.
    public let now: Int64

    @usableFromInline
    init(state: UnsafeMutablePointer<State>, desk: UnsafeMutablePointer<TurnDesk>, now: Int64) {
        lentState = state
        lentDesk = desk
        self.now = now
    }

    /// The party's records, and what it keeps for later.
    public var state: State {
        @inlinable get { lentState.pointee }
        @inlinable _modify { yield &lentState.pointee }
    }

    /// The law.
    public var ledger: Ledger {
        @inlinable get { lentDesk.pointee.books.ledger }
        @inlinable _modify { yield &lentDesk.pointee.books.ledger }
    }

    /// What the party counts for itself.
    public var figures: OwnFigures {
        @inlinable get { lentDesk.pointee.books.figures }
        @inlinable _modify { yield &lentDesk.pointee.books.figures }
    }

    /// Messages to send.
    public var effects: Effects {
        @inlinable get { lentDesk.pointee.effects }
        @inlinable _modify { yield &lentDesk.pointee.effects }
    }

    /// Number of the leaf that the command gets which is being handled, or the first statement that it brings; says nothing
    /// while a message is handled.
    public var nextLeaf: Int64 { @inlinable get { lentDesk.pointee.nextLeaf } }

    /// The keys with which signatures are checked and made.
    public var keys: SignatoryKeys { @inlinable get { lentDesk.pointee.keys } }

    /// The message or command being handled, which causes what is sent now; nil when the party acts by itself.
    public var cause: MessageIdentifier? {
        @inlinable get { lentDesk.pointee.effects.cause }
        @inlinable set { lentDesk.pointee.effects.cause = newValue }
    }
}

/// What lies on a party's desk over a whole batch: its books and what it sends.
public struct TurnDesk: Sendable {
    /// Ledger and figures.
    public var books: PartyBooks
    /// What is to be sent.
    public var effects = Effects()
    /// Keys that the party has and believes.
    public var keys = SignatoryKeys()
    /// Number of the next leaf, set before a command is handled.
    public var nextLeaf: Int64 = 0

    /// A desk with the books as they were saved.
    public init(books: PartyBooks = PartyBooks()) { self.books = books }

    /// Takes one turn.
    /// - Parameter cause: What is being handled; nil when the party acts by itself.
    @inlinable
    public mutating func turn<State: PartyState, Result>(
        on state: inout State, now: Int64, cause: MessageIdentifier?, _ body: (inout Turn<State>) throws -> Result
    ) rethrows -> Result {
        effects.cause = cause
        return try withUnsafeMutablePointer(to: &self) { desk in
            try withUnsafeMutablePointer(to: &state) { state in
                var turn = Turn(state: state, desk: desk, now: now)
                return try body(&turn)
            }
        }
    }
}
