import Audit
public import Foundation

extension ReportContent {
    private struct Figures: Encodable {
        /// The exchange, by its broker's cluster identifier.
        var exchange: String
        /// Its scenario; left out when it has none.
        var scenario: String?
        /// The seed of the scenario; left out likewise.
        var seed: UInt64?
        /// What names the checkpoints for `--at`; empty when no party has signed one.
        var checkpoint: String
        /// What the page says at its top.
        var verdict: VerdictDocument
        /// Whether all evidence holds and all figures add up.
        var holds: Bool
        /// The checkpoints that bind the figures, one a party.
        var bindings: [CheckpointBinding]
        /// The latest of the auditor's own log, from which nothing is counted; left out where no auditor has run.
        var auditor: CheckpointBinding?
        /// The figures.
        var figures: ExchangeFigures
        /// Where the conservation law does not hold, in words.
        var violations: [String]
        /// What `cycle audit verify --json` prints.
        var verification: AuditReport
    }

    /// All figures of the page as JSON, keys sorted.
    public var json: Data {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
            return try encoder.encode(
                Figures(
                    exchange: exchange, scenario: scenario?.name, seed: scenario?.seed, checkpoint: checkpointName,
                    verdict: VerdictDocument(verdict, topology: topology), holds: bound.holds, bindings: bound.bindings,
                    auditor: bound.auditor, figures: bound.figures, violations: bound.violations,
                    verification: bound.verification))
        }
    }
}
