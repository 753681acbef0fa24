import ExchangeSchema
public import Foundation
import PartyStore

/// Party against party: figures, ages and disagreements, from the leaves of all journals. Changes nothing.
public struct Reconciliation: Sendable, Codable, Equatable {
    /// The directory.
    public var data: String
    /// The exchange, by its broker's cluster identifier.
    public var exchange: String
    /// All figures.
    public var figures: ExchangeFigures
    /// Where the conservation law does not hold, in words.
    public var violations: [String]
    /// Messages that two parties do not agree on.
    public var disagreements: [Disagreement]
    /// When an exchange that runs was read; Unix milliseconds, nil for one that does not run.
    public var takenAt: Int64?
    /// Of an exchange that runs, leaves under the last checkpoint of each log; nil for one that does not run.
    public var checkpoints: [String: Int64]?
    /// Parties that keep no journal here.
    public var outside: [String]
    /// Messages that no party of the topology sent, by topic and reader: no records, and in none of the figures, but for those
    /// that bear a party's name.
    public var strays: [StrayEvidence]
    /// Everything that verification found, the disagreements among it.
    public var findings: [AuditFinding]

    /// Whether nothing is wrong.
    public var agrees: Bool { violations.isEmpty && findings.isEmpty }

    /// Verifies the evidence and counts.
    /// - Parameters:
    ///   - audit: The parties.
    ///   - facilities: Who can tell a record's facility.
    ///   - at: Clock reading that ages are counted to, Unix milliseconds; nil for the last one of the leaves.
    /// - Throws: `StoreError` when a directory is in use, of another version, or too damaged to be counted.
    public init(_ audit: ExchangeAudit, facilities: any RecordFacilities, at: Int64? = nil) throws {
        let (snapshot, report) = try audit.inspect()
        data = report.data
        exchange = report.exchange
        findings = report.findings
        strays = report.strays
        let parties = ScopedParty.all(
            try snapshot.parties.map { try ScopedJournal($0.subject, $0.store, leaves: nil) })
        let wanted = report.disagreements.compactMap { RecordIdentifier($0.message).map(MessageIdentifier.init(_:)) }
        let count = try FigureCount(parties, facilities: facilities, at: at, wanted: wanted)
        figures = count.figures
        disagreements = report.disagreements.map { disagreement in
            var named = disagreement
            let message = RecordIdentifier(disagreement.message).map(MessageIdentifier.init(_:))
            named.record = message.flatMap { count.found[$0]?.description }
            return named
        }
        takenAt = report.takenAt
        checkpoints = report.takenAt.map { _ in
            Dictionary(report.parties.map { ($0.party, $0.signedLeaves) }) { first, _ in first }
        }
        outside = report.outside
        violations = LawCheck.violations(count.figures, parties: parties)
    }

    /// JSON, keys sorted.
    public var json: Data {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
            return try encoder.encode(self)
        }
    }
}
