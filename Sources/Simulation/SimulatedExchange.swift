public import ExchangeSchema
public import PartyCore
public import Vocabulary

/// A signature that is given when the run has come so far.
public struct SimulatedSignature: Sendable {
    /// What is to be signed, and by whom.
    public var signature: AgreementSignature
    /// Whether it is time, by the ledgers of the parties.
    public var isDue: @Sendable ([String: Ledger]) -> Bool

    /// Takes both.
    public init(signature: AgreementSignature, isDue: @escaping @Sendable ([String: Ledger]) -> Bool) {
        self.signature = signature
        self.isDue = isDue
    }
}

/// How a simulated run ended.
public struct SimulationResult: Sendable {
    /// Ledgers by party.
    public var ledgers: [String: Ledger]
    /// What each party counts for itself.
    public var figures: [String: OwnFigures]
    /// Records by phase, counted from the states and not from the ledgers.
    public var phases: [String: [RecordPhase: Int64]]
    /// Journal leaves by party.
    public var journalLeaves: [String: Int64]
    /// Root of the tree over each party's journal, 64 hexadecimal digits: the same seed gives the same.
    public var roots: [String: String]
    /// Messages read of each kind, by the reader that has read most.
    public var consumed: [MessageType: Int64]
    /// SHA-256 over every leaf of every party in the order in which they were committed: the same seed gives the same.
    public var digest: PayloadDigest
    /// Virtual time from the first to the last event, milliseconds.
    public var elapsedMilliseconds: Int64
}

/// The whole exchange in one process: the cores that run on Kafka, a modelled bus, a virtual clock. One seed, one run.
///
/// This host keeps the cores pure. It models delays; faults of disk, network and process come with the simulator proper.
public struct SimulatedExchange {
    private var bus: MemoryBus
    private var nodes: [any SimulatedNode] = []
    private let topics: [SimulatedTopic]
    private var now: Int64
    private let startedAt: Int64
    private let seed: UInt64

    /// A topic of the exchange.
    public struct SimulatedTopic: Sendable {
        /// What it carries.
        public var type: MessageType
        /// Number of partitions.
        public var partitions: Int
        /// Parties that read it.
        public var readers: [String]

        /// Takes all fields.
        public init(type: MessageType, partitions: Int, readers: [String]) {
            self.type = type
            self.partitions = partitions
            self.readers = readers
        }
    }

    /// An exchange without parties.
    /// - Parameter startsAt: What the virtual clock shows first; Unix milliseconds.
    public init(topics: [SimulatedTopic], seed: UInt64, startsAt: Int64) {
        self.topics = topics
        self.seed = seed
        bus = MemoryBus(topics: topics.map { ($0.type, $0.partitions) }, delays: DelayModel(seed: seed))
        now = startsAt
        startedAt = startsAt
    }

    /// Adds a party. The order in which parties are added is the order in which they take turns.
    public mutating func add(_ core: some Party, named name: String) {
        let reads = topics.indices.filter { topics[$0].readers.contains(name) }
        nodes.append(Node(name: name, core: core, reads: reads, bus: bus, salts: SaltKey(simulated: "\(seed)/\(name)")))
    }

    /// Runs until nothing moves any more.
    public mutating func run(signatures: [SimulatedSignature] = []) throws -> SimulationResult {
        var waiting = signatures
        var chain = DigestChain()
        while true {
            var moved = false
            for index in nodes.indices {
                let leaves = try nodes[index].turn(&bus, now: now)
                guard !leaves.isEmpty else { continue }
                moved = true
                chain.append(nodes[index].name, leaves)
            }
            let ledgers = ledgersByName
            for signature in waiting where signature.isDue(ledgers) { sign(signature.signature) }
            waiting.removeAll { $0.isDue(ledgers) }
            if moved {
                now += 1
            } else if let next = nodes.compactMap({ $0.nextArrival(bus) }).min() {
                now = max(now + 1, next)
            } else {
                break
            }
        }
        return SimulationResult(
            ledgers: ledgersByName,
            figures: Dictionary(uniqueKeysWithValues: nodes.map { ($0.name, $0.books.figures) }),
            phases: Dictionary(uniqueKeysWithValues: nodes.map { ($0.name, $0.phases) }),
            journalLeaves: Dictionary(uniqueKeysWithValues: nodes.map { ($0.name, $0.journalLeaves) }),
            roots: Dictionary(uniqueKeysWithValues: nodes.map { ($0.name, $0.root) }), consumed: consumed,
            digest: chain.digest, elapsedMilliseconds: now - startedAt)
    }

    private var consumed: [MessageType: Int64] {
        var counts: [MessageType: Int64] = [:]
        for (place, topic) in topics.enumerated() {
            counts[topic.type] = nodes.compactMap { $0.consumed(place) }.max() ?? 0
        }
        return counts
    }

    private var ledgersByName: [String: Ledger] {
        Dictionary(uniqueKeysWithValues: nodes.map { ($0.name, $0.books.ledger) })
    }

    private mutating func sign(_ signature: AgreementSignature) {
        var signature = signature
        signature.signedAt = now
        let head = MessageHead(
            type: .agreementSignature,
            message: MessageIdentifier(.agreementSignature, about: "\(signature.agreement)/\(signature.party)"),
            record: RecordIdentifier(high: 0, low: 0), source: "/" + signature.party)
        bus.publish(head, key: Array(signature.agreement.utf8), payload: signature.encoded, at: now)
    }
}

/// A digest that takes in one batch after the other.
struct DigestChain {
    private(set) var digest = PayloadDigest(of: [])

    mutating func append(_ party: String, _ leaves: [UInt8]) {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(32 + party.utf8.count + leaves.count)
        digest.appendBytes(to: &bytes)
        bytes.append(contentsOf: party.utf8)
        bytes.append(contentsOf: leaves)
        digest = PayloadDigest(of: bytes)
    }
}
