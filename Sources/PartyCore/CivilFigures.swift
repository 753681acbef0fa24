/// What a party counts of what happens to people: moves, deaths, new numbers, and records that pass on because of them.
public struct CivilFigures: Sendable, Equatable, Codable {
    /// At C06: which of the changes that it has to report comes next.
    public var next: Int64 = 0
    /// Changes that C06 has reported, and that MoH has taken in, copies not counted.
    public var changes: Int64 = 0
    /// At MoH: how often something was noted of a person.
    public var people: Int64 = 0
    /// At MoH: people whose records are still to be brought up to date, by number, in the order in which they are due.
    public var due: [UInt64] = []
    /// Handovers that MoH has sent, and that localities have taken in, copies not counted.
    public var handovers: Int64 = 0
    /// Records that came to a province by a handover, by province code.
    public var received: [String: Int64] = [:]
    /// Records that a province gave away, by province code. It keeps them, marked.
    public var given: [String: Int64] = [:]

    /// Nothing has happened.
    public init() {}

    mutating func add(_ other: CivilFigures) {
        next += other.next
        changes += other.changes
        people += other.people
        due += other.due
        handovers += other.handovers
        received.merge(other.received, uniquingKeysWith: +)
        given.merge(other.given, uniquingKeysWith: +)
    }
}

extension KeyedDecodingContainer {
    /// Figures of before there were any of people have none.
    func decode(_ type: CivilFigures.Type, forKey key: Key) throws -> CivilFigures {
        try decodeIfPresent(type, forKey: key) ?? CivilFigures()
    }
}
