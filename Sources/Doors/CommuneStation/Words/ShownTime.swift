import DoorDesk

/// Times and days as the pages show them, in the time of Viet Nam.
enum ShownTime {
    /// 31/12/2026 14:30.
    /// - Parameter time: Unix milliseconds.
    static func moment(_ time: Int64) -> String {
        let stamp = VietnamTime.stamp(time)
        return "\(day(String(stamp.prefix(8)))) \(stamp.dropFirst(8).prefix(2)):\(stamp.dropFirst(10).prefix(2))"
    }

    /// 31/12/2026 of yyyyMMdd; 1980 of a year alone; other texts as they are.
    static func day(_ text: String) -> String {
        guard text.utf8.count == 8 else { return text }
        let (year, month, day) = (text.prefix(4), text.dropFirst(4).prefix(2), text.suffix(2))
        return month == "00" ? String(year) : "\(day)/\(month)/\(year)"
    }
}
