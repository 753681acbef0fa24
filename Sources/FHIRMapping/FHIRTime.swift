import ExchangeSchema

/// Times of Decision 130 (`yyyyMMddHHmm`, `yyyyMMdd`, Viet Nam's time) as FHIR's `dateTime` and `date`, and back.
enum FHIRTime {
    /// - Returns: Nil for what would not come back as it was written.
    static func dateTime(_ written: String) -> String? {
        guard let time = try? VisitTime(parsing: written, field: "") else { return nil }
        let day = day(time.date)
        return time.hasHour ? "\(day)T\(two(time.hour)):\(two(time.minute)):00+07:00" : day
    }

    /// The field of a `dateTime`: in Viet Nam's time, whichever zone it came in, and to the minute, which is all that the field
    /// can say.
    /// - Returns: Nil where it is no such time, or lacks a day or a zone.
    static func written(_ dateTime: String) -> String? {
        guard dateTime.utf8.count > 10 else {
            return digits(of: dateTime[...]).flatMap { try? VisitTime(parsing: $0, field: "") }?.description
        }
        let zone = dateTime.utf8.dropFirst(11)
        guard zone.contains(where: { [0x5A, 0x2B, 0x2D].contains($0) }), dateTime.dropFirst(10).first == "T",
            let moment = WrittenTime.milliseconds(dateTime)
        else { return nil }
        let local = FHIRInstant.text(moment + 7 * 3_600_000).utf8.prefix(16).filter { $0 &- 0x30 < 10 }
        return (try? VisitTime(parsing: String(decoding: local, as: UTF8.self), field: ""))?.description
    }

    /// A birth date: unknown parts are zeros in the field and left out in FHIR.
    /// - Returns: Nil for what has an hour, or is no date.
    static func birthDate(_ written: String) -> String? {
        let digits = Array(written.utf8)
        guard digits.count == 8 || digits.count == 12, digits.allSatisfy({ $0 &- 0x30 < 10 }) else { return nil }
        guard digits[8...].allSatisfy({ $0 == 0x30 }),
            let date = Int(written.prefix(8)).flatMap({ CivilDate(number: $0) })
        else {
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

    private static func digits(of day: Substring) -> String? {
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
