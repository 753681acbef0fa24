import ExchangeSchema

/// Days and minutes as people and SQLite's date functions write them: `2026-11-28`, `2026-11-28 09:20`.
enum WrittenMoment {
    /// Of a field of 12 or 8 digits; empty for one that holds neither.
    static func text(_ field: String) -> String {
        guard let time = try? VisitTime(parsing: field, field: "") else { return "" }
        return text(time)
    }

    static func text(_ time: VisitTime) -> String {
        time.hasHour ? text(time.date) + " " + digits(time.hour, 2) + ":" + digits(time.minute, 2) : text(time.date)
    }

    /// Unknown parts are `00`, as NGAY_SINH writes them.
    static func text(_ date: CivilDate) -> String {
        digits(date.year, 4) + "-" + digits(date.month, 2) + "-" + digits(date.day, 2)
    }

    /// Local minutes since 1970 of a text that this wrote; a day without hour counts as its first minute. Nil where it is none.
    static func localMinute(_ text: String) -> Int64? {
        let field = text.filter { $0.isWholeNumber }
        guard let time = try? VisitTime(parsing: field, field: ""), self.text(time) == text else { return nil }
        return LocalMinute.of(time)
    }

    private static func digits(_ number: Int, _ count: Int) -> String {
        let text = String(number)
        return text.utf8.count >= count ? text : String(repeating: "0", count: count - text.utf8.count) + text
    }
}
