/// How fast recorded traffic is replayed.
public enum ReplaySpeed: Sendable, Equatable {
    /// As fast as the broker takes it.
    case maximum
    /// So many times the recorded speed; above 0.
    case times(Double)

    /// Reads `max`, or a factor such as `10x`, `1x` or `0.5x`.
    /// - Throws: ``ReplayError`` that quotes the text.
    public init(_ text: String) throws(ReplayError) {
        if text == "max" {
            self = .maximum
        } else if text.hasSuffix("x"), let factor = Double(text.dropLast()), factor > 0, factor <= 1e6 {
            self = .times(factor)
        } else {
            throw ReplayError(.badArgument, "'\(text)' is no speed: write 1x, 10x, 0.5x or max")
        }
    }
}

/// When each record is due: the recorded distances, divided by the speed, from the moment of the first one.
struct ReplayPace {
    private let speed: ReplaySpeed
    private let firstRecorded: Int64
    private let startedAt: Int64

    /// - Parameters:
    ///   - firstRecorded: Recorded time of the first record; Unix milliseconds.
    ///   - startedAt: Clock reading now; milliseconds.
    init(speed: ReplaySpeed, firstRecorded: Int64, startedAt: Int64) {
        self.speed = speed
        self.firstRecorded = firstRecorded
        self.startedAt = startedAt
    }

    /// Milliseconds until a record is due, rounded up; 0 for one that is late, as is every record whose time lies
    /// before that of one already sent.
    func wait(recorded: Int64, now: Int64) -> Int64 {
        guard case .times(let factor) = speed else { return 0 }
        let offset = Double(recorded &- firstRecorded) / factor
        return Int64(min(max(0, offset - Double(now &- startedAt)), 1e15).rounded(.up))
    }
}
