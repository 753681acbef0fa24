import ExchangeSchema

/// A point in recorded time: a date, or so long after the first record.
public enum ReplayMoment: Sendable, Equatable {
    /// Unix milliseconds.
    case at(Int64)
    /// Milliseconds after the first record.
    case afterFirst(Int64)

    /// Reads a time (`2024-04-01T08:00:00Z`, ``ExchangeSchema/WrittenTime``) or a duration with `+`: `+90s`, `+250ms`, `+1.5m`, `+2h`.
    /// - Throws: ``ReplayError`` that quotes the text.
    public init(_ text: String) throws(ReplayError) {
        if text.hasPrefix("+"), let duration = Self.milliseconds(text.dropFirst()) {
            self = .afterFirst(duration)
        } else if let date = WrittenTime.milliseconds(text) {
            self = .at(date)
        } else {
            throw ReplayError(
                .badArgument, "'\(text)' is no time: write 2024-04-01T08:00:00Z, or +90s for after the first record")
        }
    }

    /// The moment in Unix milliseconds, given the time of the first record.
    public func resolved(first: Int64) -> Int64 {
        switch self {
        case .at(let time): time
        case .afterFirst(let duration): first &+ duration
        }
    }

    private static func milliseconds(_ text: Substring) -> Int64? {
        for (unit, factor) in [("ms", 1.0), ("s", 1_000), ("m", 60_000), ("h", 3_600_000)] where text.hasSuffix(unit) {
            let digits = text.dropLast(unit.count)
            guard digits.allSatisfy({ $0.isASCII && $0.isNumber || $0 == "." }), let value = Double(digits),
                value * factor <= 1e15
            else { return nil }
            return Int64((value * factor).rounded())
        }
        return nil
    }
}
