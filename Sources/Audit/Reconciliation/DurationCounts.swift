/// How often each duration was seen, in constant memory: exact to the millisecond below 4,096 ms, and to one part in
/// 2,048 above.
struct DurationCounts {
    private static let exact: Int64 = 4_096
    private var counts: [Int64: Int64] = [:]
    private(set) var count: Int64 = 0
    private(set) var least: Int64 = .max
    private(set) var greatest: Int64 = 0

    /// Notes a duration in milliseconds; what two clocks make negative counts as none.
    mutating func note(_ milliseconds: Int64) {
        let value = max(0, milliseconds)
        counts[Self.rounded(value), default: 0] += 1
        count += 1
        least = min(least, value)
        greatest = max(greatest, value)
    }

    /// Keeps twelve significant bits.
    private static func rounded(_ value: Int64) -> Int64 {
        guard value >= exact else { return value }
        let shift = Int64.bitWidth - value.leadingZeroBitCount - 12
        return (value >> shift) << shift
    }

    /// Least, greatest and percentiles; nil when nothing was seen.
    var figures: DurationFigures? {
        guard count > 0 else { return nil }
        let sorted = counts.sorted { $0.key < $1.key }
        func percentile(_ share: Double) -> Int64 {
            // The smallest value that at least this share of all does not exceed (nearest rank).
            let rank = max(1, Int64((share * Double(count)).rounded(.up)))
            var seen: Int64 = 0
            for (value, times) in sorted {
                seen += times
                if seen >= rank { return min(max(value, least), greatest) }
            }
            return greatest
        }
        return DurationFigures(
            count: count, min: least, median: percentile(0.5), p95: percentile(0.95), p99: percentile(0.99),
            max: greatest)
    }
}

/// How long something took, or has waited; milliseconds. Percentiles by nearest rank.
public struct DurationFigures: Sendable, Codable, Equatable {
    /// How many.
    public var count: Int64
    /// Shortest.
    public var min: Int64
    /// Half took no longer.
    public var median: Int64
    /// 95 of 100 took no longer.
    public var p95: Int64
    /// 99 of 100 took no longer.
    public var p99: Int64
    /// Longest.
    public var max: Int64
}
