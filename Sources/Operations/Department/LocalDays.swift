import Foundation

/// Days and months of Viet Nam's clock, which is seven hours ahead of UTC all year, as spans of Unix milliseconds.
enum LocalDays {
    private static var calendar: Calendar {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = TimeZone(secondsFromGMT: 7 * 3_600) ?? .gmt
        return calendar
    }

    /// The day on which a moment lies, as `2026-11-29`.
    static func day(of date: Date) -> String {
        let parts = calendar.dateComponents([.year, .month, .day], from: date)
        return digits(parts.year, 4) + "-" + digits(parts.month, 2) + "-" + digits(parts.day, 2)
    }

    /// A day, `2026-11-29`; nil for what is none.
    static func span(ofDay text: String) -> Range<Int64>? {
        guard let parts = numbers(text, count: 3) else { return nil }
        return span(DateComponents(year: parts[0], month: parts[1], day: parts[2]), .day)
    }

    /// A month, `2026-11`; nil for what is none.
    static func span(ofMonth text: String) -> Range<Int64>? {
        guard let parts = numbers(text, count: 2) else { return nil }
        return span(DateComponents(year: parts[0], month: parts[1], day: 1), .month)
    }

    private static func span(_ parts: DateComponents, _ unit: Calendar.Component) -> Range<Int64>? {
        guard parts.isValidDate(in: calendar), let start = calendar.date(from: parts),
            let end = calendar.date(byAdding: unit, value: 1, to: start)
        else { return nil }
        return milliseconds(start)..<milliseconds(end)
    }

    private static func numbers(_ text: String, count: Int) -> [Int]? {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == count, parts[0].utf8.count == 4, parts.dropFirst().allSatisfy({ $0.utf8.count == 2 }),
            parts.allSatisfy({ $0.utf8.allSatisfy { (0x30...0x39).contains($0) } })
        else { return nil }
        return parts.compactMap { Int($0) }
    }

    private static func milliseconds(_ date: Date) -> Int64 { Int64((date.timeIntervalSince1970 * 1_000).rounded()) }

    private static func digits(_ number: Int?, _ width: Int) -> String {
        let text = String(number ?? 0)
        return String(repeating: "0", count: max(0, width - text.count)) + text
    }
}
