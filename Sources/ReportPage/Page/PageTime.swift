import Audit

/// Instants as people in Viet Nam read them, and beside that in UTC.
enum PageTime {
    /// Viet Nam is seven hours ahead of UTC, all year.
    private static let offset: Int64 = 7 * 3_600_000

    /// To the second: `2026-11-29 08:12:05 (+07:00; 01:12:05 UTC)`, with the date in UTC where that is another one.
    static func text(_ milliseconds: Int64) -> String { text(milliseconds, digits: 8) }

    /// To the minute.
    static func minute(_ milliseconds: Int64) -> String { text(milliseconds, digits: 5) }

    private static func text(_ milliseconds: Int64, digits: Int) -> String {
        let (local, other) = (parts(milliseconds &+ offset), parts(milliseconds))
        let date = local.date == other.date ? "" : other.date + " "
        return "\(local.date) \(local.time.prefix(digits)) (+07:00; \(date)\(other.time.prefix(digits)) UTC)"
    }

    private static func parts(_ milliseconds: Int64) -> (date: String, time: String) {
        let halves = AuditClock.text(milliseconds).split(separator: "T")
        return (String(halves.first ?? ""), String(halves.last ?? ""))
    }
}
