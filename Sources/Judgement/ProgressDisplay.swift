import Foundation
import ProgramStart
import Supervision

/// Shows how far a run has come: redrawn in place on a terminal, one line a second otherwise.
public final class ProgressDisplay {
    private let isTerminal: Bool
    private let isQuiet: Bool
    private var live = LiveLines()
    private var lastShown: ContinuousClock.Instant?
    private var rateBase: (at: ContinuousClock.Instant, settled: Int64)?
    private var rate = 0.0
    private var followedAt: ContinuousClock.Instant?

    /// A display on standard error, so that standard output holds only the result.
    public init(isQuiet: Bool) {
        self.isQuiet = isQuiet
        isTerminal = isatty(STDERR_FILENO) == 1
    }

    /// Shows a state, when it is time again.
    func show(_ progress: RunProgress, isLast: Bool = false) {
        let now = ContinuousClock.now
        guard !isQuiet, isLast || isDue(now) else { return }
        lastShown = now
        measure(progress, now)
        var progress = progress
        progress.recordsPerSecond = rate
        if isTerminal {
            write(live.redraw(Self.lines(progress), columns: LiveLines.columns))
        } else {
            StandardError.say(Self.line(progress))
        }
    }

    /// A message between: the live lines are drawn anew below it.
    public func say(_ text: String) {
        write(live.erase(columns: LiveLines.columns) + text + "\n")
    }

    /// How far something beside the run has come, every five seconds while it lasts.
    func follow(_ text: @autoclosure () -> String) {
        let now = ContinuousClock.now
        guard !isQuiet, followedAt.map({ now - $0 >= .seconds(5) }) ?? true else { return }
        followedAt = now
        say(text())
    }

    private func isDue(_ now: ContinuousClock.Instant) -> Bool {
        guard let lastShown else { return true }
        return now - lastShown >= (isTerminal ? .milliseconds(250) : .seconds(1))
    }

    private func measure(_ progress: RunProgress, _ now: ContinuousClock.Instant) {
        if let base = rateBase, now - base.at < .milliseconds(900) { return }
        if let base = rateBase {
            rate = Double(progress.settled - base.settled) / ((now - base.at) / .seconds(1))
        }
        rateBase = (now, progress.settled)
    }

    private func write(_ text: String) { StandardError.write(text) }

    private static func line(_ progress: RunProgress) -> String {
        let hops = progress.hops.filter { $0.count > 0 }.map { "\($0.topic) \($0.count)" }.joined(separator: ", ")
        return head(progress) + (hops.isEmpty ? "" : " | " + hops)
    }

    private static func lines(_ progress: RunProgress) -> [String] {
        [head(progress)]
            + progress.hops.map { hop in
                TextTable.row(
                    [
                        "  " + hop.topic, "\(hop.count)", "p50 \(Int(hop.p50Milliseconds)) ms",
                        "p99 \(Int(hop.p99Milliseconds)) ms",
                    ],
                    widths: [26, 12, 14, 14])
            }
    }

    private static func head(_ progress: RunProgress) -> String {
        let seconds = String(format: "%.1f", progress.elapsed / .seconds(1))
        var text =
            "\(progress.scenario) \(seconds) s: submitted \(progress.submitted) of \(progress.records), "
            + "shared \(progress.shared), refused \(progress.refused), pending \(progress.pending)"
        if progress.withdrawn > 0 { text += ", withdrawn \(progress.withdrawn)" }
        if progress.held > 0 { text += " (held \(progress.held))" }
        if progress.strays > 0 { text += ", \(progress.strays) messages of no party" }
        text += ", \(Int(progress.recordsPerSecond)) records/s"
        if let oldest = progress.oldestPendingMilliseconds {
            text += String(format: ", oldest pending %.1f s", Double(oldest) / 1_000)
        }
        return text
    }
}
