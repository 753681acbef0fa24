import Foundation

/// Times and days as the axis writes them: those of Viet Nam, seven hours ahead of UTC all year.
enum AxisTime {
    private static let ahead: Int64 = 7 * 3_600_000

    /// YYMMDD of a moment in Unix milliseconds.
    static func shortDay(_ time: Int64) -> String { String(digits(time).dropFirst(2).prefix(6)) }

    /// Minutes since midnight of a moment in Unix milliseconds.
    static func minuteOfDay(_ time: Int64) -> Int {
        Int(((time + ahead) % 86_400_000 + 86_400_000) % 86_400_000 / 60_000)
    }

    /// Reads ddMMyyyyHHmmss.
    /// - Returns: Unix milliseconds; nil when it is no such time.
    static func moment(_ text: String) -> Int64? {
        guard text.utf8.count == 14, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        let values = Array(text).map(String.init)
        func number(_ range: Range<Int>) -> Int { Int(values[range].joined()) ?? 0 }
        var parts = DateComponents()
        parts.day = number(0..<2)
        parts.month = number(2..<4)
        parts.year = number(4..<8)
        parts.hour = number(8..<10)
        parts.minute = number(10..<12)
        parts.second = number(12..<14)
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        parts.calendar = calendar
        guard parts.isValidDate, let date = calendar.date(from: parts) else { return nil }
        return Int64(date.timeIntervalSince1970 * 1_000) - ahead
    }

    /// Whether six digits are a day YYMMDD of this century.
    static func isShortDay(_ text: some StringProtocol) -> Bool {
        let (year, month, day) = (text.prefix(2), text.dropFirst(2).prefix(2), text.suffix(2))
        return text.utf8.count == 6 && moment("\(day)\(month)20\(year)000000") != nil
    }

    /// yyyyMMddHHmmss.
    static func stamp(_ time: Int64) -> String { String(digits(time).prefix(14)) }

    private static func digits(_ time: Int64) -> String {
        Date(timeIntervalSince1970: Double(time + ahead) / 1_000).formatted(.iso8601).filter(\.isNumber)
    }
}
