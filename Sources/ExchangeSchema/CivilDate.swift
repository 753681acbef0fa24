/// A day of the Gregorian calendar, held as the number yyyymmdd; parts may be unknown, as NGAY_SINH allows.
///
/// Decision 130/QD-BYT, annex, XML1 NGAY_SINH: an unknown month and day, or day, are written `00`.
public struct CivilDate: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// The number yyyymmdd; unknown parts are 0.
    public let number: Int32

    /// Year, 1000 to 9999.
    public var year: Int { Int(number) / 10_000 }

    /// Month, 1 to 12, or 0 when unknown.
    public var month: Int { Int(number) / 100 % 100 }

    /// Day of the month, 1 to 31, or 0 when unknown.
    public var day: Int { Int(number) % 100 }

    /// Whether month and day are both known.
    public var isComplete: Bool { month > 0 && day > 0 }

    /// Makes a date, or nil when there is no such day. A day without a month is no date either.
    public init?(year: Int, month: Int, day: Int) {
        guard (1000...9999).contains(year), (0...12).contains(month) else { return nil }
        guard day >= 0, day <= Self.days(inMonth: month, of: year), month > 0 || day == 0 else { return nil }
        number = Int32(year * 10_000 + month * 100 + day)
    }

    /// Makes a date from the number yyyymmdd, or nil when there is no such day.
    public init?(number: Int) {
        guard number >= 0, number <= 99_991_231 else { return nil }
        self.init(year: number / 10_000, month: number / 100 % 100, day: number % 100)
    }

    /// Days in a month of a year: 28 to 31; 0 for the unknown month 0.
    public static func days(inMonth month: Int, of year: Int) -> Int {
        switch month {
        case 1, 3, 5, 7, 8, 10, 12: 31
        case 4, 6, 9, 11: 30
        case 2: year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400)) ? 29 : 28
        default: 0
        }
    }

    /// Whether two dates agree in every part that both know.
    public func agrees(with other: CivilDate) -> Bool {
        guard year == other.year else { return false }
        guard month > 0, other.month > 0 else { return true }
        guard month == other.month else { return false }
        return day == 0 || other.day == 0 || day == other.day
    }

    /// Earlier dates come first; an unknown part sorts before every known one.
    public static func < (first: CivilDate, second: CivilDate) -> Bool { first.number < second.number }

    /// The eight digits yyyymmdd.
    public var description: String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, 8 - digits.count)) + digits
    }
}
