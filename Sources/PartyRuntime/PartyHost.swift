import ExchangeSchema
import Foundation
public import HostMachine
public import Journal
public import KafkaClient
public import Logging
public import PartyCore
public import PartyStore
import Vocabulary

/// How a party's process runs.
public struct HostConfiguration: Sendable {
    /// Data directory of this party instance.
    public var directory: String
    /// Broker and client settings.
    public var kafka: KafkaSettings
    /// How long to wait for the broker at the start.
    public var startupTimeout: Duration
    /// Most records in one batch, and most messages a party sends by itself in one, unless told otherwise. Measured of
    /// MoH: a batch of 2,000 takes 12 MiB more at its peak; of 500, 4 percent more processor time.
    public static let batchRecordsByDefault = 1_000
    /// Most records in one batch.
    public var batchRecords = batchRecordsByDefault
    /// Wait for input when there is nothing to do, milliseconds.
    public var idleMilliseconds = 20
    /// Where public key and latest checkpoint are published beside those of the other parties; nil for nowhere.
    public var evidenceDirectory: String?
    /// Of the auditor: where the key lies under which its vault's keys are; nil for where it lay last, or for none.
    public var vaultKey: String?
    /// What people read of this party; nil for a party of which nobody reads anything.
    public var readModel: ReadModelPlan?

    /// Takes what has no default.
    public init(directory: String, kafka: KafkaSettings, startupTimeout: Duration) {
        self.directory = directory
        self.kafka = kafka
        self.startupTimeout = startupTimeout
    }
}

/// Makes the guest of a host (`ActionGuest`), of the party's key and of what its store knows as a witness; nil for none.
public typealias HostGuest = @Sendable (LogKey, StoredWitness) -> (any ActionGuest)?

/// Runs one party on Kafka and SQLite, on the calling thread, until it is asked to stop.
///
/// It reads, and hands what it read to the shell of a ``HostMachine``, which decides all else. Whatever ends the process,
/// the next start goes on from the last commit.
public final class PartyHost<Core: Party> {
    private typealias Shell = HostShell<
        Core, SQLiteHostStore<Core.Record>, KafkaLog, WallClock, HostDesk<Core.Record>
    >

    /// How long a party that stops waits for the broker, milliseconds: with all else that it does then, below 2 s.
    private static var lastWait: Int { 700 }

    private let configuration: HostConfiguration
    private let wiring: PartyWiring
    private let stop: StopSignal
    private let logger: Logger
    private let topics: [String]
    private let types: [MessageType]
    private let shardGuard: ShardGuard?
    private let consumer: KafkaConsumer
    private let inbox: (any CommandInbox)?
    private var shell: Shell
    private var batch = ConsumedBatch()

    /// Connects to the broker, opens the store, and takes up where it left off.
    /// - Parameters:
    ///   - inbox: Where commands come from, not open yet; nil for a party that takes none.
    ///   - guest: Changes what the party does; nil for every honest party.
    /// - Throws: ``HostError``, ``KafkaError`` or a store's error, each with what to do.
    public init(
        core: Core, wiring: PartyWiring, configuration: HostConfiguration, stop: StopSignal, logger: Logger,
        inbox: (any CommandInbox)? = nil, guest: HostGuest? = nil
    ) throws {
        var configuration = configuration
        // What is in the outbox is never given up: the broker may be away as long as it likes.
        configuration.kafka.messageTimeoutMilliseconds = 0
        self.configuration = configuration
        self.wiring = wiring
        self.stop = stop
        self.logger = logger
        self.inbox = inbox
        topics = wiring.reads.map(\.name)
        types = wiring.reads.map(\.type)
        shardGuard = ShardGuard(wiring)
        let exchange = try TopicSetup.prepare(
            settings: configuration.kafka, topics: wiring.topicsToCreate, wiring: wiring,
            timeout: configuration.startupTimeout, logger: logger)
        let identity = StoreIdentity(party: wiring.party, exchange: exchange)
        let store = try PartyStore<Core.Record>(
            directory: configuration.directory, identity: identity,
            durability: wiring.survivesPowerLoss ? .power : .process, patience: FormerOwner.patience,
            readModel: configuration.readModel, willOpen: stop.hostBegins
        ) { logger.warning("\($0)") }
        let key = try store.sign(directory: configuration.directory, identity: identity)
        try key.requireLatest(store.tree, evidence: configuration.evidenceDirectory)
        if let folder = configuration.evidenceDirectory { try key.publish(inFolder: folder) }
        let memory = try HostMemory(store)
        let machine = HostMachine(
            core: core, plan: HostPlan(wiring, budget: configuration.batchRecords), memory: memory,
            salts: try SecretFile.saltKey(
                directory: configuration.directory, mayMake: store.progress.nextSequence == 0),
            exchange: try CheckpointExchange(
                parties: .init(
                    own: identity.party, exchange: exchange, others: wiring.witnesses, siblings: wiring.siblings),
                key: key.log,
                stored: memory.witness, published: configuration.evidenceDirectory.map { EvidenceFolder($0) }))
        consumer = try KafkaConsumer(
            settings: configuration.kafka, groupName: wiring.group,
            assignments: Self.assignments(wiring, store.progress.offsets, checkpoints: memory.witness.next),
            headerNames: ConsumedBatch.eventHeaders)
        let producer = try KafkaProducer(
            settings: configuration.kafka,
            topics: wiring.writes.map(\.name) + wiring.deadLetterTopics + [wiring.checkpointTopic]
                + wiring.topicsHandedOn)
        let log = KafkaLog(
            publisher: Publisher(
                producer: producer, source: core.party.eventSource, writes: wiring.writes,
                partitions: wiring.partitionCounts),
            consumer: consumer, checkpointTopic: wiring.checkpointTopic)
        let desk = HostDesk(
            wiring: wiring, directory: configuration.directory, store: store, logger: logger, inbox: inbox,
            checkpointFile: CheckpointFile(
                directory: configuration.directory, evidence: configuration.evidenceDirectory, party: wiring.party),
            latency: HopLatency(topics: wiring.reads.count))
        shell = HostShell(
            machine: machine, store: SQLiteHostStore(store: store), log: log, clock: WallClock(), outlet: desk,
            guest: guest?(key.log, memory.witness))
        stop.wakes(consumer.waker())
        try inbox?.open(in: configuration.directory, waking: consumer.waker())
    }

    private static func assignments(
        _ wiring: PartyWiring, _ offsets: [PartitionOffset], checkpoints: Int64?
    ) -> [PartitionAssignment] {
        let known = Dictionary(offsets.map { (TopicPartition(topic: $0.topic, partition: $0.partition), $0.next) }) {
            $1
        }
        let own = wiring.reads.flatMap { topic in
            topic.assigned.map { partition in
                let place = TopicPartition(topic: topic.name, partition: Int32(partition))
                return PartitionAssignment(place, start: known[place].map { .offset($0) } ?? .beginning)
            }
        }
        return own + [
            PartitionAssignment(
                TopicPartition(topic: wiring.checkpointTopic, partition: 0),
                start: checkpoints.map { .offset($0) } ?? .beginning)
        ]
    }

    /// Runs until asked to stop, then sends and saves what is in hand.
    public func run() throws {
        // Whoever waits for an answer learns that none will come, whatever ends the loop.
        defer { inbox?.close() }
        try shell.start()
        logger.info("\(wiring.party) is running")
        while !stop.isRequested { try turn() }
        try finish()
    }

    /// One turn of the loop. While the broker does not take what there is to send, nothing is read, and commands wait.
    private func turn() throws {
        let isHeldUp = shell.isHeldUp
        if isHeldUp {
            batch = ConsumedBatch()
            try shell.log.serve(timeoutMilliseconds: configuration.idleMilliseconds)
        } else {
            let timeout = shell.machine.mayAdvance ? 0 : configuration.idleMilliseconds
            consumer.next(into: &batch, maximum: configuration.batchRecords, timeoutMilliseconds: timeout)
            try shell.log.serve(timeoutMilliseconds: 0)
        }
        try checkProblems()
        shell.outlet.note(batch, now: shell.clock.now)
        var messages = ConsumedMessages(
            batch: batch, topics: topics, types: types, shardGuard: shardGuard)
        try shell.turn(&messages, commands: isHeldUp ? [] : inbox?.take() ?? [])
        try shell.store.store.settle()
        if shell.machine.isAskedToStop { stop.request() }
    }

    /// Logs what passes by itself, and stops at what does not.
    private func checkProblems() throws {
        for problem in batch.problems {
            logger.warning(
                "reading \(problem.partition.map { "\($0.topic)/\($0.partition)" } ?? ""): \(problem.error.message)")
            if problem.error.isFatal { throw HostError(.brokerRefused, problem.error.message) }
            if problem.error.isAuthorization, let topic = problem.partition?.topic {
                throw HostError(.brokerRefused, configuration.kafka.refusedTopic(topic, wiring))
            }
            if problem.error.isOffsetOutOfRange {
                throw HostError(
                    .brokerRefused,
                    "the broker no longer has what \(wiring.party) is to read next (\(problem.error.message)); it lost data "
                        + "or deleted it too early: restore it, or begin a new run with another --data")
            }
        }
        if let refusal = shell.log.publisher.refusal {
            let own = (wiring.writes.map(\.name) + wiring.deadLetterTopics).joined(separator: ", ")
            throw HostError(
                .brokerRefused,
                "the broker does not let \(configuration.kafka.user) write what \(wiring.party) writes (\(own)): "
                    + "\(refusal.message); set the rules that cycle topology acls prints")
        }
        for problem in shell.log.publisher.takeProblems() {
            logger.warning("sending: \(problem.message)")
            if problem.isFatal {
                throw HostError(.brokerRefused, "the broker refuses what is sent: \(problem.message); start again")
            }
        }
    }

    /// Waits for confirmations, saves that they came, and closes. What is not confirmed in time is sent again at the
    /// next start.
    private func finish() throws {
        inbox?.close()
        batch = ConsumedBatch()
        try shell.log.settle(deadlineMilliseconds: Self.lastWait)
        try shell.stop()
        shell.log.close()
        try shell.store.store.close()
        logger.info("\(wiring.party) has stopped")
    }
}

extension HostPlan {
    init(_ wiring: PartyWiring, budget: Int) {
        let reads = zip(wiring.reads, wiring.deadLetterTopics).map { topic, letters in
            Topic(name: topic.name, type: topic.type, deadLetters: letters, sources: topic.sources)
        }
        // The auditor may run or not.
        let others = wiring.witnesses.filter { $0 != wiring.party && $0 != wiring.auditor }
        self.init(party: wiring.party, reads: reads, budget: budget, witnesses: Set(others).count)
        readByEveryShard = wiring.readByEveryShard
        partiesOfLogs = wiring.partiesOfLogs
    }
}
