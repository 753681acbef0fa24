public import Audit
import Composition
import Foundation
public import ReportPage
import Supervision
import Topology

extension ExchangeEvidence {
    /// Party against party.
    /// - Parameter at: Clock reading that ages are counted to, Unix milliseconds; nil for the last one of the leaves.
    /// - Throws: `StoreError` when a party's directory is in use, of another version, or too damaged to be counted.
    public func reconcile(at: Int64? = nil) throws -> Reconciliation {
        try Reconciliation(audit, facilities: try facilities(try setup()), at: at)
    }

    /// What a report page is made of.
    /// - Parameters:
    ///   - choice: The checkpoints that bind its figures.
    ///   - time: The time to which ages run, Unix milliseconds; nil for now or, with earlier checkpoints, for the last
    ///     clock reading of the leaves that they cover.
    ///   - language: The language of the page.
    ///   - standsStillAfter: The age in milliseconds from which a record without an outcome stands still.
    /// - Throws: `CheckpointChoiceError`, `StoreError`.
    public func report(
        at choice: CheckpointChoice, time: Int64? = nil, language: PageLanguage = .english,
        standsStillAfter: Int64 = ReportVerdict.standsStillAfter
    ) throws -> ReportContent {
        let setup = try setup()
        let now = choice == .latest ? Int64((Date().timeIntervalSince1970 * 1_000).rounded()) : nil
        let bound = try BoundFigures(audit, at: choice, facilities: try facilities(setup), now: time ?? now)
        return ReportContent(
            exchange: bound.verification.exchange,
            scenario: setup.scenario.map {
                .init(name: $0.scenario.name, summary: $0.scenario.summary, seed: $0.scenario.seed)
            }, topology: setup.topology, bound: bound, language: language, standsStillAfter: standsStillAfter)
    }

    /// The checkpoint that a person names: `PARTY:SIZE`, or a file with a checkpoint's note; nil for the latest.
    /// - Throws: ``ProgramFailure`` when it is neither.
    public static func checkpoint(_ text: String?) throws -> CheckpointChoice {
        guard let text else { return .latest }
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        if parts.count == 2, !parts[0].isEmpty, let size = Int64(parts[1]), size >= 0 {
            return .size(party: String(parts[0]), size)
        }
        let most = 1 << 20
        guard let file = FileHandle(forReadingAtPath: text), let note = try? file.read(upToCount: most), !note.isEmpty
        else {
            throw ProgramFailure("'\(text)' is no checkpoint: give PARTY:SIZE, or a file with a checkpoint's note")
        }
        return .note(Array(note))
    }

    /// The instant that a person names: ISO 8601 with a zone, or Unix milliseconds; nil for none.
    /// - Throws: ``ProgramFailure`` when it is neither.
    public static func instant(_ text: String?) throws -> Int64? {
        guard let text else { return nil }
        if let milliseconds = Int64(text), milliseconds >= 0 { return milliseconds }
        let formatter = ISO8601DateFormatter()
        for options: ISO8601DateFormatter.Options in [
            [.withInternetDateTime], [.withInternetDateTime, .withFractionalSeconds],
        ] {
            formatter.formatOptions = options
            if let date = formatter.date(from: text) { return Int64((date.timeIntervalSince1970 * 1_000).rounded()) }
        }
        throw ProgramFailure("'\(text)' is no time: write it as 2026-11-21T08:00:00Z, or as Unix milliseconds")
    }

    private func setup() throws -> PartySetup {
        let hasScenario = FileManager.default.fileExists(atPath: layout.scenarioPath)
        return try PartySetup(
            topology: layout.topologyPath, scenario: hasScenario ? layout.scenarioPath : nil,
            records: hasScenario && record.records > 0 ? Int(record.records) : nil,
            seed: hasScenario ? record.seed : nil)
    }

    /// Who can tell a record's facility: the auditor, of an exchange that takes visits from outside; of a run, whose
    /// visits are computed, the scenario's population.
    private func facilities(_ setup: PartySetup) throws -> any RecordFacilities {
        if record.purpose == .up, let vaultDirectory {
            return try VaultFacilities(directory: vaultDirectory, keyFile: layout.vaultKey, topology: setup.topology)
        }
        guard setup.scenario != nil, record.records > 0 else { return UnknownFacilities() }
        return PopulationFacilities(population: try setup.population("a report"), count: record.records)
    }
}
