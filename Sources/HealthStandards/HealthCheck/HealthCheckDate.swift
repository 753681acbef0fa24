import ExchangeSchema

/// A date of a health check: in which form it is written, and what it is in that of Decision 3176/QD-BYT.
struct HealthCheckDate {
    let reading: HealthCheckReadings.Dates
    /// `yyyymmdd` or `yyyymmddHHMM`.
    let text: String

    /// Nil for what has none of the forms; whether there is such a day is judged afterwards.
    ///
    /// Eight digits are `yyyymmdd` where the first four are a year from 1900 to 2100, and `ddmmyyyy` where the last four are. Both
    /// at once they are never: no month is 19, 20 or 21.
    init?(_ written: String) {
        let digits = written.utf8.allSatisfy { (0x30...0x39).contains($0) }
        switch (written.utf8.count, digits) {
        case (12, true): (reading, text) = (.decision3176, written)
        case (8, true):
            guard !Self.isDay(written), Self.isYear(written.suffix(4)) else {
                (reading, text) = (.decision3176, written)
                return
            }
            let day = written.prefix(2)
            let month = written.dropFirst(2).prefix(2)
            (reading, text) = (.dayFirst, String(written.suffix(4) + month + day))
        case (10..., false):
            guard let text = Self.iso(written) else { return nil }
            (reading, self.text) = (.iso, text)
        default: return nil
        }
    }

    private static func isDay(_ text: String) -> Bool {
        isYear(text.prefix(4)) && Int(text).flatMap { CivilDate(number: $0) } != nil
    }

    private static func isYear(_ text: Substring) -> Bool { Int(text).map { (1900...2100).contains($0) } ?? false }

    /// `yyyy-mm-dd`, or with `THH:MM` or ` HH:MM` after it, seconds or not.
    private static func iso(_ written: String) -> String? {
        let parts = written.split(maxSplits: 1, omittingEmptySubsequences: false) { $0 == "T" || $0 == " " }
        let day = parts[0].split(separator: "-", omittingEmptySubsequences: false)
        guard day.map(\.utf8.count) == [4, 2, 2], day.allSatisfy(isDigits) else { return nil }
        guard parts.count > 1 else { return day.joined() }
        let time = parts[1].split(separator: ":", omittingEmptySubsequences: false)
        guard (2...3).contains(time.count), time.allSatisfy({ $0.utf8.count == 2 && isDigits($0) }) else { return nil }
        return day.joined() + time.prefix(2).joined()
    }

    private static func isDigits(_ text: Substring) -> Bool { text.utf8.allSatisfy { (0x30...0x39).contains($0) } }
}
