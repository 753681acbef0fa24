/// NGAY_VAO, NGAY_RA and their like: a day with hour and minute (12 digits), or a day alone (8 digits).
///
/// Decision 130/QD-BYT, annex. Local time of Viet Nam; the annex has no field for a time zone.
public struct VisitTime: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// The day, complete.
    public let date: CivilDate
    /// Hour and minute as the number HHMM; 0 when only the day is known.
    public let hourAndMinute: Int32
    /// Whether hour and minute were given.
    public let hasHour: Bool

    /// Reads 12 or 8 digits. Year, month and day must be known.
    public init(parsing text: String, field: String) throws(IdentifierError) {
        let rules = TimeDigits.Rules(
            length: .timeLength, digits: .timeDigits, day: .timeNoSuchDay, hour: .timeNoSuchHour)
        let digits = try TimeDigits.read(text, field: field, rules: rules)
        guard digits.date.isComplete else { throw IdentifierError(field: field, rule: .timeNoSuchDay, value: text) }
        date = digits.date
        hourAndMinute = digits.hourAndMinute
        hasHour = digits.hasHour
    }

    /// A minute of a day; nil when the day is incomplete or there is no such minute.
    public init?(date: CivilDate, hour: Int, minute: Int) {
        guard date.isComplete, (0...23).contains(hour), (0...59).contains(minute) else { return nil }
        self.date = date
        hourAndMinute = Int32(hour * 100 + minute)
        hasHour = true
    }

    /// The number yyyymmddHHMM; the hour and minute are 0 when only the day is known.
    public var number: Int64 { Int64(date.number) * 10_000 + Int64(hourAndMinute) }

    /// Hour, 0 to 23.
    public var hour: Int { Int(hourAndMinute) / 100 }

    /// Minute, 0 to 59.
    public var minute: Int { Int(hourAndMinute) % 100 }

    /// Whether this is surely earlier: where one of the two has no hour, only the days are compared.
    public func isEarlier(than other: VisitTime) -> Bool {
        hasHour && other.hasHour ? number < other.number : date < other.date
    }

    /// Orders by time; a day alone comes before its minutes.
    public static func < (first: VisitTime, second: VisitTime) -> Bool {
        first.number != second.number ? first.number < second.number : !first.hasHour && second.hasHour
    }

    /// The 12 or 8 digits.
    public var description: String {
        hasHour ? DecimalDigits.write(UInt64(number), count: 12) : date.description
    }
}
