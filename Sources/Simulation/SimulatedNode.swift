import ExchangeSchema
import HostMachine
import Journal
import PartyCore
import TransparencyLog
import Vocabulary

/// A party in the simulation: the machine that also runs on Kafka and SQLite, in a shell of memory and virtual time.
protocol SimulatedNode {
    var name: String { get }
    var durable: DurableTables { get }
    var phases: [RecordPhase: Int64] { get }
    /// Whether a signed checkpoint of all leaves is published.
    var isPublished: Bool { get }
    /// Lines of the party's log.
    var remarks: [HostRemark] { get }
    /// Whether the party has more to do by itself at once.
    var mayAdvance: Bool { get }
    /// Tells the party to do something, until it answers: should it crash before, it is told again.
    mutating func give(_ command: PartyCommand)
    /// Takes one batch from the broker, acts, and publishes what follows.
    /// - Returns: The stored leaves of the batch; empty when there was nothing to do.
    /// - Throws: ``SimulatedCrash``; what the core throws.
    mutating func turn(_ broker: inout SimulatedBroker, now: Int64) throws -> [UInt8]
    /// Ends the process in order.
    mutating func stop(_ broker: inout SimulatedBroker, now: Int64) throws
    /// Ends the process out of order, and starts it again from its last commit.
    mutating func crash(_ part: StrandedPart, _ broker: inout SimulatedBroker) throws
    /// When something comes to this party next: a message of any topic, or word of what it sent. Nil for nothing.
    func nextArrival(_ broker: SimulatedBroker) -> Int64?
}

extension SimulatedNode {
    /// When feedback that the party keeps is to be sent; nil for none, and while the party rests.
    var nextFeedback: Int64? {
        let figures = durable.books.figures
        return figures.isPaused || figures.feedback.nextAt == 0 ? nil : figures.feedback.nextAt
    }
}

/// The virtual clock of a party.
struct VirtualClock: HostClock, Sendable { var now: Int64 = 0 }

/// What a simulated party says.
struct SimulatedOutlet: HostOutlet, Sendable {
    var remarks: [HostRemark] = []
    /// Commands that were answered, by their tickets.
    var answers: [UInt64: CommandAnswer] = [:]
    let probe: CrashProbe?

    init(probe: CrashProbe?) { self.probe = probe }

    mutating func report(_ report: HostReport) throws { try probe?.pass(.report) }

    mutating func say(_ remark: HostRemark) throws {
        try probe?.pass(.say)
        remarks.append(remark)
    }

    mutating func answer(_ reply: CommandReply) throws {
        try probe?.pass(.answer)
        answers[reply.ticket] = reply.answer
    }
}

/// Reads and writes the modelled broker for one core.
struct Node<Core: Party>: SimulatedNode {
    typealias Shell = HostShell<
        Core, MemoryHostStore<Core.Record>, SimulatedLog, VirtualClock, SimulatedOutlet
    >

    let name: String
    private let core: Core
    private let plan: HostPlan
    private let salts: SaltKey
    private let key: LogKey
    private let parties: CheckpointExchange.Parties
    private let published: any PublishedKeys
    private let makeGuest: @Sendable () -> (any ActionGuest)?
    private var shell: Shell
    private var hasStarted = false
    /// Commands that the party is to be told with its next batch.
    private var commands: [HostCommand] = []
    /// Commands that it was told and has not answered.
    private var unanswered: [HostCommand] = []
    private var nextTicket: UInt64 = 0
    private var reader: SimulatedReader

    /// - Parameter reads: Places of the topics it reads.
    init(
        name: String, core: Core, reads: [Int], broker: SimulatedBroker, setup: SimulationSetup,
        faults: SimulatedFaults
    ) throws {
        self.name = name
        self.core = core
        plan = HostPlan(
            party: name,
            reads: reads.map {
                let topic = broker.topics[$0]
                return HostPlan.Topic(name: topic.name, type: topic.type, deadLetters: topic.name + ".dlt")
            }, budget: SimulatedReader.batchLimit, witnesses: setup.parties.count - 1)
        makeGuest = faults.guest
        salts = SaltKey(simulated: "\(setup.seed)/\(name)")
        key = try setup.key(of: name)
        parties = CheckpointExchange.Parties(own: name, exchange: setup.exchange, others: setup.names)
        published = setup
        reader = SimulatedReader(reads, broker)
        shell = try Self.shell(
            core, plan, salts, key, parties, published,
            MemoryHostStore(probe: faults.probe, readModel: faults.readModel),
            SimulatedLog(source: core.party.eventSource, probe: faults.probe, fate: faults.fate),
            SimulatedOutlet(probe: faults.probe), faults.guest())
    }

    private static func shell(
        _ core: Core, _ plan: HostPlan, _ salts: SaltKey, _ key: LogKey, _ parties: CheckpointExchange.Parties,
        _ published: any PublishedKeys, _ store: MemoryHostStore<Core.Record>, _ log: SimulatedLog,
        _ outlet: SimulatedOutlet, _ guest: (any ActionGuest)?
    ) throws -> Shell {
        let memory = store.durable.memory(signer: key.signer)
        let exchange = try CheckpointExchange(
            parties: parties, key: key, stored: memory.witness, published: published)
        return Shell(
            machine: HostMachine(core: core, plan: plan, memory: memory, salts: salts, exchange: exchange),
            store: store, log: log, clock: VirtualClock(), outlet: outlet, guest: guest)
    }

    var durable: DurableTables { shell.store.durable }
    var phases: [RecordPhase: Int64] { shell.store.state.committed.countByPhase }
    var isPublished: Bool { durable.leafCount == 0 || shell.machine.journalHead.isPublished }
    var remarks: [HostRemark] { shell.outlet.remarks }
    var mayAdvance: Bool { shell.machine.mayAdvance }

    mutating func give(_ command: PartyCommand) {
        nextTicket += 1
        commands.append(HostCommand(ticket: nextTicket, command))
    }

    mutating func turn(_ broker: inout SimulatedBroker, now: Int64) throws -> [UInt8] {
        shell.clock.now = now
        shell.log.advance(to: now)
        if !hasStarted {
            hasStarted = true
            try shell.start()
        }
        var batch = reader.batch(broker, now: now)
        let told = commands
        unanswered += told
        commands.removeAll()
        try shell.turn(&batch, commands: told)
        forgetAnswered()
        shell.log.land(in: &broker)
        return shell.store.takeFresh()
    }

    mutating func stop(_ broker: inout SimulatedBroker, now: Int64) throws {
        shell.clock.now = now
        shell.log.advance(to: now)
        try shell.stop()
        shell.log.land(in: &broker)
    }

    mutating func crash(_ part: StrandedPart, _ broker: inout SimulatedBroker) throws {
        shell.log.strand(part, in: &broker)
        forgetAnswered()
        commands = unanswered + commands
        unanswered.removeAll()
        let log = SimulatedLog(source: core.party.eventSource, probe: shell.log.probe, fate: shell.log.fate)
        var store = shell.store
        _ = store.takeFresh()
        shell = try Self.shell(core, plan, salts, key, parties, published, store, log, shell.outlet, makeGuest())
        hasStarted = false
        let (tables, plan) = (durable, plan)
        reader.resume(checkpoints: tables.witness.next ?? 0) { tables.offsets[plan.reads[$0].name]?[$1] ?? 0 }
    }

    private mutating func forgetAnswered() {
        guard !unanswered.isEmpty else { return }
        unanswered.removeAll { shell.outlet.answers[$0.ticket] != nil }
    }

    func nextArrival(_ broker: SimulatedBroker) -> Int64? {
        [shell.log.nextReport, reader.nextArrival(broker)].compactMap { $0 }.min()
    }
}
