import ExchangeSchema
import Foundation
public import KafkaClient
public import Replay

/// Recorded traffic into a broker: the target looked at, the topics made, the records sent, the progress shown.
public struct BrokerReplay {
    private let traffic: any RecordedTraffic
    private let replay: TrafficReplay
    private let plan: ReplayTarget.Plan
    private let settings: KafkaSettings
    private let timeout: Duration

    /// Takes what was recorded, what of it is meant, and where it goes.
    public init(
        traffic: any RecordedTraffic, replay: TrafficReplay, plan: ReplayTarget.Plan, settings: KafkaSettings,
        timeout: Duration
    ) {
        self.traffic = traffic
        self.replay = replay
        self.plan = plan
        self.settings = settings
        self.timeout = timeout
    }

    /// Replays.
    /// - Parameters:
    ///   - again: Whether a broker that holds this run already is no reason to stop.
    ///   - say: Takes a line about once a second.
    /// - Throws: `ReplayError` before anything is written when the target does not fit; `KafkaError`.
    public func run(again: Bool, say: (String) -> Void) throws -> ReplayProgress {
        try run(traffic, again: again, say: say)
    }

    private func run(_ traffic: some RecordedTraffic, again: Bool, say: (String) -> Void) throws -> ReplayProgress {
        let target = ReplayTarget(settings: settings, timeout: timeout, plan: plan)
        if !again { try target.requireFresh(exchange: replay.exchange, traffic: traffic) }
        try target.prepare()
        let sink = try BrokerSink(settings: settings, topics: plan.map(\.topic))
        defer { sink.close() }
        return try replay.run(traffic, into: sink, clock: Self.milliseconds) { say(Self.line($0)) }
    }

    private static func milliseconds() -> Int64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000
    }

    private static func line(_ progress: ReplayProgress) -> String {
        var time: [UInt8] = []
        EventHeaders.appendTime(progress.recordedTime, to: &time)
        return "\(progress.sent) records, \(String(decoding: time, as: UTF8.self)), \(Int(progress.rate)) a second"
    }

    /// What is said at the end.
    public static func conclusion(_ progress: ReplayProgress) -> String {
        let seconds = String(format: "%.1f", Double(progress.elapsed) / 1_000)
        var text = "\(progress.sent) records replayed in \(seconds) s, \(Int(progress.rate)) a second"
        if progress.erased > 0 { text += "\n\(progress.erased) records erased by order: not replayed" }
        return text
    }
}
