import ExchangeSchema

/// Minutes of Viet Nam's clock, which is seven hours ahead of UTC all year, and what they are in Unix time.
enum LocalMinute {
    private static let ahead: Int64 = 7 * 60

    /// Minutes since 1970-01-01 00:00 local time; a day without hour counts as its first minute.
    static func of(_ time: VisitTime) -> Int64 {
        days(time.date) * 1_440 + Int64(time.hour * 60 + time.minute)
    }

    /// Local minutes of Unix milliseconds.
    static func of(unixMilliseconds: Int64) -> Int64 {
        let minutes = unixMilliseconds / 60_000
        return (unixMilliseconds % 60_000 < 0 ? minutes - 1 : minutes) + ahead
    }

    /// Days since 1970-01-01 of a complete date (proleptic Gregorian; Hinnant, "chrono-compatible low-level date
    /// algorithms").
    static func days(_ date: CivilDate) -> Int64 {
        let year = Int64(date.month <= 2 ? date.year - 1 : date.year)
        let era = year / 400
        let yearOfEra = year - era * 400
        let month = Int64(date.month)
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + Int64(date.day) - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }
}
