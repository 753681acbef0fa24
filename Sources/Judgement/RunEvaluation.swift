public import Composition
import PartyCore
public import PartyRuntime
import PartyStore
public import Supervision
import Topology
import TransparencyLog
import Vocabulary

/// Judges a run after its parties have stopped, from what they have written down.
public struct RunEvaluation {
    private let setup: PartySetup
    private let scenario: Scenario
    private let audits: [PartyAudit]
    private let statuses: [String: StatusReport]
    private let auditor: AuditorFigures?
    private let outside: Set<String>
    /// What the auditor has seen, for topics that only outsiders read.
    private let auditorProgress: StoredProgress?
    /// Stores that were never made, as of a party that could not start.
    private let missing: [String]

    /// Reads the parties' directories.
    /// - Parameters:
    ///   - statuses: The last report of each party, for latencies and times.
    ///   - outside: Parties that somebody else ran: nothing of theirs is here.
    /// - Throws: ``ProgramFailure`` without a scenario; `StoreError` when a directory cannot be read.
    public init(
        layout: ExchangeLayout, setup: PartySetup, statuses: [String: StatusReport], outside: Set<String> = []
    ) throws {
        self.setup = setup
        scenario = try setup.requireScenario("an evaluation")
        self.statuses = statuses
        self.outside = outside
        var (audits, missing): ([PartyAudit], [String]) = ([], [])
        for party in setup.topology.parties where !outside.contains(party.name) {
            for shard in setup.topology.shards(of: party) {
                let directory = layout.directory(of: shard)
                guard let store = try StoreInspection.open(directory: directory).store else {
                    missing.append(shard.name)
                    continue
                }
                audits.append(try PartyAudit(shard: shard, role: party.role, store: store))
            }
        }
        self.audits = audits
        self.missing = missing
        let directory = layout.partyDirectory(AuditPlan.auditorName)
        let store = try StoreInspection.open(directory: directory).store
        auditor = try store.map { try AuditorFigures($0) }
        auditorProgress = store?.progress
    }

    /// The report.
    /// - Parameters:
    ///   - ending: How the run ended.
    ///   - processes: What the programs used.
    ///   - startedAt: When the program started; Unix milliseconds.
    public func report(ending: RunEnding, processes: [ProcessReport], startedAt: Int64) throws -> RunReport {
        let facility = ledger(.facility)
        let submission = figures(.facility).submission
        let hops = hopReports()
        let elapsed = elapsedSeconds()
        let settled = facility.shared + facility.refused
        var report = RunReport(
            scenario: scenario.name, seed: scenario.seed, records: setup.records, ending: ending,
            submitted: facility.submitted, shared: ledger(.locality).shared, refused: facility.refused,
            pending: facility.pending, held: ledger(.c06).held, refusedByReason: facility.refusedByReason,
            resubmitted: submission.resubmitted, corrected: submission.corrected,
            wrongMatches: submission.wrongMatches,
            duplicatesIgnored: audits.reduce(0) { $0 + $1.ledger.duplicatesIgnored },
            duplicatesApplied: audits.reduce(0) { $0 + $1.effectsBeyondOne },
            deadLetters: audits.reduce(0) { $0 + $1.ledger.deadLetters }, elapsedSeconds: elapsed,
            cyclesPerSecond: elapsed > 0 ? Double(settled) / elapsed : 0,
            firstCycleSeconds: firstCycleSeconds(since: startedAt), hops: hops, processes: processes,
            conservation: conservation(ending),
            roots: Dictionary(audits.map { ($0.name, $0.root) }) { first, _ in first }, auditor: auditor,
            assertions: [])
        report.outside = outside.isEmpty ? nil : outside.sorted()
        report.splitViews = SplitViewReport.gather(audits.flatMap(\.splitViews))
        report.assertions = try judge(report)
        return report
    }

    /// Of all parties of a role together: several localities share the residents.
    private func ledger(_ role: PartyRole) -> Ledger {
        .total(audits.filter { $0.role == role }.map(\.ledger))
    }

    private func figures(_ role: PartyRole) -> OwnFigures {
        .total(audits.filter { $0.role == role }.map(\.figures))
    }

    private func elapsedSeconds() -> Double {
        let start = figures(.facility).submission.startedAt
        let end = statuses.values.map(\.lastChangeAt).max() ?? 0
        return start > 0 && end > start ? Double(end - start) / 1_000 : 0
    }

    private func firstCycleSeconds(since start: Int64) -> Double? {
        let localities = setup.topology.parties(role: .locality).compactMap { statuses[$0.name]?.firstSharedAt }
        guard let first = localities.filter({ $0 > 0 }).min() else { return nil }
        return Double(first - start) / 1_000
    }

    /// For a topic with several readers, the count of the one that has read most and the longest times.
    private func hopReports() -> [HopReport] {
        setup.topology.topics.map { topic in
            let counts = topic.readers.map { reader in
                PartyAudit.consumed(topic.name, by: audits.filter { $0.party == reader }.map(\.progress))
            }
            // How much an outsider has read nobody knows; what there was to read the auditor has seen.
            let seen = outside.isSuperset(of: topic.readers) ? auditorProgress.map { [$0] } ?? [] : []
            let reports = topic.readers.compactMap { reader in
                statuses[reader]?.hops.first { $0.topic == topic.name }
            }
            return HopReport(
                topic: topic.name, count: max(counts.max() ?? 0, PartyAudit.consumed(topic.name, by: seen)),
                p50Milliseconds: reports.map(\.p50Milliseconds).max() ?? 0,
                p95Milliseconds: reports.map(\.p95Milliseconds).max() ?? 0,
                p99Milliseconds: reports.map(\.p99Milliseconds).max() ?? 0)
        }
    }

    private func conservation(_ ending: RunEnding) -> ConservationReport {
        var violations = audits.flatMap(\.violations)
        violations += missing.map { "\($0): it kept nothing; it never came to start" }
        // A run that was cut off has messages on their way, so only what each party says for itself can be judged.
        if ending.isReached {
            let (facility, moh, locality) = (ledger(.facility), ledger(.moh), ledger(.locality))
            func agree(_ what: String, _ all: [(String, Int64)]) {
                // The name of a role is not that of its party; of an outsider nothing is known.
                let unknown = setup.topology.parties.filter { outside.contains($0.name) }.map(\.role.rawValue)
                let figures = all.filter { !unknown.contains($0.0) }
                guard Set(figures.map(\.1)).count > 1 else { return }
                violations.append(
                    "\(what) differs: " + figures.map { "\($0.0) \($0.1)" }.joined(separator: ", "))
            }
            agree("submitted", [("facility", facility.submitted), ("moh", moh.submitted)])
            agree("shared", [("facility", facility.shared), ("moh", moh.shared), ("locality", locality.shared)])
            agree("refused", [("facility", facility.refused), ("moh", moh.refused)])
            agree("pending", [("facility", facility.pending), ("moh", moh.pending)])
            for audit in audits where !audit.progress.unsentChunks.isEmpty {
                violations.append("\(audit.name): \(audit.progress.unsentChunks.count) outbox chunks are not confirmed")
            }
        }
        let doubled = audits.filter { $0.effectsBeyondOne > 0 }
        violations += doubled.map { "\($0.name): \($0.effectsBeyondOne) book entries beyond one for a record" }
        return ConservationReport(
            holds: violations.isEmpty, violations: violations, parties: audits.map(\.report))
    }

    private func judge(_ report: RunReport) throws -> [AssertionReport] {
        let names = scenario.assertions.flatMap { [$0.left, $0.right.figureName].compactMap { $0 } }
        let truth =
            names.contains { $0.hasPrefix("expected.") }
            ? GroundTruth(population: try setup.population("an evaluation"), records: setup.records) : nil
        let figures = RunFigures(report: report, truth: truth)
        return scenario.evaluate { figures[$0] }.map { assertion, result in
            switch result {
            case .holds(let left, let right):
                AssertionReport(text: assertion.text, holds: true, left: left, right: right)
            case .fails(let left, let right):
                AssertionReport(text: assertion.text, holds: false, left: left, right: right)
            case .unknownFigure(let name):
                AssertionReport(text: assertion.text, holds: false, unknownFigure: name)
            }
        }
    }
}

extension AuditorFigures {
    init(_ store: StoreInspection) throws {
        self.init(leaves: store.progress.nextSequence, root: try store.frontier()?.root.description ?? "")
    }
}
