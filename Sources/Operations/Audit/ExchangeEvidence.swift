public import Audit
import Composition
import ExchangeSchema
import Foundation
import PartyRuntime
import PartyStore
public import Supervision
import Topology
import Vocabulary

/// `cycle audit`: the evidence in the data directory of an exchange, whether it runs or not.
public struct ExchangeEvidence {
    let layout: ExchangeLayout
    let subjects: [AuditSubject]
    /// The auditor, where one has run.
    let auditor: AuditSubject?
    /// Journals of the parties and, where there is one, the auditor's.
    let sources: [JournalSource]
    /// The topic of checkpoints at the broker.
    let checkpoints: BrokerCheckpoints
    let record: ExchangeRecord
    /// Parties that have no store here, as may be.
    let absent: AbsentParties
    /// What somebody has carried away of the logs, which verification holds against them; nil for nothing.
    public var pins: Pins?

    /// How much whoever reads an exchange that runs gives way to it.
    private static let niceness: Int32 = 10

    /// Looks at a directory, and changes nothing.
    /// - Parameter pins: A folder of pins to hold against the logs; nil for none.
    /// - Throws: ``ProgramFailure`` when it holds no exchange, or one of another version; `EvidenceError` when the folder
    ///   holds no pins, or such as do not hold by themselves.
    public init(layout: ExchangeLayout, pins: String?) throws {
        try self.init(layout: layout)
        self.pins = try pins.map { try Pins(folder: $0) }
    }

    /// Looks at a directory, and changes nothing.
    /// - Throws: ``ProgramFailure`` when it holds no exchange, or one of another version.
    public init(layout: ExchangeLayout) throws {
        let record = try layout.requiredRecord()
        let isRunning = layout.isInUse
        if isRunning { _ = nice(Self.niceness) }
        self.layout = layout
        self.record = record
        let topology = try ExchangeFiles.topology(at: layout.topologyPath)
        subjects = topology.parties.flatMap { party in
            topology.shards(of: party).map { shard in
                AuditSubject(
                    party: party, shard: shard, topology: topology, directory: layout.directory(of: shard),
                    evidenceDirectory: layout.evidenceDirectory)
            }
        }
        // One that the topology has, and one that was started: somebody may have taken its line out of the topology.
        let directory = layout.partyDirectory(AuditPlan.auditorName)
        auditor =
            topology.audit.auditor || FileManager.default.fileExists(atPath: directory)
            ? Self.auditorSubject(topology, layout)
            : nil
        let checkpoints = BrokerCheckpoints(
            layout: layout, isHere: record.ownsBroker, topic: topology.audit.checkpoints)
        self.checkpoints = checkpoints
        absent = AbsentParties(
            subjects, auditor: auditor, declared: Set(record.outside ?? []),
            started: isRunning ? Self.started(topology, record) : [], published: { checkpoints.publishers() })
        sources = absent.present(subjects).map(JournalSource.init) + Self.auditor(layout, topology)
    }

    private static func auditorSubject(_ topology: Topology, _ layout: ExchangeLayout) -> AuditSubject {
        var subject = AuditSubject(
            auditorOf: topology, directory: layout.partyDirectory(AuditPlan.auditorName),
            evidenceDirectory: layout.evidenceDirectory)
        subject.vaultKey = layout.vaultKey
        return subject
    }

    /// Parties that are being run: all of them before the processes are written down.
    private static func started(_ topology: Topology, _ record: ExchangeRecord) -> Set<String> {
        let auditor = [AuditPlan.auditorName: [AuditPlan.auditorName]]
        let names = topology.parties.reduce(into: auditor) { $0[$1.name] = $1.processNames }
        return Set(
            names.filter { record.processes.isEmpty || $0.value.contains { record.processes[$0] != nil } }.keys)
    }

    /// The auditor reads every topic, in the order in which the exchange makes them.
    private static func auditor(_ layout: ExchangeLayout, _ topology: Topology) -> [JournalSource] {
        let directory = layout.partyDirectory(AuditPlan.auditorName)
        guard StoreInspection.isPossible(directory: directory) else { return [] }
        return [
            JournalSource(
                party: AuditPlan.auditorName, directory: directory, evidenceDirectory: layout.evidenceDirectory,
                topics: topology.topicsToCreate.map(\.name))
        ]
    }

    /// Directory of the auditor; nil where there is no auditor, or its store is gone.
    var vaultDirectory: String? {
        auditor.flatMap { StoreInspection.isPossible(directory: $0.directory) ? $0.directory : nil }
    }

    /// Verifies everything.
    /// - Throws: `StoreError` when a party's directory is in use or of another version.
    public func verify() throws -> AuditReport {
        try audit.verify()
    }

    /// All parties, to be verified and counted.
    var audit: ExchangeAudit { audit(of: subjects) }

    /// The same of other directories.
    func audit(of subjects: [AuditSubject]) -> ExchangeAudit {
        // An exchange that stays takes visits from whoever brings them; a run has its own facility only.
        let outside: Set<MessageType> = record.purpose == .up ? [.facilityRecord] : []
        var audit = ExchangeAudit(
            data: layout.directory, subjects: subjects, auditor: auditor, outside: outside, absent: absent,
            broker: { checkpoints.sight() },
            brokerLog: record.ownsBroker ? .here(BrokerFiles(layout: layout).read) : .elsewhere)
        audit.pins = pins
        return audit
    }

    /// Records through all parties.
    /// - Parameters:
    ///   - subject: A record's identifier, or a citizen's 12 digits: then all records that the auditor saw of them.
    ///   - purpose: Why, for the auditor's log.
    /// - Throws: ``ProgramFailure`` when the subject is malformed or nobody knows it; `StoreError`.
    public func traces(_ subject: String, purpose: String) throws -> [RecordTrace] {
        let records: [RecordIdentifier]
        if let record = RecordIdentifier(subject) {
            records = [record]
        } else if !subject.isEmpty, subject.allSatisfy(\.isNumber) {
            let number = try Self.citizen(subject)
            records = try requireVault().records(ofCitizen: number.description)
            guard !records.isEmpty else {
                // To look for somebody is an act too, also where nothing is found.
                try AccessNote.note(
                    action: "trace",
                    subject:
                        "a citizen of whom there is no record, pseudonym \(try AccessSeal(layout).pseudonym(of: number))",
                    purpose: purpose, layout: layout)
                throw ProgramFailure("the auditor in \(layout.directory) has no record of this citizen")
            }
        } else {
            throw ProgramFailure(
                "'\(subject)' is no record identifier (a UUID in 36 characters) and no citizen number (12 digits)")
        }
        let payloads = vaultDirectory.map { VaultPayloads(directory: $0, keyFile: layout.vaultKey) }
        let found = try records.map { record in
            var trace = try RecordTrace(record, subjects: subjects, absent: absent)
            if let payloads {
                trace.parts = try PartStops(trace.steps, subjects: subjects) { topic, partition, offset in
                    try payloads.seen(topic: topic, partition: partition, offset: offset)
                }
            }
            return trace
        }
        if records.count == 1, found[0].steps.isEmpty {
            try AccessNote.note(
                action: "trace", subject: "\(records[0]), which no journal knows", purpose: purpose, layout: layout)
            throw ProgramFailure("no journal in \(layout.directory) knows \(records[0])")
        }
        try AccessNote.note(
            action: "trace", subject: records.map(\.description).joined(separator: " "), purpose: purpose,
            layout: layout)
        return found
    }

    /// Erases a citizen from what the auditor keeps, from the book at MoH and from the warehouses, and writes it down; and
    /// writes the parties' databases anew, without what was deleted from them. One that was interrupted is finished by doing
    /// it again.
    /// - Parameters:
    ///   - number: 12 digits.
    ///   - order: The order that it follows.
    ///   - purpose: Why.
    /// - Returns: What was taken out, and where.
    /// - Throws: ``ProgramFailure`` when the number is malformed or was never seen, or there is no auditor; then nothing
    ///   is changed. `StoreError`.
    public func erase(
        citizen number: String, order: String, purpose: String
    ) throws -> CitizenErasure {
        let citizen = try Self.citizen(number)
        _ = try layout.stoppedRecord()
        guard let auditor, StoreInspection.isPossible(directory: auditor.directory) else {
            throw ProgramFailure("\(layout.directory) has no auditor: there is nothing to erase, and no log to say so")
        }
        let log = try AccessLog(directory: auditor.directory, evidence: layout.evidenceDirectory)
        var entry = AccessEntry(action: AccessEntry.erase, subject: "", purpose: purpose, order: order)
        let sealed = try log.erase(citizen: citizen.number, entry, keyFile: layout.vaultKey)
        // The warehouses first: the book alone knows under which numbers else they have the person.
        let warehouses = try eraseVisits(of: try numbers(of: citizen))
        let erasure = CitizenErasure(sealed: sealed, book: try eraseBook(of: citizen), warehouses: warehouses)
        if sealed.isEmpty {
            // To look for somebody is an act too, also where nothing is found.
            if erasure.isEmpty {
                entry.subject =
                    "a citizen of whom nothing is kept, pseudonym \(try AccessSeal(layout).pseudonym(of: citizen))"
            }
            try log.append(entry)
        }
        try log.close()
        guard !erasure.isEmpty else {
            throw ProgramFailure(
                "in \(layout.directory) the auditor has no record of this citizen, MoH no book and no province a visit; "
                    + "nothing is changed")
        }
        // What each has handed on, and deleted, since.
        for subject in absent.present(subjects) { try StoreCompaction.run(directory: subject.directory) }
        return erasure
    }

    /// What people did, and what facilities asked of the books, oldest first, with the number of its leaf.
    /// - Throws: ``ProgramFailure`` when there is no auditor; `StoreError`.
    func accesses() throws -> [(leaf: Int64, entry: AccessEntry)] {
        try listedAccesses().map { ($0.leaf, $0.entry) }
    }

    /// How long an auditor that is just being started may take to make its database.
    private static let patience = Duration.seconds(20)

    func requireVault() throws -> VaultInspection {
        let missing = ProgramFailure("\(layout.directory) has no auditor, who alone knows whose a record is")
        guard let auditor else { throw missing }
        let deadline = ContinuousClock.now + Self.patience
        while true {
            do {
                guard StoreInspection.isPossible(directory: auditor.directory) else { throw missing }
                return try VaultInspection(directory: auditor.directory, keyFile: layout.vaultKey)
            } catch {
                // Its file and its tables come one after the other, and nobody tells when both are there.
                guard isBeingStarted, ContinuousClock.now < deadline else { throw error }
                usleep(50_000)
            }
        }
    }

    /// Whether the auditor of a running exchange has not yet said anything of itself.
    private var isBeingStarted: Bool {
        layout.isInUse && StatusReport(directory: layout.partyDirectory(AuditPlan.auditorName)) == nil
    }

    /// The exchange's own rule for citizen numbers; the number itself is not repeated, for the line may be kept.
    static func citizen(_ text: String) throws -> CitizenNumber {
        do {
            return try CitizenNumber(parsing: text)
        } catch {
            throw ProgramFailure("this is no citizen number: \(error.rule.text)")
        }
    }
}
