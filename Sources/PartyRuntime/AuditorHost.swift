import ExchangeSchema
import Foundation
import Journal
import KafkaClient
public import Logging
import PartyCore
import PartyStore
public import Topology
import Vocabulary

/// Runs the auditor of an exchange on the calling thread, until it is asked to stop and has read what was there then.
///
/// It reads every topic and takes no part: one leaf and the whole record for each Kafka record, with the offsets in one
/// transaction a batch. Whatever ends the process, the next start goes on from the last commit.
public final class AuditorHost {
    let configuration: HostConfiguration
    let topics: [PartyWiring.WiredTopicSettings]
    /// Names of the topics of checkpoints and of acts of access.
    let auditTopics: [String]
    let stop: StopSignal
    let logger: Logger
    let store: PartyStore<NoRecord>
    let consumer: KafkaConsumer
    var batch = ConsumedBatch()
    var checkpointFile: CheckpointFile
    var witness: WitnessDesk
    var publisher: Publisher
    var nextLeaf: Int64
    /// Next offset by topic and partition.
    var next: [[Int64]]
    var groupOffsets: [TopicPartition: Int64] = [:]
    var clock = StatusClock()
    /// Whether there are leaves since the last published checkpoint that are not of other checkpoints.
    var hasNews = false
    private let vault: Vault
    private let reader: ObservedHead.Reader
    private let checkpoints: Int?
    private let access: Int?
    private var leaves: [UInt8] = []
    private var lengths: [Int32] = []

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
        topics = wiring.topicsToCreate
        auditTopics = topology.audit.topics
        reader = ObservedHead.Reader(
            topics.map { topic in topology.topic(named: topic.name)?.carries })
        checkpoints = topics.firstIndex { $0.name == topology.audit.checkpoints }
        access = topics.firstIndex { $0.name == topology.audit.access }
        let exchange = try TopicSetup.prepare(
            settings: configuration.kafka, topics: topics, timeout: configuration.startupTimeout, logger: logger)
        let identity = StoreIdentity(party: name, exchange: exchange)
        store = try PartyStore(
            directory: configuration.directory, identity: identity,
            durability: topology.durability == .power ? .power : .process, log: .rollback)
        vault = try Vault(store, directory: configuration.directory, topics: topics.map(\.name))
        let key = try store.sign(directory: configuration.directory, identity: identity)
        if let folder = configuration.evidenceDirectory { try key.publish(inFolder: folder) }
        checkpointFile = CheckpointFile(
            directory: configuration.directory, evidence: configuration.evidenceDirectory, party: name)
        guard let checkpoints else { throw HostError(.topicMismatch, "the topology has no topic for checkpoints") }
        witness = try WitnessDesk(
            wiring, topicIndex: checkpoints, identity: identity, key: key, store: store,
            evidence: configuration.evidenceDirectory, logger: logger)
        publisher = Publisher(
            producer: try KafkaProducer(settings: configuration.kafka, topics: [wiring.checkpointTopic]),
            source: "/" + name, writes: [], partitions: wiring.partitionCounts)
        nextLeaf = store.progress.nextSequence
        hasNews = store.publishedSize != store.signedSize
        var next = topics.map { [Int64](repeating: 0, count: $0.partitions) }
        for entry in store.progress.offsets {
            guard let topic = topics.firstIndex(where: { $0.name == entry.topic }),
                next[topic].indices.contains(Int(entry.partition))
            else { continue }
            next[topic][Int(entry.partition)] = entry.next
        }
        self.next = next
        consumer = try KafkaConsumer(
            settings: configuration.kafka, groupName: name, assignments: Self.assignments(topics, next),
            headerNames: ConsumedBatch.eventHeaders)
        stop.wakes(consumer.waker())
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
        logger.info("the auditor is running")
        while !stop.isRequested {
            try turn(idleMilliseconds: configuration.idleMilliseconds)
            if batch.records.count < Self.worthwhile, !batch.records.isEmpty, !stop.isRequested {
                usleep(Self.linger * 1_000)
            }
        }
        try catchUp()
        try finish(closing: vault)
    }

    /// One turn of the loop.
    func turn(idleMilliseconds: Int) throws {
        consumer.next(into: &batch, maximum: configuration.batchRecords, timeoutMilliseconds: idleMilliseconds)
        try checkProblems()
        let now = StatusClock.now()
        try publisher.serve(timeoutMilliseconds: 0)
        if !batch.records.isEmpty { try commit(now) }
        try reportStatus(now)
        try witness.send(store, via: &publisher, now: now)
    }

    private func commit(_ now: Int64) throws {
        leaves.removeAll(keepingCapacity: true)
        var moved = Set<TopicPlace>()
        let first = nextLeaf
        try store.batch { _ in
            try vault.begin()
            let seen = witness.read(batch, now: now)
            for index in batch.records.indices { try observe(index, leaf: first + Int64(index), now, &moved) }
            try vault.flush(firstLeaf: first)
            let offsets = moved.map { place in
                PartitionOffset(
                    topic: topics[place.topic].name, partition: Int32(place.partition),
                    next: next[place.topic][place.partition])
            }
            for entry in offsets {
                groupOffsets[TopicPartition(topic: entry.topic, partition: entry.partition)] = entry.next
            }
            var commit = BatchCommit(
                books: store.progress.books, offsets: offsets, firstLeaf: first, leaves: leaves, chunk: nil,
                sentChunks: [])
            if hasNews { commit.clock = now }
            commit.witness = seen
            return commit
        }
        nextLeaf = first + Int64(batch.records.count)
        clock.lastChangeAt = now
    }

    /// Writes the leaf of one record, and keeps the record.
    private func observe(_ index: Int, leaf number: Int64, _ now: Int64, _ moved: inout Set<TopicPlace>) throws {
        let record = batch.records[index]
        let (topic, partition) = (record.topicIndex, Int(record.partition))
        guard topics.indices.contains(topic), next[topic].indices.contains(partition) else {
            throw HostError(.topicMismatch, "a record came from a partition that was not asked for")
        }
        if record.offset != next[topic][partition] {
            let place = "\(topics[topic].name)/\(partition)"
            let before = next[topic][partition] - 1
            logger.warning(
                "\(place) goes from offset \(before) to \(record.offset): what lay between was deleted unseen")
        }
        next[topic][partition] = record.offset + 1
        moved.insert(TopicPlace(topic: topic, partition: partition))
        if topic != checkpoints { hasNews = true }
        let head = reader.head(batch, at: index)
        let salt = batch.header(EventAttribute.salt.readPlace, ofRecordAt: index)
        let digest = batch.withBytes(record.value) { value in
            batch.withBytes(salt) { ObservedPayload.digest(of: value, type: head.type, salt: $0) }
        }
        JournalLeaf(
            decision: .observed, type: head.type?.rawValue ?? 0, reason: 0, topic: UInt8(clamping: topic),
            partition: record.partition, offset: record.offset, message: head.message, cause: .none, time: now,
            digest: digest
        ).append(to: &leaves)
        batch.layout(of: record, into: &lengths)
        try batch.withWhole(record) { bytes in
            try vault.add(
                head.record, topic: topic, partition: record.partition, offset: record.offset,
                timestamp: record.timestampMilliseconds, lengths: lengths, bytes: bytes)
        }
        if let type = head.type {
            let citizen = batch.withBytes(record.value) { CitizenNumberScan.number(in: $0, type: type) }
            if let citizen { vault.note(citizen: citizen, of: head.record) }
        } else if topic == access {
            try batch.withBytes(record.value) { value in
                let isEntry = value.withUnsafeBytes { AccessEntry(json: $0) != nil }
                if isEntry { try vault.note(access: value, leaf: number) }
            }
        }
    }
}

/// One partition by the number of its topic.
struct TopicPlace: Hashable {
    var topic: Int
    var partition: Int
}
