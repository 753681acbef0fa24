import Foundation
import Journal
import PartyCore
import PartyRuntime
import PrometheusText
import Topology

/// How an exchange stands, in numbers that a monitoring system collects: the text format of Prometheus. All of it is read
/// from what the parties and the broker say of themselves, so that collecting costs the parties nothing.
public struct ExchangeMetrics: Sendable {
    /// The text.
    public let text: String

    /// Looks at an exchange.
    /// - Throws: ``ProgramFailure`` when the directory holds none.
    public init(layout: ExchangeLayout) throws {
        let status = try ExchangeStatus(layout: layout)
        let topology = try ExchangeControl(layout: layout).topology()
        let reports = topology.parties.compactMap { party in
            layout.status(of: party, in: topology).map { (party.name, $0) }
        }
        let checkpoints = topology.parties.map { ($0.name, Self.ageOfCheckpoint(layout.partyDirectory($0.name))) }
        text = Self.families(status, reports, checkpoints).map(\.text).joined()
    }

    init(_ status: ExchangeStatus, _ reports: [(String, StatusReport)], _ checkpoints: [(String, Double?)]) {
        text = Self.families(status, reports, checkpoints).map(\.text).joined()
    }

    private static func families(
        _ status: ExchangeStatus, _ reports: [(String, StatusReport)], _ checkpoints: [(String, Double?)]
    ) -> [MetricFamily] {
        running(status) + records(status.parties) + messages(status.parties) + hops(reports)
            + evidence(reports, checkpoints) + auditor(status.auditor) + agreements(status.agreements)
            + programs(reports)
    }

    private static func running(_ status: ExchangeStatus) -> [MetricFamily] {
        var exchange = MetricFamily("exchange_running", .gauge, "1 while a cycle runs the exchange.")
        exchange.add(status.isRunning ? 1.0 : 0)
        var party = MetricFamily("party_running", .gauge, "1 while a process of the party runs here.")
        var silent = MetricFamily("party_silent_seconds", .gauge, "How long a running party has given no sign.")
        var paused = MetricFamily("party_resting", .gauge, "1 while the party rests until it is told to go on.")
        for line in status.parties where line.isOutside != true {
            party.add(line.process == nil ? 0.0 : 1, ("party", line.party))
            silent.add(line.silentSeconds ?? 0, ("party", line.party))
            paused.add(line.isPaused == true ? 1.0 : 0, ("party", line.party))
        }
        return [exchange, party, silent, paused]
    }

    private static func records(_ parties: [ExchangeStatus.PartyLine]) -> [MetricFamily] {
        var records = MetricFamily("records", .gauge, "Distinct records that a party knows, by where they stand.")
        var refused = MetricFamily("refused_records", .gauge, "Refused records by the code of the refusal.")
        var oldest = MetricFamily(
            "oldest_pending_seconds", .gauge, "How long the oldest record without a decision has waited.")
        for line in parties where line.isOutside != true {
            for (state, count) in [
                ("submitted", line.submitted), ("shared", line.shared), ("refused", line.refused),
                ("pending", line.pending), ("withdrawn", line.withdrawn), ("held", line.held),
            ] {
                records.add(count, ("party", line.party), ("state", state))
            }
            for (reason, count) in line.refusedByReason.sorted(by: { $0.key < $1.key }) {
                refused.add(count, ("party", line.party), ("reason", reason))
            }
            oldest.add(line.oldestPendingSeconds ?? 0, ("party", line.party))
        }
        return [records, refused, oldest]
    }

    private static func messages(_ parties: [ExchangeStatus.PartyLine]) -> [MetricFamily] {
        var unread = MetricFamily("unread_messages", .gauge, "Messages in a party's topics that it has not read.")
        var dead = MetricFamily("dead_letters_total", .counter, "Messages that a party could not read.")
        var misplaced = MetricFamily(
            "misplaced_messages", .gauge, "Messages in another partition than their key's, since the party's start.")
        var strays = MetricFamily(
            "stray_messages_total", .counter, "Messages on a party's topics that no party of the topology sent.")
        for line in parties {
            unread.add(line.unread, ("party", line.party))
            guard line.isOutside != true else { continue }
            dead.add(line.deadLetters, ("party", line.party))
            strays.add(line.strays, ("party", line.party))
            misplaced.add(line.misplaced ?? 0, ("party", line.party))
        }
        return [unread, dead, strays, misplaced]
    }

    private static func hops(_ reports: [(String, StatusReport)]) -> [MetricFamily] {
        var count = MetricFamily("hop_messages", .gauge, "Messages that a party has read, since its process started.")
        var latency = MetricFamily(
            "hop_latency_seconds", .gauge, "From a message's sending to its reading, since the reader's start.")
        for (party, report) in reports {
            for hop in report.hops {
                count.add(hop.count, ("party", party), ("topic", hop.topic))
                for (quantile, milliseconds) in [
                    ("0.5", hop.p50Milliseconds), ("0.95", hop.p95Milliseconds), ("0.99", hop.p99Milliseconds),
                ] {
                    latency.add(milliseconds / 1_000, ("party", party), ("topic", hop.topic), ("quantile", quantile))
                }
            }
        }
        return [count, latency]
    }

    private static func evidence(
        _ reports: [(String, StatusReport)], _ checkpoints: [(String, Double?)]
    ) -> [MetricFamily] {
        var leaves = MetricFamily("journal_leaves_total", .counter, "Leaves of a party's log.")
        var published = MetricFamily("published_leaves", .gauge, "Leaves below the checkpoint published last.")
        var cosigned = MetricFamily("cosignatures", .gauge, "Parties that cosigned the checkpoint published last.")
        var histories = MetricFamily("split_views", .gauge, "Logs of which the party knows two histories.")
        for (party, report) in reports {
            leaves.add(report.journalLeaves, ("party", party))
            published.add(report.witness?.publishedLeaves, ("party", party))
            cosigned.add(report.witness.map { Int64($0.cosignedBy.count) }, ("party", party))
            histories.add(report.witness.map { Int64($0.splitViews.count) }, ("party", party))
        }
        var age = MetricFamily(
            "checkpoint_age_seconds", .gauge,
            "Since the checkpoint changed last; it stands still while nothing happens.")
        for (party, seconds) in checkpoints { age.add(seconds, ("party", party)) }
        return [leaves, published, cosigned, histories, age]
    }

    private static func auditor(_ line: ExchangeStatus.AuditorLine?) -> [MetricFamily] {
        guard let line else { return [] }
        var running = MetricFamily("auditor_running", .gauge, "1 while the auditor runs.")
        running.add(line.process == nil ? 0.0 : 1)
        var leaves = MetricFamily("auditor_leaves_total", .counter, "Leaves of the auditor's log.")
        leaves.add(line.leaves)
        var lag = MetricFamily("auditor_unread_messages", .gauge, "Messages that the auditor has not read.")
        lag.add(line.unread)
        return [running, leaves, lag]
    }

    private static func agreements(_ lines: [ExchangeStatus.AgreementLine]) -> [MetricFamily] {
        var inForce = MetricFamily("agreement_in_force", .gauge, "1 when all have signed the agreement.")
        var signed = MetricFamily("agreement_signed", .gauge, "1 when the party has signed the agreement.")
        for line in lines {
            inForce.add(line.isInForce ? 1.0 : 0, ("agreement", line.agreement))
            for party in line.signed { signed.add(1.0, ("agreement", line.agreement), ("party", party)) }
            for party in line.missing { signed.add(0.0, ("agreement", line.agreement), ("party", party)) }
        }
        return [inForce, signed]
    }

    private static func programs(_ reports: [(String, StatusReport)]) -> [MetricFamily] {
        var memory = MetricFamily(
            "process_peak_resident_bytes", .gauge, "Largest resident memory of a party's process.")
        var time = MetricFamily("process_cpu_seconds", .gauge, "Processor time of a party's process since its start.")
        for (party, report) in reports {
            memory.add(report.peakResidentBytes, ("party", party))
            time.add(report.processorSeconds, ("party", party))
        }
        return [memory, time]
    }

    /// Seconds since a party's checkpoint changed last; nil where there is none.
    private static func ageOfCheckpoint(_ directory: String) -> Double? {
        let attributes = try? FileManager.default.attributesOfItem(atPath: directory + "/checkpoint")
        return (attributes?[.modificationDate] as? Date).map { max(0, -$0.timeIntervalSinceNow) }
    }
}
