/// A time as people write it and as the exchange prints it.
public enum WrittenTime {
    /// Reads `2026-11-28T09:10:59.511Z` and what is left out of it: a blank or `t` for `T`, no fraction, no seconds, an
    /// offset (`+07:00`, `+0700`, `+07`) or `UTC` for `Z`. Without a zone it is UTC, as
    /// everything that the exchange prints.
    /// - Returns: Unix milliseconds, rounded down; nil when it is no such time or there is no such day.
    public static func milliseconds(_ text: String) -> Int64? {
        var rest = Reader(text)
        guard let year = rest.digits(4), rest.take("-"), let month = rest.digits(2), rest.take("-"),
            let day = rest.digits(2), year > 0,
            let date = CivilDate(year: year, month: month, day: day), date.isComplete
        else { return nil }
        var milliseconds = days(year, month, day) * 86_400_000
        guard rest.take("T") || rest.take("t") || rest.take(" "), let hour = rest.digits(2), hour < 24,
            rest.take(":"), let minute = rest.digits(2), minute < 60
        else { return nil }
        milliseconds += Int64(hour * 3_600_000 + minute * 60_000)
        if rest.take(":") {
            guard let second = rest.digits(2), second < 60 else { return nil }
            milliseconds += Int64(second * 1_000)
            if rest.take(".") || rest.take(",") {
                guard let fraction = rest.fraction() else { return nil }
                milliseconds += fraction
            }
        }
        guard let offset = rest.zone(), rest.isAtEnd else { return nil }
        return milliseconds - Int64(offset) * 60_000
    }

    /// Days since 1 January 1970 in the Gregorian calendar.
    private static func days(_ year: Int, _ month: Int, _ day: Int) -> Int64 {
        // Years counted from March, so that the leap day is the last of its year.
        let shifted = month > 2 ? year : year - 1
        let inYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return Int64(shifted * 365 + shifted / 4 - shifted / 100 + shifted / 400 + inYear - 719_468)
    }

    private struct Reader {
        private var bytes: Substring.UTF8View

        init(_ text: String) { bytes = text[...].utf8 }

        var isAtEnd: Bool { bytes.isEmpty }

        mutating func take(_ sign: Character) -> Bool {
            guard let byte = bytes.first, byte == sign.asciiValue else { return false }
            bytes.removeFirst()
            return true
        }

        mutating func digits(_ count: Int) -> Int? {
            guard bytes.count >= count, bytes.prefix(count).allSatisfy({ $0 &- 0x30 < 10 }) else { return nil }
            defer { bytes.removeFirst(count) }
            return bytes.prefix(count).reduce(0) { $0 * 10 + Int($1 - 0x30) }
        }

        /// One to nine digits after the point, in milliseconds.
        mutating func fraction() -> Int64? {
            let digits = bytes.prefix { $0 &- 0x30 < 10 }
            guard (1...9).contains(digits.count) else { return nil }
            bytes.removeFirst(digits.count)
            var value: Int64 = 0
            for (index, byte) in digits.enumerated() where index < 3 { value = value * 10 + Int64(byte - 0x30) }
            for _ in min(digits.count, 3)..<3 { value *= 10 }
            return value
        }

        /// Minutes east of UTC.
        mutating func zone() -> Int? {
            if isAtEnd || take("Z") || take("z") { return 0 }
            _ = take(" ")
            if bytes.elementsEqual("UTC".utf8) {
                bytes.removeFirst(3)
                return 0
            }
            let isEast = take("+")
            guard isEast || take("-"), let hours = digits(2), hours < 24 else { return nil }
            var minutes = 0
            if take(":") || !isAtEnd {
                guard let found = digits(2), found < 60 else { return nil }
                minutes = found
            }
            return (isEast ? 1 : -1) * (hours * 60 + minutes)
        }
    }
}
