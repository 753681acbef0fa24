import ExchangeSchema

/// How a value is built, by the descriptions in the annex of Decision 4750. Dates are written in digits alone.
public enum FieldShape: String, Sendable {
    /// Nothing beyond kind and length.
    case plain
    /// A whole number from 1 (STT).
    case ordinal
    /// `yyyymmdd`.
    case day
    /// One or more `yyyymmdd`, joined by `;` (GT_THE_TU, GT_THE_DEN, NGAY_TAI_KHAM).
    case days
    /// `yyyymmddHHMM`.
    case moment
    /// `yyyymmdd` or `yyyymmddHHMM` (NGAY_MIEN_CCT).
    case dayOrMoment
    /// `yyyymmddHHMM` of a birth: unknown month, day, hour and minute are written `00` (NGAY_SINH).
    case birth

    /// The form as a person reads it in an error.
    public var form: String {
        switch self {
        case .plain: "text"
        case .ordinal: "whole number from 1"
        case .day: "yyyymmdd"
        case .days: "yyyymmdd, or several joined by \";\""
        case .moment: "yyyymmddHHMM"
        case .dayOrMoment: "yyyymmdd or yyyymmddHHMM"
        case .birth: "yyyymmddHHMM with unknown parts 00"
        }
    }

    /// Whether the value has this shape and names a day and time that exist.
    public func accepts(_ value: String) -> Bool {
        switch self {
        case .plain: true
        case .ordinal: value.utf8.allSatisfy { (0x30...0x39).contains($0) } && value.utf8.contains { $0 != 0x30 }
        case .day: Self.isDay(value[...], partly: false)
        case .days:
            value.utf8.count < 1_000
                && value.split(separator: ";", omittingEmptySubsequences: false)
                    .allSatisfy { Self.isDay($0, partly: false) }
        case .moment: Self.isMoment(value, partly: false)
        case .dayOrMoment: Self.isDay(value[...], partly: false) || Self.isMoment(value, partly: false)
        case .birth: Self.isMoment(value, partly: true)
        }
    }

    private static func isDay(_ text: Substring, partly: Bool) -> Bool {
        guard text.utf8.count == 8, let number = digits(text.utf8), let date = CivilDate(number: number) else {
            return false
        }
        return partly || date.isComplete
    }

    private static func isMoment(_ text: String, partly: Bool) -> Bool {
        guard text.utf8.count == 12, let number = digits(text.utf8[...]) else { return false }
        guard let date = CivilDate(number: number / 10_000), partly || date.isComplete else { return false }
        return number / 100 % 100 < 24 && number % 100 < 60
    }

    private static func digits(_ bytes: Substring.UTF8View) -> Int? {
        var number = 0
        for byte in bytes {
            guard (0x30...0x39).contains(byte) else { return nil }
            number = number * 10 + Int(byte - 0x30)
        }
        return number
    }
}
