/// A clock reading as FHIR's `instant` (FHIR R4, "Primitive Types"): to the millisecond, in UTC, years 0001 to 9999.
public enum FHIRInstant {
    private static let earliest: Int64 = -62_135_596_800_000
    private static let latest: Int64 = 253_402_300_799_999

    /// - Parameter milliseconds: Unix time; what is beyond the years that can be written becomes the nearest that can.
    public static func text(_ milliseconds: Int64) -> String {
        let time = min(max(milliseconds, earliest), latest) - earliest
        let (days, rest) = time.quotientAndRemainder(dividingBy: 86_400_000)
        // Counted from 1 March of the year 0, so that the leap day is the last of a year.
        let shifted = days + 306
        let era = shifted / 146_097
        let day = shifted % 146_097
        let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365
        let dayOfYear = day - (365 * year + year / 4 - year / 100)
        let month = (5 * dayOfYear + 2) / 153
        let dayOfMonth = dayOfYear - (153 * month + 2) / 5 + 1
        let isNextYear = month >= 10
        let date = (era * 400 + year + (isNextYear ? 1 : 0), isNextYear ? month - 9 : month + 3, dayOfMonth)
        return "\(digits(date.0, 4))-\(digits(date.1, 2))-\(digits(date.2, 2))T\(digits(rest / 3_600_000, 2)):"
            + "\(digits(rest / 60_000 % 60, 2)):\(digits(rest / 1_000 % 60, 2)).\(digits(rest % 1_000, 3))Z"
    }

    private static func digits(_ value: Int64, _ count: Int) -> String {
        let text = String(value)
        return String(repeating: "0", count: max(0, count - text.utf8.count)) + text
    }
}
