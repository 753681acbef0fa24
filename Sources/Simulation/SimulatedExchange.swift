public import ExchangeSchema
public import HostMachine
import Journal
public import PartyCore
import TransparencyLog
public import Vocabulary

/// A signature that is given when the run has come so far.
public struct SimulatedSignature: Sendable {
    /// What is to be signed, and by whom: the party is told to, and signs with its own key.
    public var signature: AgreementSignature
    /// Whether it is time, by the ledgers of the parties.
    public var isDue: @Sendable ([String: Ledger]) -> Bool

    /// Takes both.
    public init(signature: AgreementSignature, isDue: @escaping @Sendable ([String: Ledger]) -> Bool) {
        self.signature = signature
        self.isDue = isDue
    }
}

/// A command that a party is given when the run has come so far.
public struct SimulatedCommand: Sendable {
    /// The party.
    public var party: String
    /// What it is told.
    public var command: PartyCommand
    /// Whether it is time, by the ledgers of the parties.
    public var isDue: @Sendable ([String: Ledger]) -> Bool

    /// Takes all fields.
    public init(party: String, command: PartyCommand, isDue: @escaping @Sendable ([String: Ledger]) -> Bool) {
        self.party = party
        self.command = command
        self.isDue = isDue
    }
}

extension SimulatedCommand {
    init(_ signature: SimulatedSignature) {
        let (agreement, party) = (signature.signature.agreement, signature.signature.party)
        var request = SignAgreement()
        request.agreement = agreement
        let identity = MessageIdentifier(.agreementSignature, about: "\(agreement)|\(party)")
        self.init(
            party: party,
            command: PartyCommand(.signAgreement, identity: identity, caller: 0, payload: request.encoded),
            isDue: signature.isDue)
    }
}

/// The whole exchange in one process: the machines that run on Kafka and SQLite, in shells of memory, with a modelled
/// broker and a virtual clock. One seed, one run.
public struct SimulatedExchange: Sendable {
    /// A topic of the exchange.
    public struct SimulatedTopic: Sendable {
        /// Its name.
        public var name: String
        /// What it carries.
        public var type: MessageType
        /// Number of partitions.
        public var partitions: Int
        /// Parties that read it.
        public var readers: [String]
        /// Of a topic of one province, the two digits of its code; nil for a topic of all.
        public var province: UInt8?

        /// Takes all fields.
        public init(
            name: String, type: MessageType, partitions: Int, readers: [String], province: UInt8? = nil
        ) {
            self.name = name
            self.type = type
            self.partitions = partitions
            self.readers = readers
            self.province = province
        }
    }

    private typealias NodeMaker =
        @Sendable (SimulationSetup, SimulatedBroker, SimulatedFaults) throws -> any SimulatedNode

    /// Where a party is to crash; nil for no crash.
    public var crash: CrashPoint?
    /// What becomes of what a party hands to the log, by the party's name and the number of the chunk, from 1.
    public var fate: @Sendable (_ party: String, _ chunk: Int64) -> DeliveryFate = { _, _ in .confirmed }

    /// Who changes what a party does, by the party's name; nil for every honest party. Made anew when it starts again.
    public var guest: @Sendable (_ party: String) -> (any ActionGuest)? = { _ in nil }

    /// The empty read model of a party, by the party's name; nil for a party of which nobody reads anything.
    public var readModel: @Sendable (_ party: String) -> (any ReadModel)? = { _ in nil }

    private let topics: [SimulatedTopic]
    private let seed: UInt64
    private let startedAt: Int64
    private var makers: [(name: String, make: NodeMaker)] = []
    /// The auditor's name; nil for none.
    private var auditor: String?

    /// An exchange without parties.
    /// - Parameter startsAt: What the virtual clock shows first; Unix milliseconds.
    public init(topics: [SimulatedTopic], seed: UInt64, startsAt: Int64) {
        self.topics = topics
        self.seed = seed
        startedAt = startsAt
    }

    /// Adds a party. The order in which parties are added is the order in which they take turns.
    public mutating func add(_ core: some Party, named name: String) {
        let reads = topics.indices.filter { topics[$0].readers.contains(name) }
        makers.append(
            (
                name,
                { setup, broker, faults in
                    try Node(
                        name: name, core: core, reads: reads, broker: broker, setup: setup, faults: faults)
                }
            ))
    }

    /// Adds an auditor, which reads every topic and cosigns. It takes its turn after the parties.
    public mutating func addAuditor(named name: String) { auditor = name }

    /// Runs until nothing moves any more, and then ends every party in order.
    /// - Throws: ``SimulationError``; `BrokenLaw`; what a core throws.
    public func run(
        signatures: [SimulatedSignature] = [], commands: [SimulatedCommand] = []
    ) throws -> SimulationResult {
        let setup = try SimulationSetup(seed: seed, parties: makers.map(\.name), auditor: auditor)
        let broker = SimulatedBroker(topics: topics, delays: DelayModel(seed: seed))
        let (fate, guest, readModel) = (fate, guest, readModel)
        var probes: [String: CrashProbe] = [:]
        func probe(_ name: String) -> CrashProbe {
            let probe = CrashProbe(crashingBefore: crash.flatMap { $0.party == name ? $0.action : nil })
            probes[name] = probe
            return probe
        }
        var nodes = try makers.map { entry in
            let name = entry.name
            return try entry.make(
                setup, broker,
                SimulatedFaults(
                    probe: probe(name), fate: { fate(name, $0) }, guest: { guest(name) }, readModel: readModel(name)))
        }
        if let auditor {
            nodes.append(try AuditorNode(name: auditor, broker: broker, setup: setup, probe: probe(auditor)))
        }
        var run = SimulatedRun(
            nodes: nodes, broker: broker, now: startedAt, crash: crash,
            waiting: signatures.map(SimulatedCommand.init) + commands)
        try run.settle()
        try run.stop()
        return run.result(startedAt: startedAt, probes: probes, setup: setup, auditor: auditor)
    }
}

/// What goes wrong with one party.
struct SimulatedFaults: Sendable {
    /// Counts its actions, and ends it before one of them.
    var probe: CrashProbe
    /// What becomes of what it hands to the log, by the number of the chunk, from 1.
    var fate: @Sendable (Int64) -> DeliveryFate
    /// Makes its guest at each start.
    var guest: @Sendable () -> (any ActionGuest)?
    /// What people read of it, still empty; nil for nothing.
    var readModel: (any ReadModel)?
}
