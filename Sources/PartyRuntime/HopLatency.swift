import Histogram

/// How long messages took from their sender's clock reading to this party's, for each topic read.
struct HopLatency {
    private var histograms: [Histogram<UInt32>]

    init(topics: Int) {
        // Milliseconds up to an hour, two digits kept: some 30 KiB a topic.
        histograms = (0..<topics).map { _ in
            Histogram<UInt32>(highestTrackableValue: 3_600_000, numberOfSignificantValueDigits: .two)
        }
    }

    mutating func record(topic: Int, milliseconds: Int64) {
        histograms[topic].record(UInt64(min(max(milliseconds, 0), 3_600_000)))
    }

    func report(topic: Int, name: String) -> HopReport {
        let histogram = histograms[topic]
        func value(_ percentile: Double) -> Double {
            histogram.totalCount == 0 ? 0 : Double(histogram.valueAtPercentile(percentile))
        }
        return HopReport(
            topic: name, count: Int64(histogram.totalCount), p50Milliseconds: value(50), p95Milliseconds: value(95),
            p99Milliseconds: value(99))
    }
}
