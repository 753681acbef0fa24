public import Audit
import Composition
import Dispatch
import Foundation
import ProgramStart
public import Supervision

/// `cycle audit watch`: says what is found, and every new checkpoint, until it is asked to end.
public struct EvidenceWatch: Sendable {
    /// Between two looks.
    private static let interval = DispatchTimeInterval.seconds(1)
    private let ending = DispatchSemaphore(value: 0)

    /// A watch that nobody has asked to end. Follows SIGINT and SIGTERM: to be made before any other thread starts.
    public init() {
        SignalFollower.follow([SIGINT, SIGTERM]) { [ending] _ in ending.signal() }
    }

    /// Watches until somebody asks it to end or, where that is wanted, until something is found.
    /// - Parameter say: Told every event, in its order.
    /// - Returns: Whether nothing was found.
    /// - Throws: ``ProgramFailure`` when the directory holds no exchange any more; `StoreError`; what `say` throws.
    public func run(
        layout: ExchangeLayout, pins: String?, untilFinding: Bool, say: (WatchLine) throws -> Void
    ) throws -> Bool {
        let evidence = try ExchangeEvidence(layout: layout, pins: pins)
        var watch = ExchangeWatch(
            evidence.audit, subjects: evidence.absent.present(evidence.subjects) + (evidence.auditor.map { [$0] } ?? [])
        )
        func tell(_ events: [WatchEvent]) throws {
            for event in events { try say(WatchLine(at: Int64(Date().timeIntervalSince1970 * 1_000), event)) }
        }
        let start = ContinuousClock.now
        let clock = { (ContinuousClock.now - start) / .seconds(1) }
        try tell(try watch.begin(clock))
        while !(untilFinding && watch.findings > 0), ending.wait(timeout: .now() + Self.interval) == .timedOut {
            try tell(try watch.next(clock))
        }
        try tell([watch.end])
        return watch.findings == 0
    }
}
