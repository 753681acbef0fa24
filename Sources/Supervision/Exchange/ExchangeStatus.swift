import Composition
import Foundation
import Journal
import PartyCore
import PartyRuntime
import PartyStore
import Topology

/// `cycle status`: what the directory of an exchange and its parties' reports say now.
public struct ExchangeStatus: Sendable, Codable, Equatable {
    /// The data directory.
    public var data: String
    /// Whether a `cycle` runs it.
    public var isRunning: Bool
    /// Address of its broker.
    public var broker: String
    /// Name of its scenario.
    public var scenario: String?
    /// Each party, in the topology's order.
    public var parties: [PartyLine]
    /// Each agreement, in the topology's order.
    public var agreements: [AgreementLine]
    /// Logs that have shown two histories, in words.
    public var splitViews: [String]
    /// Partitions of its own broker that stand still because their files are damaged, and what to do; of an exchange that runs.
    public var damage: [String]

    /// The auditor; nil where none has run.
    public var auditor: AuditorLine?

    /// The auditor.
    public struct AuditorLine: Sendable, Codable, Equatable {
        /// Its process; nil when it does not run.
        public var process: Int32?
        /// Leaves of its log: the records that it has seen, and what people did.
        public var leaves: Int64
        /// Whether it has seen all that there was.
        public var isIdle: Bool
        /// Messages that it has not read by the broker's word; nil when the broker does not say.
        public var unread: Int64?
        /// Where the keys of its vault are, in words; nil where that cannot be read.
        public var vaultKeys: String?
    }

    /// One party.
    public struct PartyLine: Sendable, Codable, Equatable {
        /// Name in the topology.
        public var party: String
        /// Its process, of several instances the first; nil when it does not run.
        public var process: Int32?
        /// Processes of its instances that run; nil for a party of one instance.
        public var instances: [Int32]?
        /// Whether somebody else runs it, so that nothing is known of it here; nil where not.
        public var isOutside: Bool?
        /// Whether it has nothing left to do; never said of a party that gives no sign, or that has something to read.
        public var isIdle: Bool
        /// How long it has given no sign although it runs, seconds; nil when its last report is fresh.
        public var silentSeconds: Double?
        /// Records in its topics that it has not read by the broker's word, which is up to a second behind; nil when the
        /// broker does not say.
        public var unread: Int64?
        /// Distinct records received or submitted.
        public var submitted: Int64
        /// Records passed on.
        public var shared: Int64
        /// Records refused.
        public var refused: Int64
        /// Records without a decision.
        public var pending: Int64
        /// Records taken back by their facility.
        public var withdrawn: Int64
        /// Pending records that an agreement holds.
        public var held: Int64
        /// How long the oldest pending record has waited, seconds.
        public var oldestPendingSeconds: Double?
        /// Messages of parties that it could not read.
        public var deadLetters: Int64
        /// Messages on its topics that no party of the topology sent: no records, and in no other figure.
        public var strays: Int64
        /// Messages that lay in another partition than their key's, since its programs started; nil for none.
        public var misplaced: Int64?
        /// Whether it rests until it is told to go on; nil where it does not.
        public var isPaused: Bool?
        /// Refused records by code.
        public var refusedByReason: [String: Int64]
        /// Largest resident memory so far, bytes.
        public var peakResidentBytes: Int64
    }

    /// One agreement.
    public struct AgreementLine: Sendable, Codable, Equatable {
        /// Name in the topology.
        public var agreement: String
        /// Whether all have signed.
        public var isInForce: Bool
        /// Who has signed.
        public var signed: [String]
        /// Who has not.
        public var missing: [String]
    }

    /// Looks at an exchange.
    /// - Throws: ``ProgramFailure`` when the directory holds none.
    public init(layout: ExchangeLayout) throws {
        guard let record = try layout.record() else {
            throw ProgramFailure("\(layout.directory) holds no exchange; start one with cycle up, or give --data")
        }
        let scenario = FileManager.default.fileExists(atPath: layout.scenarioPath) ? layout.scenarioPath : nil
        let setup = try PartySetup(topology: layout.topologyPath, scenario: scenario, records: 0)
        let running = layout.isInUse
        data = layout.directory
        isRunning = running
        broker = record.broker
        self.scenario = record.scenario
        let statuses = setup.topology.parties.map { ($0, layout.status(of: $0, in: setup.topology)) }
        let now = Date().timeIntervalSince1970
        let unread = running ? UnreadRecords(setup.topology, record, layout) : UnreadRecords()
        parties = statuses.map { party, status in
            let processes = party.processNames.compactMap { record.processes[$0] }
                .filter { running && kill($0, 0) == 0 }
            var line = PartyLine(
                party.name, process: processes.first, status, now: now, unread: unread.parties[party.name])
            if party.instances > 1 { line.instances = processes }
            if record.outside?.contains(party.name) == true { line.isOutside = true }
            return line
        }
        let name = AuditPlan.auditorName
        auditor = StatusReport(directory: layout.partyDirectory(name)).map { status in
            AuditorLine(
                process: record.processes[name].flatMap { running && kill($0, 0) == 0 ? $0 : nil },
                leaves: status.journalLeaves, isIdle: status.isIdle,
                unread: unread.written.flatMap { written in status.offsetsRead.map { max(0, written - $0) } },
                vaultKeys: (try? StoreInspection(directory: layout.partyDirectory(name))).flatMap {
                    try? VaultSealing.place($0)
                })
        }
        splitViews = Set(statuses.flatMap { $0.1?.witness?.splitViews ?? [] }).sorted()
        damage = running && record.ownsBroker ? layout.damagedPartitions : []
        agreements = setup.topology.agreements.map { agreement in
            let given = statuses.compactMap { $0.1?.figures.signatures[agreement.name] }.reduce(into: Set<String>()) {
                $0.formUnion($1)
            }
            let signed = agreement.signatories.filter { agreement.signed.contains($0) || given.contains($0) }
            let missing = agreement.signatories.filter { !signed.contains($0) }
            return AgreementLine(
                agreement: agreement.name, isInForce: missing.isEmpty, signed: signed, missing: missing)
        }
    }

    /// JSON, keys sorted.
    public var json: String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return (try? encoder.encode(self)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
    }

    /// For people.
    public var table: String {
        var text = "\(data): \(isRunning ? "running, broker \(broker)" : "not running")"
        if let scenario { text += ", scenario \(scenario)" }
        text += "\n\n"
        let head = [
            "party", "process", "submitted", "shared", "refused", "pending", "withdrawn", "held", "unread", "oldest s",
            "idle",
        ]
        text += TextTable.text([head] + parties.map(\.cells))
        if !damage.isEmpty { text += "\n\n" + damage.map { "DAMAGED: \($0)" }.joined(separator: "\n") }
        let misplaced = parties.compactMap(\.misplacement)
        if !misplaced.isEmpty { text += "\n\n" + misplaced.joined(separator: "\n") }
        let strays = parties.compactMap(\.straying)
        if !strays.isEmpty { text += "\n\n" + strays.joined(separator: "\n") }
        if !splitViews.isEmpty {
            text += "\n\n" + splitViews.map { "TWO HISTORIES: \($0)" }.joined(separator: "\n")
        }
        if let auditor {
            text += "\n\nauditor: \(auditor.leaves) records seen"
            text += auditor.unread.map { ", \($0) unread" } ?? ""
            text += auditor.process.map { ", process \($0)" } ?? ", not running"
            text += auditor.vaultKeys.map { "\nkeys of its vault: \($0)" } ?? ""
        }
        return text + "\n\n" + agreementTable
    }

    /// The agreements, for people.
    public var agreementTable: String {
        agreements.map { line in
            let signed = line.signed.isEmpty ? "nobody" : line.signed.joined(separator: ", ")
            return line.isInForce
                ? "\(line.agreement): in force, signed by \(signed)"
                : "\(line.agreement): not in force, signed by \(signed), missing \(line.missing.joined(separator: ", "))"
        }.joined(separator: "\n")
    }
}

extension ExchangeStatus.PartyLine {
    /// A party writes its report four times a second; this long after the last one it is said to be silent.
    private static let patienceSeconds = 2.0

    init(_ name: String, process: Int32?, _ status: StatusReport?, now: Double, unread: Int64? = nil) {
        let ledger = status?.ledger ?? Ledger()
        let oldest = status?.oldestPendingSince.map { max(0, now - Double($0) / 1_000) }
        let age = status.map { max(0, now - Double($0.writtenAt) / 1_000) }
        let silence = process == nil ? nil : age.flatMap { $0 > Self.patienceSeconds ? $0 : nil }
        self.init(
            party: name, process: process, isIdle: (status?.isIdle ?? false) && silence == nil && (unread ?? 0) == 0,
            silentSeconds: silence, unread: unread, submitted: ledger.submitted,
            shared: ledger.shared, refused: ledger.refused, pending: ledger.pending,
            withdrawn: ledger.withdrawn, held: ledger.held, oldestPendingSeconds: oldest,
            deadLetters: ledger.deadLetters, strays: ledger.strays, misplaced: status?.misplaced,
            isPaused: status?.figures.isPaused == true ? true : nil, refusedByReason: ledger.refusedByReason,
            peakResidentBytes: status?.peakResidentBytes ?? 0)
    }

    fileprivate var cells: [String] {
        let counts = [submitted, shared, refused, pending, withdrawn, held].map { String($0) }
        let oldest = oldestPendingSeconds.map { String(format: "%.1f", $0) } ?? "-"
        if isOutside == true { return [party, "outside"] + Array(repeating: "-", count: 8) }
        let name = instances.map { "\(party) x\($0.count)" } ?? party
        return [name, process.map { String($0) } ?? "-"] + counts + [
            unread.map { String($0) } ?? "-", oldest, standing,
        ]
    }

    /// How many messages lay where their key does not belong, and what became of them; nil for none.
    var misplacement: String? {
        guard let misplaced else { return nil }
        let end = instances == nil ? "taken in all the same" : "handed on to the stores that they belong to"
        return "\(party): messages in another partition than their key's: \(misplaced), \(end)"
    }

    /// How many messages came from nobody in the topology; nil for none.
    var straying: String? {
        strays == 0
            ? nil
            : "\(party): messages that no party of the topology sent: \(strays), put into the dead letters; cycle audit verify "
                + "says where and since when"
    }

    /// The last cell of its line.
    var standing: String {
        if let silentSeconds { return "no sign for \(Int(silentSeconds)) s" }
        if isPaused == true { return "rests" }
        return isIdle ? "yes" : "no"
    }
}
