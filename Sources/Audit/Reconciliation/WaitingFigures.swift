/// Records without an outcome that wait at one place for one reason.
public struct WaitingFigures: Sendable, Codable, Equatable {
    /// Who holds them.
    public var party: String
    /// Why.
    public var cause: WaitingCause
    /// The message concerned; empty when it is none.
    public var type: String
    /// When the first of them came to wait there; Unix milliseconds, nil when no leaf says.
    public var since: Int64?
    /// Ages since the record was first submitted.
    public var ages: DurationFigures
    /// Ages in the classes of ``AgeClass``.
    public var histogram: [Int64]
}

/// Why a record waits.
public enum WaitingCause: String, Sendable, Codable, Comparable {
    /// An agreement is not in force.
    case agreement
    /// The message was sent, and this party has not received it.
    case notReceived
    /// The message lies in this party's outbox.
    case inOutbox
    /// This party has what it needs, and no leaf says what became of it.
    case undecided

    /// By name.
    public static func < (first: Self, second: Self) -> Bool { first.rawValue < second.rawValue }

    /// For people.
    public var text: String {
        switch self {
        case .agreement: "agreement not in force"
        case .notReceived: "sent, not yet received"
        case .inOutbox: "in the outbox"
        case .undecided: "not decided yet"
        }
    }
}
