import PartyCore
import PartyStore

/// Figures from the leaves under signed checkpoints, which were verified first, together with what else a report says.
public struct BoundFigures: Sendable, Codable, Equatable {
    /// The checkpoints, one a party.
    public var bindings: [CheckpointBinding]
    /// The latest checkpoint of the auditor's own log, whatever the choice; nil where no auditor has run.
    public var auditor: CheckpointBinding?
    /// The figures.
    public var figures: ExchangeFigures
    /// Where the conservation law does not hold, in words.
    public var violations: [String]
    /// What verification of everything found, also in leaves after the checkpoints.
    public var verification: AuditReport
    /// Since when evidence is as it should not be, by kind and party as in ``AuditReport/counts``: the clock reading of the
    /// first leaf that a finding is about. Nothing of findings that are about no leaf.
    public var findingsSince: [String: Int64] = [:]

    /// Whether nothing is wrong.
    public var holds: Bool { violations.isEmpty && verification.holds }

    /// Verifies the evidence, chooses the checkpoints, and counts the leaves below them.
    /// - Parameters:
    ///   - audit: The parties.
    ///   - choice: Which checkpoints.
    ///   - facilities: Who can tell a record's facility.
    ///   - now: The time of the report, up to which ages run when the latest checkpoints are chosen; Unix milliseconds. Nil
    ///     for the last clock reading of the leaves, to which they run for earlier checkpoints.
    /// - Throws: ``CheckpointChoiceError``; `StoreError` when a directory is in use, of another version, or too damaged.
    public init(
        _ audit: ExchangeAudit, at choice: CheckpointChoice, facilities: any RecordFacilities, now: Int64? = nil
    ) throws {
        let (snapshot, report) = try audit.inspect()
        verification = report
        let opened = snapshot.parties.map { (subject: $0.subject, store: $0.store) }
        // The auditor's store is read as the others are, but nothing is counted from it.
        let observers = snapshot.parts.filter(\.subject.isAuditor).map { (subject: $0.subject, store: $0.store) }
        let selection = try CheckpointSelection(
            opened + observers, auditor: observers.isEmpty ? audit.auditor : nil)
        bindings = Array(try selection.bindings(choice).prefix(opened.count))
        auditor = try selection.bindings(.latest).dropFirst(opened.count).first
        let journals = try zip(opened, bindings).map { party, binding in
            try ScopedJournal(party.subject, party.store, leaves: binding.size)
        }
        let parties = ScopedParty.all(journals)
        figures = try FigureCount(parties, facilities: facilities, at: now).figures
        let isWhole = bindings.allSatisfy { $0.size == $0.leaves }
        violations = isWhole ? LawCheck.violations(figures, parties: parties) : LawCheck.violations(figures)
        findingsSince = report.findings.isEmpty ? [:] : Self.times(report.findings, snapshot)
    }

    /// The clock reading of the first leaf that findings of each kind and party are about. What cannot be read has none.
    private static func times(_ findings: [AuditFinding], _ snapshot: ExchangeSnapshot) -> [String: Int64] {
        var times: [String: Int64] = [:]
        for part in snapshot.parts {
            var wanted: [Int64: Set<String>] = [:]
            for finding in findings where finding.party == part.subject.party {
                guard let leaf = finding.leaf else { continue }
                wanted[leaf, default: []].insert("\(finding.kind.rawValue) \(finding.party)")
            }
            guard !wanted.isEmpty, let journal = try? ScopedJournal(part.subject, part.store, leaves: nil) else {
                continue
            }
            try? journal.forEachLeaf { number, leaf in
                for key in wanted[number] ?? [] { times[key] = min(times[key] ?? leaf.time, leaf.time) }
            }
        }
        return times
    }
}
