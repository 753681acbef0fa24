/// What is to be done within a time. No topology sets a time of its own; these are the documented ones that leaves can
/// show. What the public texts ask besides (feedback on sums within 48 hours, the automatic review within 7 working days)
/// does not cross the route of a record, and is not judged here.
public enum ServiceLevel: String, Sendable, Codable, CaseIterable {
    /// A record that is sent is in the book, or returned with a reason, within 24 hours.
    case answer
    /// What is sent to VSS is taken in and answered within 24 hours.
    case insuranceReply
    /// A record that was returned is sent again, or withdrawn, within two working days.
    case correction

    /// Where the time comes from.
    public var source: String {
        switch self {
        case .answer:
            "“sống” of Decision 1551/QD-BYT (24 hours); counted from sending, for no leaf names the discharge: "
                + "simulator-defined"
        case .insuranceReply: "Circular 12/2026/TT-BTC, as restated (24 hours)"
        case .correction: "Circular 12/2026/TT-BTC, as restated (2 working days; public holidays are not known here)"
        }
    }

    /// When something that began at a time is due; both Unix milliseconds.
    public func due(_ start: Int64) -> Int64 {
        switch self {
        case .answer, .insuranceReply: start &+ WorkingDays.day
        case .correction: WorkingDays.due(start, days: 2)
        }
    }
}

/// How a service level was kept.
public struct ServiceFigures: Sendable, Codable, Equatable {
    /// Which.
    public var level: ServiceLevel
    /// How often it applied.
    public var judged: Int64 = 0
    /// Of those, done too late, or due and still not done.
    public var broken: Int64 = 0
    /// Of the broken, not done yet.
    public var open: Int64 = 0
    /// When the first of the broken was due; Unix milliseconds, nil for none.
    public var since: Int64?

    /// A level that has not applied yet.
    public init(_ level: ServiceLevel) { self.level = level }

    /// Takes one case.
    /// - Parameters:
    ///   - start: When it began; Unix milliseconds.
    ///   - end: When it was done; nil for not yet.
    ///   - now: When it is looked at.
    public mutating func note(from start: Int64, to end: Int64?, now: Int64) {
        judged += 1
        let due = level.due(start)
        guard (end ?? now) > due else { return }
        broken += 1
        open += end == nil ? 1 : 0
        since = min(since ?? due, due)
    }
}

/// Days on which offices work in Viet Nam: all but Saturdays and Sundays. A calendar of public holidays is not kept.
enum WorkingDays {
    /// A day in milliseconds.
    static let day: Int64 = 86_400_000
    /// Viet Nam is seven hours ahead of UTC, all year.
    private static let offset: Int64 = 7 * 3_600_000

    /// The same time of day, so many working days later.
    static func due(_ start: Int64, days: Int) -> Int64 {
        var (due, left) = (start, days)
        while left > 0 {
            due &+= day
            if !isWeekend(due) { left -= 1 }
        }
        return due
    }

    /// 1 January 1970 was a Thursday.
    private static func isWeekend(_ time: Int64) -> Bool {
        let weekday = ((time &+ offset) / day + 4) % 7
        return weekday == 0 || weekday == 6
    }
}
