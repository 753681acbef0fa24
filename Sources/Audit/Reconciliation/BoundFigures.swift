import PartyStore

/// Figures from the leaves under signed checkpoints, which were verified first, together with what else a report says.
public struct BoundFigures: Sendable, Codable, Equatable {
    /// The checkpoints, one a party.
    public var bindings: [CheckpointBinding]
    /// The figures.
    public var figures: ExchangeFigures
    /// Where the conservation law does not hold, in words.
    public var violations: [String]
    /// What verification of everything found, also in leaves after the checkpoints.
    public var verification: AuditReport

    /// Whether nothing is wrong.
    public var holds: Bool { violations.isEmpty && verification.holds }

    /// Verifies the evidence, chooses the checkpoints, and counts the leaves below them.
    /// - Parameters:
    ///   - audit: The parties.
    ///   - choice: Which checkpoints.
    ///   - facilities: Who can tell a record's facility.
    /// - Throws: ``CheckpointChoiceError``; `StoreError` when a directory is in use, of another version, or too damaged.
    public init(_ audit: ExchangeAudit, at choice: CheckpointChoice, facilities: any RecordFacilities) throws {
        let (snapshot, report) = try audit.inspect()
        verification = report
        let opened = snapshot.parties.map { (subject: $0.subject, store: $0.store) }
        bindings = try CheckpointSelection(opened, auditor: audit.auditor).bindings(choice)
        let journals = try zip(opened, bindings).map { party, binding in
            try ScopedJournal(party.subject, party.store, leaves: binding.size)
        }
        let parties = ScopedParty.all(journals)
        figures = try FigureCount(parties, facilities: facilities, at: nil).figures
        let isWhole = bindings.allSatisfy { $0.size == $0.leaves }
        violations = isWhole ? LawCheck.violations(figures, parties: parties) : LawCheck.violations(figures)
    }
}
