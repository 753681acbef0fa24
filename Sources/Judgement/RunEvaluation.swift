public import Composition
import PartyCore
public import PartyRuntime
import PartyStore
public import Supervision
import Topology
import TransparencyLog
import Vocabulary

/// Reports on a run after its parties have stopped, from what they have written down.
public struct RunEvaluation {
    private let setup: PartySetup
    private let judgement: ExchangeJudgement
    private let statuses: [String: StatusReport]
    private let auditor: AuditorFigures?
    private let outside: Set<String>
    private let disk: [DiskUse]
    /// What the auditor has seen, for topics that only outsiders read.
    private let auditorOffsets: [PartitionOffset]

    /// Reads the parties' directories.
    /// - Parameters:
    ///   - statuses: The last report of each party, for latencies and times.
    ///   - outside: Parties that somebody else ran: nothing of theirs is here.
    /// - Throws: ``ProgramFailure`` without a scenario; `StoreError` when a directory cannot be read.
    public init(
        layout: ExchangeLayout, setup: PartySetup, statuses: [String: StatusReport], outside: Set<String> = []
    ) throws {
        self.setup = setup
        self.statuses = statuses
        self.outside = outside
        disk = DiskUse.all(layout, setup.topology)
        var (accounts, missing): ([PartyAccount], [String]) = ([], [])
        for party in setup.topology.parties where !outside.contains(party.name) {
            for shard in setup.topology.shards(of: party) {
                let directory = layout.directory(of: shard)
                guard let store = try StoreInspection.open(directory: directory).store else {
                    missing.append(shard.name)
                    continue
                }
                accounts.append(try PartyAccount(shard: shard, role: party.role, store: store))
            }
        }
        var judgement = try ExchangeJudgement(setup: setup, accounts: accounts)
        judgement.outside = outside
        judgement.missing = missing
        if ReadModelDifferences.areAsked(judgement.scenario.askedFigures) {
            judgement.readModels = try ReadModelJudge(setup: setup, outside: outside).differences(in: layout)
        }
        self.judgement = judgement
        let directory = layout.partyDirectory(AuditPlan.auditorName)
        let store = try StoreInspection.open(directory: directory).store
        auditor = try store.map { try AuditorFigures($0) }
        auditorOffsets = store?.progress.offsets ?? []
    }

    /// Of a run whose parties' directories cannot be read.
    /// - Parameter unread: Why not.
    /// - Throws: ``ProgramFailure`` without a scenario.
    init(unread: String, setup: PartySetup) throws {
        self.setup = setup
        var judgement = try ExchangeJudgement(setup: setup, accounts: [])
        judgement.unread = unread
        self.judgement = judgement
        statuses = [:]
        outside = []
        disk = []
        auditor = nil
        auditorOffsets = []
    }

    /// The report.
    /// - Throws: `PopulationError` when an assertion asks for a population's truth that cannot be had.
    public func report(_ end: RunEnd) throws -> RunReport {
        var judgement = judgement
        judgement.isAtRest = end.ending.isReached
        judgement.hasBegun = end.hasBegun
        let hops = hopReports()
        let elapsed = elapsedSeconds()
        let measured = MeasuredFigures(
            elapsedSeconds: elapsed,
            cyclesPerSecond: elapsed > 0 ? Double(judgement.settled) / elapsed : 0, hops: hops,
            splitViews: SplitViewReport.gather(judgement.accounts.flatMap(\.splitViews)))
        let consumed = Dictionary(hops.map { ($0.topic, $0.count) }) { first, _ in first }
        return RunReport(
            figures: judgement.figures,
            assertions: try judgement.assertions(measured: measured, consumed: consumed),
            details: RunDetails(
                ending: end.ending, hasBegun: end.hasBegun, failure: end.failure,
                outside: outside.isEmpty ? nil : outside.sorted(), elapsedSeconds: elapsed,
                cyclesPerSecond: measured.cyclesPerSecond, firstCycleSeconds: firstCycleSeconds(since: end.startedAt),
                hops: hops, processes: end.processes, disk: disk,
                conservation: judgement.conservation, auditor: auditor, splitViews: measured.splitViews))
    }

    private func elapsedSeconds() -> Double {
        let start = judgement.ownFigures(.facility).submission.startedAt
        let end = statuses.values.map(\.lastChangeAt).max() ?? 0
        return start > 0 && end > start ? Double(end - start) / 1_000 : 0
    }

    private func firstCycleSeconds(since start: Int64) -> Double? {
        let localities = setup.topology.parties(role: .locality).compactMap { statuses[$0.name]?.firstSharedAt }
        guard let first = localities.filter({ $0 > 0 }).min() else { return nil }
        return Double(first - start) / 1_000
    }

    /// For a topic with several readers, the count of the one that has read most and the longest times; the topics of
    /// provinces together.
    private func hopReports() -> [HopReport] {
        let consumed = judgement.consumed
        return setup.topology.declaredTopics.map { declared in
            let topics = setup.topology.topics.filter { $0.declaredName == declared.name }
            // How much an outsider has read nobody knows; what there was to read the auditor has seen.
            let seen =
                outside.isSuperset(of: declared.readers)
                ? topics.reduce(0) { $0 + PartyAccount.consumed($1.name, by: auditorOffsets) } : 0
            let names = Set(topics.map(\.name))
            let reports = declared.readers.flatMap { reader in
                statuses[reader]?.hops.filter { names.contains($0.topic) } ?? []
            }
            return HopReport(
                topic: declared.name, count: max(consumed[declared.name] ?? 0, seen),
                p50Milliseconds: reports.map(\.p50Milliseconds).max() ?? 0,
                p95Milliseconds: reports.map(\.p95Milliseconds).max() ?? 0,
                p99Milliseconds: reports.map(\.p99Milliseconds).max() ?? 0)
        }
    }
}

extension AuditorFigures {
    init(_ store: StoreInspection) throws {
        self.init(leaves: store.progress.nextSequence, root: try store.frontier()?.root.description ?? "")
    }
}
