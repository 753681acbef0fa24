/// Records over time, in buckets of equal width.
public struct ThroughputFigures: Sendable, Codable, Equatable {
    /// Buckets, at most.
    public static let buckets = 60

    /// Clock reading at which the first bucket begins; Unix milliseconds.
    public var start: Int64 = 0
    /// Width of a bucket in milliseconds.
    public var width: Int64 = 1
    /// Records first submitted, by bucket.
    public var submitted: [Int64] = []
    /// Entries taken in by localities, by bucket.
    public var shared: [Int64] = []
    /// Corrections sent by MoH, by bucket.
    public var refused: [Int64] = []

    init() {}

    init(_ span: ExchangeFigures.Span) {
        start = span.first
        let length = min(max(1, span.last &- span.first &+ 1), 1 << 50)
        // Whole steps that people can read: 1, 2 or 5 times a power of ten.
        width = 1
        let steps: [Int64] = [2, 5, 10]
        var power: Int64 = 1
        search: while true {
            for step in steps {
                if width * Int64(Self.buckets) >= length { break search }
                width = power * step
            }
            power *= 10
        }
        let count = Int((length + width - 1) / width)
        submitted = Array(repeating: 0, count: count)
        shared = submitted
        refused = submitted
    }

    mutating func note(_ series: WritableKeyPath<Self, [Int64]>, at time: Int64) {
        let bucket = Int((time &- start) / width)
        if self[keyPath: series].indices.contains(bucket) { self[keyPath: series][bucket] += 1 }
    }
}
