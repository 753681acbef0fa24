import Audit
public import Foundation

extension ReportContent {
    private struct Figures: Encodable {
        var exchange: String
        var scenario: String?
        var seed: UInt64?
        var checkpoint: String
        var holds: Bool
        var bindings: [CheckpointBinding]
        var figures: ExchangeFigures
        var violations: [String]
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
                    holds: bound.holds, bindings: bound.bindings, figures: bound.figures,
                    violations: bound.violations, verification: bound.verification))
        }
    }
}
