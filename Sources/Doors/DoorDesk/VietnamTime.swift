/// The time of Viet Nam, seven hours ahead of UTC all year.
public enum VietnamTime {
    private static let ahead: Int64 = 7 * 3_600

    /// yyyyMMddHHmmss, of the years 1 to 9999.
    /// - Parameter time: Unix milliseconds.
    public static func stamp(_ time: Int64) -> String {
        let seconds = floorDivide(time, 1_000) + ahead
        let days = floorDivide(seconds, 86_400)
        let second = seconds - days * 86_400
        // Years begin in March, so that the day by which they differ comes last; eras of 400 years begin on 1 March 0000.
        let day = days + 719_468
        let era = floorDivide(day, 146_097)
        let dayOfEra = day - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let month = (5 * dayOfYear + 2) / 153
        let year = yearOfEra + era * 400 + (month >= 10 ? 1 : 0)
        let date = year * 10_000 + (month >= 10 ? month - 9 : month + 3) * 100 + dayOfYear - (153 * month + 2) / 5 + 1
        let clock = second / 3_600 * 10_000 + second / 60 % 60 * 100 + second % 60
        let text = String(date * 1_000_000 + clock)
        return String(repeating: "0", count: max(0, 14 - text.utf8.count)) + text
    }

    private static func floorDivide(_ number: Int64, _ divisor: Int64) -> Int64 {
        number / divisor - (number % divisor < 0 ? 1 : 0)
    }
}
