/// When VSS must have spoken of a visit that it has taken in: of sums that do not agree within 48 hours, of the automatic
/// review within 7 working days (Circular 48/2017, Circular 12/2026/TT-BTC, as restated). Of working days Saturdays and
/// Sundays are left out; a calendar of public holidays is not kept.
enum FeedbackDeadline {
    private static let day: Int64 = 86_400_000
    /// Viet Nam is seven hours ahead of UTC, all year.
    private static let offset: Int64 = 7 * 3_600_000

    /// - Parameter time: When the visit was assessed; Unix milliseconds.
    static func summary(of time: Int64) -> Int64 { time + 2 * day }

    /// - Parameter time: When the visit was assessed; Unix milliseconds.
    static func review(of time: Int64) -> Int64 {
        var due = time
        var left = 7
        while left > 0 {
            due += day
            if !isWeekend(due) { left -= 1 }
        }
        return due
    }

    /// 1 January 1970 was a Thursday.
    private static func isWeekend(_ time: Int64) -> Bool {
        let weekday = ((time + offset) / day + 4) % 7
        return weekday == 0 || weekday == 6
    }
}
