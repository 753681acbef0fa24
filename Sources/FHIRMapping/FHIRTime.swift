import ExchangeSchema

/// Times of Decision 130 (`yyyyMMddHHmm`, `yyyyMMdd`, Viet Nam's time) as FHIR's `dateTime` and `date`, and back.
enum FHIRTime {
    /// - Returns: Nil for what would not come back as it was written.
    static func dateTime(_ written: String) -> String? {
        guard let time = try? VisitTime(parsing: written, field: "") else { return nil }
        let day = day(time.date)
        return time.hasHour ? "\(day)T\(two(time.hour)):\(two(time.minute)):00+07:00" : day
    }

    /// - Returns: Nil where it is no such time, or one of another zone or with seconds, which the field cannot say.
    static func written(_ dateTime: String) -> String? {
        let parts = dateTime.split(separator: "T", omittingEmptySubsequences: false)
        guard let first = parts.first, let day = digits(of: first, 8) else { return nil }
        if parts.count == 1 { return (try? VisitTime(parsing: day, field: ""))?.description }
        guard parts.count == 2, parts[1].hasSuffix("+07:00") else { return nil }
        let clock = parts[1].dropLast(6).split(separator: ":", omittingEmptySubsequences: false)
        guard clock.count == 3, clock[0].count == 2, clock[1].count == 2,
            clock[2] == "00" || (clock[2].hasPrefix("00.") && clock[2].dropFirst(3).allSatisfy({ $0 == "0" }))
        else { return nil }
        return (try? VisitTime(parsing: day + clock[0] + clock[1], field: ""))?.description
    }

    /// A birth date: unknown parts are zeros in the field and left out in FHIR.
    /// - Returns: Nil for what has an hour, or is no date.
    static func birthDate(_ written: String) -> String? {
        let digits = Array(written.utf8)
        guard digits.count == 8 || digits.count == 12, digits.allSatisfy({ $0 &- 0x30 < 10 }) else { return nil }
        guard digits[8...].allSatisfy({ $0 == 0x30 }), let date = Int(written.prefix(8)).flatMap({ CivilDate(number: $0) }) else {
            return nil
        }
        if date.month == 0 { return date.day == 0 ? four(date.year) : nil }
        return date.day == 0 ? "\(four(date.year))-\(two(date.month))" : day(date)
    }

    /// The field of a birth date, 12 digits.
    static func writtenBirthDate(_ date: String) -> String? {
        let parts = date.split(separator: "-", omittingEmptySubsequences: false)
        guard (1...3).contains(parts.count), parts[0].count == 4, parts.dropFirst().allSatisfy({ $0.count == 2 }),
            parts.joined().utf8.allSatisfy({ $0 &- 0x30 < 10 })
        else { return nil }
        let text = parts.joined() + String(repeating: "00", count: 3 - parts.count)
        return Int(text).flatMap { CivilDate(number: $0) } == nil ? nil : text + "0000"
    }

    private static func digits(of day: Substring, _ count: Int) -> String? {
        let parts = day.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0].count == 4, parts[1].count == 2, parts[2].count == 2 else { return nil }
        return parts.joined()
    }

    private static func day(_ date: CivilDate) -> String { "\(four(date.year))-\(two(date.month))-\(two(date.day))" }
    private static func two(_ value: Int) -> String { (value < 10 ? "0" : "") + String(value) }
    private static func four(_ value: Int) -> String {
        String(repeating: "0", count: max(0, 4 - String(value).count)) + String(value)
    }
}
