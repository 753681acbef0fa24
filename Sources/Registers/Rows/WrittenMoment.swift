public import ExchangeSchema

/// When somebody died, as people write it in a table: a day as ``WrittenDay`` reads it, with the time behind it where it is
/// known, a day of which parts are not known, or `unknown`.
public enum WrittenMoment {
    /// Reads a moment; nil when there is none such.
    public static func read(_ text: String) -> CivilMoment? {
        if text.lowercased() == "unknown" { return .unknown }
        if let day = WrittenDay.read(text, mayBePartly: true) { return CivilMoment(date: day) }
        let parts = text.split(maxSplits: 1, whereSeparator: { $0 == " " || $0 == "T" }).map(String.init)
        guard parts.count == 2, let day = WrittenDay.read(parts[0]), let time = time(parts[1]) else { return nil }
        return CivilMoment(date: day, hourAndMinute: time)
    }

    static let rule =
        WrittenDay.rule + "; 2026-09-02 14:30 where the hour is known, 2026-09 or 2026 where the day is not, "
        + "unknown where nothing is"

    private static func time(_ text: String) -> Int32? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ $0.utf8.count == 2 && $0.utf8.allSatisfy { $0 &- 0x30 < 10 } }),
            let hour = Int32(parts[0]), let minute = Int32(parts[1]), hour < 24, minute < 60
        else { return nil }
        return hour * 100 + minute
    }
}
