public import ExchangeSchema

/// Where replayed records go.
public protocol ReplaySink: AnyObject {
    /// Takes one record; waits while there is no room.
    /// - Throws: When the record cannot be sent at all.
    func send(_ record: TrafficRecord, origin: String) throws
    /// Serves what is under way for at most so many milliseconds; may return earlier.
    func serve(milliseconds: Int) throws
    /// Waits until everything is confirmed.
    /// - Throws: When something is not.
    func finish() throws
}

/// How far a replay is.
public struct ReplayProgress: Sendable, Equatable {
    /// Records sent.
    public var sent = 0
    /// Records whose content was erased by order, and which therefore were not sent.
    public var erased = 0
    /// Time of the record sent last; Unix milliseconds.
    public var recordedTime: Int64 = 0
    /// Since the first record was due; milliseconds.
    public var elapsed: Int64 = 0

    /// Records a second on average.
    public var rate: Double { elapsed > 0 ? Double(sent) / Double(elapsed) * 1_000 : Double(sent) }
}

/// Sends recorded traffic again: in the recorded order, at the recorded distances divided by the speed.
public struct TrafficReplay {
    /// Which topics.
    public var topics: Set<String>
    /// First moment that is replayed; nil for the beginning.
    public var from: ReplayMoment?
    /// First moment that is not replayed any more; nil for the end.
    public var until: ReplayMoment?
    /// How fast.
    public var speed: ReplaySpeed
    /// Names the recorded exchange in each record's `replay_of`.
    public var exchange: String

    /// Takes all fields.
    public init(
        exchange: String, topics: Set<String>, from: ReplayMoment? = nil, until: ReplayMoment? = nil,
        speed: ReplaySpeed
    ) {
        self.exchange = exchange
        self.topics = topics
        self.from = from
        self.until = until
        self.speed = speed
    }

    /// Header of a replayed record: the exchange, topic, partition and offset it was recorded at.
    public static let originHeader = "replay_of"

    /// Replays.
    /// - Parameters:
    ///   - clock: A reading that never goes back; milliseconds.
    ///   - report: Called about once a second.
    /// - Throws: What the traffic or the sink throws.
    public func run(
        _ traffic: some RecordedTraffic, into sink: some ReplaySink, clock: () -> Int64,
        report: (ReplayProgress) -> Void
    ) throws -> ReplayProgress {
        var progress = ReplayProgress()
        var first: Int64?
        var pace: ReplayPace?
        var startedAt = clock()
        var reportedAt = startedAt
        func tick() {
            let now = clock()
            progress.elapsed = now - startedAt
            guard now - reportedAt >= 1_000 else { return }
            reportedAt = now
            report(progress)
        }
        try traffic.forEach { record in
            guard topics.contains(record.topic) else { return }
            let origin = first ?? record.timestamp
            first = origin
            guard from.map({ record.timestamp >= $0.resolved(first: origin) }) ?? true,
                until.map({ record.timestamp < $0.resolved(first: origin) }) ?? true
            else { return }
            guard !record.isErased else {
                progress.erased += 1
                return
            }
            if pace == nil {
                startedAt = clock()
                pace = ReplayPace(speed: speed, firstRecorded: record.timestamp, startedAt: startedAt)
            }
            while let wait = pace?.wait(recorded: record.timestamp, now: clock()), wait > 0 {
                // Short turns, so that the progress is shown and reports are taken in during long pauses.
                try sink.serve(milliseconds: Int(min(wait, 100)))
                tick()
            }
            try sink.send(record, origin: "\(exchange)/\(record.place)")
            progress.sent += 1
            progress.recordedTime = record.timestamp
            if progress.sent & 255 == 0 {
                try sink.serve(milliseconds: 0)
                tick()
            }
        }
        try sink.finish()
        progress.elapsed = clock() - startedAt
        return progress
    }
}
