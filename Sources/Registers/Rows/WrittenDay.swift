public import ExchangeSchema

/// Days as people write them in a table: `1980-01-31`, `31/01/1980` or `19800131`.
public enum WrittenDay {
    /// Reads a day; nil when there is none such.
    /// - Parameter mayBePartly: Whether `1980`, `1980-01` and zeros in `19800000` will do, as for a birth date.
    public static func read(_ text: String, mayBePartly: Bool = false) -> CivilDate? {
        if let date = usual(text) { return date }
        let parts = text.split(omittingEmptySubsequences: false) { $0 == "-" || $0 == "/" }
        guard text.utf8.allSatisfy({ $0 &- 0x30 < 10 || $0 == 0x2D || $0 == 0x2F }) else { return nil }
        let date: CivilDate?
        switch (parts.count, text.contains("/")) {
        case (1, _) where text.utf8.count == 8: date = Int(text).flatMap(CivilDate.init(number:))
        case (1, _) where text.utf8.count == 4: date = Int(text).flatMap { CivilDate(year: $0, month: 0, day: 0) }
        case (2, false): date = day(year: parts[0], month: parts[1], day: nil)
        case (3, false): date = day(year: parts[0], month: parts[1], day: parts[2])
        case (3, true): date = day(year: parts[2], month: parts[1], day: parts[0])
        default: date = nil
        }
        guard let date, mayBePartly || date.isComplete else { return nil }
        return date
    }

    static let rule = "a day is written 1980-01-31, 31/01/1980 or 19800131, and stands in the calendar"

    /// A whole day as `1980-01-31`, which is how nearly all of a million rows have it; nil for all else.
    private static func usual(_ text: String) -> CivilDate? {
        guard text.utf8.count == 10 else { return nil }
        var (number, place) = (0, 0)
        for byte in text.utf8 {
            if place == 4 || place == 7 {
                guard byte == UInt8(ascii: "-") else { return nil }
            } else {
                guard byte &- 0x30 < 10 else { return nil }
                number = number * 10 + Int(byte &- 0x30)
            }
            place += 1
        }
        return number % 100 == 0 ? nil : CivilDate(number: number)
    }

    private static func day(year: Substring, month: Substring, day: Substring?) -> CivilDate? {
        guard year.utf8.count == 4, (1...2).contains(month.utf8.count), (1...2).contains(day?.utf8.count ?? 1),
            let year = Int(year), let month = Int(month)
        else { return nil }
        guard let day else { return CivilDate(year: year, month: month, day: 0) }
        return Int(day).flatMap { CivilDate(year: year, month: month, day: $0) }
    }
}
