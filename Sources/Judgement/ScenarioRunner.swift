import Composition
import Foundation
import Journal
import PartyCore
public import PartyRuntime
public import Supervision
public import Topology

/// Brings a started exchange to the end of its scenario: gives the planned signatures, shows how far it has come, and
/// sees when it is over.
public final class ScenarioRunner {
    private let exchange: RunningExchange
    private let scenario: Scenario
    private let display: ProgressDisplay
    private let watch: EndWatch
    private var unsigned: [PlannedSignature]
    private var statuses: [String: StatusReport] = [:]
    private let startedAt = ContinuousClock.now

    /// A runner for an exchange that was started with this scenario.
    public init(exchange: RunningExchange, scenario: Scenario, display: ProgressDisplay) {
        self.exchange = exchange
        self.scenario = scenario
        self.display = display
        watch = EndWatch(
            topology: exchange.setup.topology, records: exchange.setup.records, condition: scenario.endsWhen,
            outside: exchange.outside)
        unsigned = scenario.signatures
    }

    /// The last report of each party; of when it first shared a record, the first one, for a restart forgets it.
    public func finalStatuses() -> [String: StatusReport] {
        take(exchange.statuses())
        return statuses
    }

    private func take(_ reports: [String: StatusReport]) {
        for (name, report) in reports {
            var report = report
            if let first = statuses[name]?.firstSharedAt, first > 0 { report.firstSharedAt = first }
            statuses[name] = report
        }
    }

    /// Runs to the end.
    /// - Throws: ``StopRequested`` when somebody interrupts; ``ProgramFailure`` when the exchange cannot go on.
    public func run() throws -> RunEnding {
        let deadline = ContinuousClock.now + .seconds(scenario.timeoutSeconds)
        var sampledAt = ContinuousClock.now
        while true {
            // Quick at first, to be in time for the first record; then no oftener than the parties report.
            try exchange.turn(milliseconds: ContinuousClock.now - startedAt < .seconds(2) ? 40 : 120)
            take(exchange.statuses())
            display.show(progress)
            if ContinuousClock.now - sampledAt > .milliseconds(500) {
                exchange.supervisor.sample()
                sampledAt = .now
            }
            try signDue()
            if watch.hasEnded(statuses), exchange.supervisor.running.count >= statuses.count,
                exchange.isAuditorThere
            {
                try awaitCosignatures()
                display.show(progress, isLast: true)
                return scenario.endsWhen == .held ? .held : .settled
            }
            if ContinuousClock.now >= deadline {
                display.show(progress, isLast: true)
                return .timedOut
            }
        }
    }

    /// Lets the auditor read all that there is, and the last checkpoints be signed and cosigned: parties do so within
    /// about a second, the auditor once it has read all. Whoever stays away, or does not get on, is not waited for longer
    /// than ``patience``, the auditor than ``auditorPatience``: its cosignatures are then missing, and `cycle audit verify`
    /// says so.
    private func awaitCosignatures() throws {
        let topology = exchange.setup.topology
        let names = topology.shards.map(\.name)
        // An outsider may cosign or not.
        let outsiders = topology.shards.count { exchange.outside.contains($0.party) }
        let name = topology.audit.auditor ? AuditPlan.auditorName : nil
        var progressAt = ContinuousClock.now
        // Without an auditor there is nothing left to read.
        var written: Int64? = name == nil ? 0 : nil
        var seen: [Int64] = []
        var coveredAt: [String: Int64]?
        let began = ContinuousClock.now
        while true {
            if written == nil { written = exchange.offsetsWritten() }
            let auditor = exchange.auditorStatus()
            let left = written.map { $0 - (auditor?.offsetsRead ?? 0) }
            let isAtRest =
                auditor.map { $0.isIdle && $0.witness?.isCosigned(by: names, but: outsiders) == true } ?? (name == nil)
            let isCovered = statuses.values.allSatisfy {
                $0.witness?.covers($0.journalLeaves, of: names, but: outsiders, and: name) == true
            }
            if let left, left <= 0, isAtRest, isCovered {
                // What a party sent once more after it or the broker was killed comes late, and what comes is a leaf
                // more. So nothing may be left to read now, and each party must still be covered in its next report.
                if coveredAt == nil { coveredAt = statuses.mapValues(\.writtenAt) }
                if statuses.allSatisfy({ coveredAt?[$0.key] ?? .max < $0.value.writtenAt }) {
                    guard name != nil else { return }
                    if let now = exchange.offsetsWritten() {
                        if now == written { return }
                        (written, coveredAt) = (now, nil)
                    }
                }
            } else {
                coveredAt = nil
            }
            let reached = [auditor?.offsetsRead ?? 0] + cosigned(auditor)
            if reached != seen {
                seen = reached
                progressAt = .now
                if let left, left > 0, ContinuousClock.now - began > .seconds(1) {
                    display.follow("cycle: all is settled; the auditor reads on, \(left) records to go")
                }
            }
            // For a log of which it knows two histories the auditor will not sign however long it is waited for.
            let knowsTwo = auditor?.witness?.splitViews.isEmpty == false
            let patience = name == nil || knowsTwo ? Self.patience : Self.auditorPatience
            guard ContinuousClock.now - progressAt < patience else { return }
            try exchange.turn(milliseconds: 40)
            take(exchange.statuses())
        }
    }

    /// How far publishing and cosigning has come, at the auditor and at each party.
    private func cosigned(_ auditor: StatusReport?) -> [Int64] {
        ([auditor] + statuses.keys.sorted().map { statuses[$0] }).flatMap { status in
            [status?.witness?.publishedLeaves ?? 0, Int64(status?.witness?.cosignedBy.count ?? 0)]
        }
    }

    /// How long a settled run waits for cosignatures of parties.
    static let patience = Duration.seconds(4)
    /// How long it waits for an auditor that does not get on: it gives way to all else on the machine. Beside twenty busy
    /// processes on two cores it had 1.6 s of processor time in two minutes.
    static let auditorPatience = Duration.seconds(180)

    private var progress: RunProgress {
        RunProgress(
            scenario: scenario.name, records: exchange.setup.records, elapsed: ContinuousClock.now - startedAt,
            topology: exchange.setup.topology, statuses: statuses)
    }

    private func signDue() throws {
        guard !unsigned.isEmpty else { return }
        let figures = progress
        let due = unsigned.filter { signature in
            switch signature.trigger {
            case .heldAtLeast(let count): figures.held >= Int64(count)
            case .submittedAtLeast(let count): figures.submitted >= Int64(count)
            }
        }
        guard !due.isEmpty else { return }
        for signature in due {
            let inbox = PartyInbox(
                layout: exchange.layout, party: signature.party, topology: exchange.setup.topology)
            do {
                _ = try inbox.sign(signature.agreement, patience: .zero)
                unsigned.removeAll { $0 == signature }
                display.say("cycle: \(signature.party) has signed \(signature.agreement)")
            } catch {
                // The party may be on its way back; the next turn tries again.
                display.say("cycle: \(error)")
            }
        }
    }
}
