import ExchangeSchema

/// When visits are sent, and the identifiers that follow from it.
struct VisitClock {
    let start: Int64
    let perSecond: UInt64
    private let seed: UInt64
    /// Local day number of the first visit.
    let firstDay: Int
    /// Local year of the first visit.
    let firstYear: Int
    /// New Year before all stays, as a day number: they may begin some weeks before the first visit, and visits go on for a
    /// year at most.
    let newYear: Int

    /// Viet Nam is seven hours ahead of UTC, all year.
    private static let localOffset: Int64 = 7 * 3_600_000

    init(start: Int64, perSecond: UInt64, seed: UInt64) {
        self.start = start
        self.perSecond = perSecond
        self.seed = seed
        firstDay = Int((start + Self.localOffset) / 86_400_000)
        firstYear = DayNumber.yyyymmdd(firstDay) / 10_000
        newYear = DayNumber.of(year: DayNumber.yyyymmdd(firstDay - 60) / 10_000, month: 1, day: 1)
    }

    /// When a visit is sent, in milliseconds since 1970; saturates far beyond any run.
    func milliseconds(_ visit: UInt64) -> Int64 { start &+ Int64(Self.bounded(visit) * 1_000 / perSecond) }

    /// When a visit is sent, in local minutes since 1970.
    func localMinute(_ visit: UInt64) -> Int { Int((milliseconds(visit) + Self.localOffset) / 60_000) }

    /// A version 7 UUID of the visit's time; visits of the same millisecond count up in the twelve bits after it.
    func identifier(_ visit: UInt64) -> RecordIdentifier {
        let position = Self.bounded(visit) * 1_000 % perSecond / 1_000
        var draws = Draws(seed: seed, .recordIdentifier, visit)
        return RecordIdentifier(
            milliseconds: milliseconds(visit), randomHigh: position, randomLow: draws.next())
    }

    /// The visit with this identifier; nil when it is of no visit.
    func visit(_ identifier: RecordIdentifier) -> UInt64? {
        let elapsed = Int64(identifier.high >> 16) - start
        guard elapsed >= 0, elapsed <= 1 << 40 else { return nil }
        let first = (UInt64(elapsed) * perSecond + 999) / 1_000
        let visit = first + (identifier.high & 0x0FFF)
        return self.identifier(visit) == identifier ? visit : nil
    }

    /// Visits beyond 10¹⁵ share their time: the products stay within 64 bits.
    private static func bounded(_ visit: UInt64) -> UInt64 { min(visit, 1_000_000_000_000_000) }
}
