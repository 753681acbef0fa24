public import ExchangeSchema

/// What a party decided about one message. The raw value is what the journal stores.
public enum Decision: UInt8, Sendable, CaseIterable {
    /// Taken in; the record moved on.
    case accepted = 1
    /// Taken in; the record was refused.
    case refused = 2
    /// A copy of what was taken in before: no effect.
    case duplicate = 3
    /// About a revision that is no longer the current one: no effect.
    case stale = 4
    /// About a record that this party never received: no effect.
    case unknownRecord = 5
    /// Taken in; the answer waits for an agreement.
    case held = 6
    /// The bytes are not the message that the attributes say: to the dead letters.
    case unreadable = 7
    /// Meant for someone else on the same topic: no effect.
    case notAddressed = 8
    /// Sent by this party.
    case sent = 9
    /// Seen on its topic by the auditor, which takes no part.
    case observed = 10
    /// What a person did: looked, exported, erased, put back.
    case looked = 11
    /// The party signs with another key from here on.
    case keyChanged = 12
    /// Of a party of several instances: handed on once already, and not to this one. To the dead letters.
    case headless = 13
    /// A command, done as told.
    case obeyed = 14
    /// Taken in; the record is taken back.
    case withdrawn = 15
    /// Messages that no party of the topology sent, one leaf for a run of them (``StrayRun``): to the dead letters.
    case stray = 16
    /// What is stored about a record has changed by something that was about another, or about none. The leaf's message is
    /// the record's own identifier.
    case changed = 17
}

/// A decision with its reason.
public struct Verdict: Sendable, Equatable {
    /// What was decided.
    public var decision: Decision
    /// Why, when something was refused.
    public var reason: ReasonCode?

    /// A decision, with a reason where one is due.
    public init(_ decision: Decision, _ reason: ReasonCode? = nil) {
        self.decision = decision
        self.reason = reason
    }
}
