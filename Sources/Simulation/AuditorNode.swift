import ExchangeSchema
import HostMachine
import Journal
import PartyCore
import TransparencyLog

/// The auditor in the simulation: the machine that also runs on Kafka and SQLite, in a shell of memory and virtual time. It
/// reads every topic of messages and the checkpoints; dead letters it does not read here.
struct AuditorNode: SimulatedNode {
    /// What the auditor puts before its own name in what it publishes.
    private static let source = "/auditor"
    private static let checkpointTopic = "checkpoints"

    let name: String
    private let topics: [String]
    private let partitions: [Int]
    private let key: LogKey
    private let parties: CheckpointExchange.Parties
    private let published: any PublishedKeys
    private let witnesses: Int
    private let probe: CrashProbe
    private var log: SimulatedLog
    private var machine: AuditorMachine
    private var reader: SimulatedReader
    private var hasStarted = false
    /// Leaves committed in this turn.
    private var fresh: [UInt8] = []
    private(set) var durable = DurableTables()
    private(set) var remarks: [HostRemark] = []

    init(name: String, broker: SimulatedBroker, setup: SimulationSetup, probe: CrashProbe) throws {
        self.name = name
        topics = broker.topics.map(\.name)
        partitions = broker.topics.map(\.partitions.count)
        key = try setup.key(of: name)
        parties = CheckpointExchange.Parties(own: name, exchange: setup.exchange, others: setup.names)
        published = setup
        witnesses = setup.names.count - 1
        self.probe = probe
        log = Self.log(probe)
        reader = SimulatedReader(Array(broker.topics.indices), broker)
        machine = try Self.machine(DurableTables(), topics, partitions, key, parties, published, witnesses)
    }

    private static func log(_ probe: CrashProbe) -> SimulatedLog {
        SimulatedLog(source: source, probe: probe, fate: { _ in .confirmed })
    }

    private static func machine(
        _ tables: DurableTables, _ topics: [String], _ partitions: [Int], _ key: LogKey,
        _ parties: CheckpointExchange.Parties, _ published: any PublishedKeys, _ witnesses: Int
    ) throws -> AuditorMachine {
        let memory = tables.memory(signer: key.signer)
        let next = zip(topics, partitions).map { topic, count in
            (0..<Int32(count)).map { tables.offsets[topic]?[$0] ?? 0 }
        }
        return AuditorMachine(
            plan: AuditorPlan(
                topics: topics + [Self.checkpointTopic], checkpoints: topics.count, witnesses: witnesses,
                next: next + [[tables.witness.next ?? 0]], nextLeaf: memory.nextLeaf, restless: [topics.count]),
            journal: memory.journal,
            exchange: try CheckpointExchange(
                parties: parties, key: key, stored: memory.witness, published: published))
    }

    var phases: [RecordPhase: Int64] { [:] }
    /// Of checkpoints it saw last it signs nothing any more: the others would answer.
    var isPublished: Bool { !machine.hasNews }
    var mayAdvance: Bool { false }

    /// The auditor takes no commands.
    mutating func give(_ command: PartyCommand) {}

    mutating func turn(_ broker: inout SimulatedBroker, now: Int64) throws -> [UInt8] {
        fresh.removeAll()
        log.advance(to: now)
        if !hasStarted {
            hasStarted = true
            try perform(machine.started(now: now))
        }
        settle()
        var batch = reader.batch(broker, now: now)
        try perform(machine.batch(&batch, now: now))
        try perform(machine.tick(now: now))
        log.land(in: &broker)
        return fresh
    }

    mutating func stop(_ broker: inout SimulatedBroker, now: Int64) throws {
        log.advance(to: now)
        settle()
        while true {
            var batch = reader.batch(broker, now: .max)
            guard batch.count > 0 else { break }
            try perform(machine.batch(&batch, now: now))
        }
        try perform(machine.stop(now: now))
        log.land(in: &broker)
    }

    mutating func crash(_ part: StrandedPart, _ broker: inout SimulatedBroker) throws {
        log.strand(part, in: &broker)
        log = Self.log(probe)
        machine = try Self.machine(durable, topics, partitions, key, parties, published, witnesses)
        let (tables, topics) = (durable, topics)
        reader.resume(checkpoints: tables.witness.next ?? 0) { tables.offsets[topics[$0]]?[$1] ?? 0 }
        hasStarted = false
    }

    func nextArrival(_ broker: SimulatedBroker) -> Int64? {
        let times = [log.nextReport, reader.nextArrival(broker)].compactMap { $0 }
        return times.min()
    }

    private mutating func settle() {
        let deliveries = log.takeDeliveries()
        if deliveries.hasConfirmedCheckpoint { machine.confirmedCheckpoint() }
        if deliveries.hasFailedCheckpoint { machine.failedCheckpoint() }
    }

    private mutating func perform(_ actions: [AuditorAction]) throws {
        for action in actions {
            switch action {
            case .commit(let commit):
                try probe.pass(.commit)
                durable.write(HostCommit(commit))
                fresh += commit.leaves
            case .publish(let message, let now): try log.publish(message, at: now)
            case .report: try probe.pass(.report)
            case .say(let remark):
                try probe.pass(.say)
                remarks.append(remark)
            case .finish: try log.finish()
            }
        }
    }
}

extension HostCommit {
    init(_ commit: AuditorCommit) {
        self.init(books: PartyBooks(), firstLeaf: commit.firstLeaf)
        offsets = commit.offsets
        leaves = commit.leaves
        rows = commit.rows
        witness = commit.witness
    }
}

extension SimulatedMessages: ObservedBatch {
    /// A message by its attributes and salted payload; what is said of a log by its body.
    mutating func observation(at index: Int) -> Observation {
        let record = records[index].record
        guard let head = record.head else {
            return Observation(
                type: nil, message: .none, digest: PayloadDigest(of: record.checkpoint?.body ?? record.value ?? []))
        }
        let value = record.value ?? []
        return Observation(
            type: head.type, message: head.message,
            digest: PayloadDigest(of: value.span.bytes, type: head.type, salt: head.salt))
    }

    /// The modelled broker keeps every record for ever: nothing is to be kept beside it.
    mutating func keep(at index: Int, leaf: Int64) {}
}
