import ExchangeSchema
import Foundation
import HostMachine
import Journal
import KafkaClient
public import Logging
import PartyCore
import PartyStore
public import Topology
import TransparencyLog
import Vocabulary

/// Runs the auditor of an exchange on the calling thread, until it is asked to stop and has read what was there then.
///
/// It reads every topic and takes no part: an ``AuditorMachine`` decides, and the records are kept in a vault, in the
/// transaction of their leaves. Whatever ends the process, the next start goes on from the last commit.
public final class AuditorHost {
    let configuration: HostConfiguration
    let topics: [PartyWiring.WiredTopicSettings]
    let stop: StopSignal
    let logger: Logger
    let store: PartyStore<NoRecord>
    let consumer: KafkaConsumer
    var batch = ConsumedBatch()
    var log: KafkaLog
    var machine: AuditorMachine
    private var checkpointFile: CheckpointFile
    private let vault: Vault
    private let reader: ObservedHead.Reader
    private let access: Int?
    private let clock = WallClock()

    /// Fewer records in a batch than this, and more are waited for: a transaction costs as much as a hundred records.
    static let worthwhile = 1_000
    /// How long they are waited for, milliseconds: nobody waits for the auditor.
    static let linger: UInt32 = 20

    /// Connects to the broker, opens the store, and takes up where it left off.
    /// - Throws: ``HostError``, `KafkaError` or `StoreError`, each with what to do.
    public init(topology: Topology, configuration: HostConfiguration, stop: StopSignal, logger: Logger) throws {
        self.configuration = configuration
        self.stop = stop
        self.logger = logger
        let name = AuditPlan.auditorName
        let wiring = PartyWiring(party: name, topology: topology)
        let topics = wiring.topicsToCreate
        self.topics = topics
        reader = ObservedHead.Reader(topics.map { topic in topology.topic(named: topic.name)?.carries })
        access = topics.firstIndex { $0.name == topology.audit.access }
        guard let checkpoints = topics.firstIndex(where: { $0.name == topology.audit.checkpoints }) else {
            throw HostError(.topicMismatch, "the topology has no topic for checkpoints")
        }
        let exchange = try TopicSetup.prepare(
            settings: configuration.kafka, topics: topics, timeout: configuration.startupTimeout, logger: logger)
        let identity = StoreIdentity(party: name, exchange: exchange)
        store = try PartyStore(
            directory: configuration.directory, identity: identity,
            durability: topology.durability == .power ? .power : .process, patience: FormerOwner.patience,
            willOpen: stop.hostBegins
        ) { logger.warning("\($0)") }
        vault = try Vault(
            store, directory: configuration.directory, topics: topics.map(\.name), keyFile: configuration.vaultKey)
        let key = try store.sign(directory: configuration.directory, identity: identity)
        try key.requireLatest(store.tree, evidence: configuration.evidenceDirectory)
        if let folder = configuration.evidenceDirectory { try key.publish(inFolder: folder) }
        checkpointFile = CheckpointFile(
            directory: configuration.directory, evidence: configuration.evidenceDirectory, party: name)
        let memory = try HostMemory(store)
        let next = Self.next(topics, store.progress.offsets)
        let parties = CheckpointExchange.Parties(own: name, exchange: exchange, others: wiring.witnesses)
        machine = AuditorMachine(
            plan: AuditorPlan(
                topics: topics.map(\.name), checkpoints: checkpoints, witnesses: parties.others.count, next: next,
                nextLeaf: memory.nextLeaf,
                restless: Set(topics.indices.filter { topology.audit.topics.contains(topics[$0].name) })),
            journal: memory.journal,
            exchange: try CheckpointExchange(
                parties: parties, key: key.log, stored: memory.witness,
                published: configuration.evidenceDirectory.map { EvidenceFolder($0) }))
        consumer = try KafkaConsumer(
            settings: configuration.kafka, groupName: name, assignments: Self.assignments(topics, next),
            headerNames: ConsumedBatch.eventHeaders)
        let publisher = Publisher(
            producer: try KafkaProducer(settings: configuration.kafka, topics: [wiring.checkpointTopic]),
            source: "/" + name, writes: [], partitions: wiring.partitionCounts)
        log = KafkaLog(publisher: publisher, consumer: consumer, checkpointTopic: wiring.checkpointTopic)
        stop.wakes(consumer.waker())
    }

    private static func next(
        _ topics: [PartyWiring.WiredTopicSettings], _ offsets: [PartitionOffset]
    ) -> [[Int64]] {
        var next = topics.map { [Int64](repeating: 0, count: $0.partitions) }
        for entry in offsets {
            guard let topic = topics.firstIndex(where: { $0.name == entry.topic }),
                next[topic].indices.contains(Int(entry.partition))
            else { continue }
            next[topic][Int(entry.partition)] = entry.next
        }
        return next
    }

    private static func assignments(
        _ topics: [PartyWiring.WiredTopicSettings], _ next: [[Int64]]
    ) -> [PartitionAssignment] {
        zip(topics, next).flatMap { topic, offsets in
            offsets.enumerated().map { partition, offset in
                // From the oldest record, not from offset 0: what was deleted before is a gap that can be seen.
                PartitionAssignment(
                    TopicPartition(topic: topic.name, partition: Int32(partition)),
                    start: offset > 0 ? .offset(offset) : .beginning)
            }
        }
    }

    /// Runs until asked to stop; then reads on to the ends of that moment.
    public func run() throws {
        try perform(try machine.started(now: clock.now))
        logger.info("the auditor is running")
        while !stop.isRequested {
            try turn(idleMilliseconds: configuration.idleMilliseconds)
            if batch.records.count < Self.worthwhile, !batch.records.isEmpty, !stop.isRequested {
                usleep(Self.linger * 1_000)
            }
        }
        try catchUp()
        try finish()
    }

    /// One turn of the loop.
    func turn(idleMilliseconds: Int) throws {
        consumer.next(into: &batch, maximum: configuration.batchRecords, timeoutMilliseconds: idleMilliseconds)
        try checkProblems()
        try log.serve(timeoutMilliseconds: 0)
        settle()
        let now = clock.now
        try handle(now)
        try perform(try machine.tick(now: now))
    }

    private func settle() {
        let deliveries = log.takeDeliveries()
        if deliveries.hasConfirmedCheckpoint { machine.confirmedCheckpoint() }
        if deliveries.hasFailedCheckpoint { machine.failedCheckpoint() }
    }

    /// Whole records go into the vault while the machine writes their leaves; one transaction has both.
    private func handle(_ now: Int64) throws {
        var records = ObservedRecords(batch: batch, reader: reader, vault: vault, access: access)
        guard records.count > 0 else {
            _ = try machine.batch(&records, now: now)
            return
        }
        var rest: ArraySlice<AuditorAction> = []
        try store.batch { _ in
            try vault.begin()
            rest = try machine.batch(&records, now: now)[...]
            guard case .commit(let commit)? = rest.popFirst() else { return nil }
            try vault.flush(firstLeaf: commit.firstLeaf)
            return BatchCommit(commit)
        }
        try perform(Array(rest))
    }

    private func perform(_ actions: [AuditorAction]) throws {
        for action in actions {
            switch action {
            case .commit(let commit): try store.batch { _ in BatchCommit(commit) }
            case .publish(let message, let now): try log.publish(message, at: now)
            case .report(let report): try tell(report)
            case .say(let remark): logger.log(remark)
            case .finish: try log.finish()
            }
        }
    }

    private func tell(_ report: AuditorReport) throws {
        let status = StatusReport(
            party: AuditPlan.auditorName, writtenAt: report.time, isIdle: report.isIdle && batch.problems.isEmpty,
            books: PartyBooks(), hops: [], journalLeaves: report.leaves, unconfirmed: 0, oldestPendingSince: nil,
            firstSharedAt: 0, lastChangeAt: report.lastChangeAt, witness: report.witness,
            offsetsRead: report.offsetsRead)
        try status.write(directory: configuration.directory)
        if let signed = report.checkpoint {
            try checkpointFile.publish(
                store.cosigned(signed.note, size: signed.size).bytes, now: report.time, force: report.isLast)
        }
        if !report.readUpTo.isEmpty { log.acknowledge(report.readUpTo) }
    }

    /// Saves what is to be saved, and closes.
    private func finish() throws {
        batch = ConsumedBatch()
        settle()
        try perform(try machine.stop(now: clock.now))
        try log.publisher.flush(deadlineMilliseconds: 500)
        log.close()
        vault.close()
        try store.close()
        logger.info("the auditor has stopped")
    }
}

extension BatchCommit {
    init(_ commit: AuditorCommit) {
        self.init(
            books: PartyBooks(), offsets: commit.offsets, firstLeaf: commit.firstLeaf, leaves: commit.leaves,
            chunk: nil, sentChunks: [])
        witness = commit.witness
        rows = commit.rows
    }
}
