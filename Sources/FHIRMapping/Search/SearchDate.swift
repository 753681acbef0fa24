import ExchangeSchema

/// A span of time: from its first millisecond to before its last.
struct TimeRange: Equatable {
    /// Unix milliseconds.
    var start: Int64
    /// Unix milliseconds; the greatest number of what has not ended.
    var end: Int64

    init(start: Int64, end: Int64) {
        self.start = start
        self.end = end
    }

    /// What a `date`, `dateTime`, `instant` or `Period` covers; a time without a zone is one of Viet Nam. Nil for what is none.
    init?(_ value: FHIRValue) {
        switch value {
        case .text(let text): self.init(text)
        case .object:
            let start = value["start"]?.string.map { TimeRange($0) }
            let end = value["end"]?.string.map { TimeRange($0) }
            if start == .some(nil) || end == .some(nil) || start == nil && end == nil { return nil }
            self.init(start: start??.start ?? .min, end: end??.end ?? .max)
        case .array, .number, .boolean, .null: return nil
        }
    }

    /// A time covers all that it leaves open: a year its days, a minute its seconds.
    init?(_ text: String) {
        let day = text.prefix(10)
        let parts = day.split(separator: "-", omittingEmptySubsequences: false)
        guard let year = parts.first, year.count == 4 else { return nil }
        func start(_ year: Int, _ month: Int, _ day: Int) -> Int64? {
            CivilDate(year: year, month: month, day: day).flatMap { date in
                let digits = date.description
                return WrittenTime.milliseconds(
                    "\(digits.prefix(4))-\(digits.dropFirst(4).prefix(2))-\(digits.suffix(2))T00:00+07:00")
            }
        }
        let numbers = parts.map { $0.allSatisfy(\.isNumber) ? Int($0) : nil }
        guard numbers.allSatisfy({ $0 != nil }), parts.dropFirst().allSatisfy({ $0.count == 2 }),
            let first = numbers[0]
        else { return nil }
        if text.utf8.count > 10 {
            guard let time = Self.instant(text) else { return nil }
            self = time
            return
        }
        switch (numbers.count, numbers.count > 1 ? numbers[1] ?? 0 : 0) {
        case (1, _):
            guard let from = start(first, 1, 1), let to = start(first + 1, 1, 1) else { return nil }
            self.init(start: from, end: to)
        case (2, let month):
            guard month > 0, let from = start(first, month, 1),
                let to = month == 12 ? start(first + 1, 1, 1) : start(first, month + 1, 1)
            else { return nil }
            self.init(start: from, end: to)
        case (3, let month):
            guard month > 0, let number = numbers[2], number > 0, let from = start(first, month, number) else {
                return nil
            }
            self.init(start: from, end: from + 86_400_000)
        default: return nil
        }
    }

    private static func instant(_ text: String) -> TimeRange? {
        let clock = text.dropFirst(11)
        guard text.dropFirst(10).first == "T" else { return nil }
        let time = clock.prefix { $0 != "Z" && $0 != "+" && $0 != "-" }
        let zone = clock.dropFirst(time.count)
        guard let from = WrittenTime.milliseconds(text + (zone.isEmpty ? "+07:00" : "")) else { return nil }
        let width: Int64 = time.contains(".") ? 1 : time.count > 5 ? 1_000 : 60_000
        return TimeRange(start: from, end: from + width)
    }
}

/// A date as a search writes it, with its prefix (FHIR R4, "Search", "Prefixes").
struct SearchDate: Equatable {
    private let prefix: String
    private let range: TimeRange

    init?(_ text: String, now: Int64) {
        var rest = text[...]
        if let known = ["eq", "ne", "gt", "lt", "ge", "le", "sa", "eb", "ap"].first(where: { text.hasPrefix($0) }) {
            prefix = known
            rest = rest.dropFirst(2)
        } else {
            prefix = "eq"
        }
        // A plus sign that a client did not escape has become a blank.
        guard var range = TimeRange(String(rest.map { $0 == " " ? "+" : $0 })) else { return nil }
        if prefix == "ap" {
            // FHIR recommends a tenth of the distance from now.
            let more = max(abs(range.start - now), abs(range.end - now)) / 10
            range = TimeRange(start: range.start - more, end: range.end + more)
        }
        self.range = range
    }

    func matches(_ found: TimeRange) -> Bool {
        let isEqual = range.start <= found.start && found.end <= range.end
        let isGreater = found.end > range.end
        let isLess = found.start < range.start
        return switch prefix {
        case "eq": isEqual
        case "ne": !isEqual
        case "gt": isGreater
        case "lt": isLess
        // A time that reaches into the day asked for is not before it.
        case "ge": found.end > range.start
        case "le": found.start < range.end
        case "sa": found.start >= range.end
        case "eb": found.end <= range.start
        default: found.start < range.end && range.start < found.end
        }
    }
}
