import ExchangeSchema
import Foundation
import Journal
public import KafkaClient
public import Logging
public import PartyCore
import PartyStore
import Vocabulary

/// How a party's process runs.
public struct HostConfiguration: Sendable {
    /// Data directory of this party instance.
    public var directory: String
    /// Broker and client settings.
    public var kafka: KafkaSettings
    /// How long to wait for the broker at the start.
    public var startupTimeout: Duration
    /// Most records in one batch, and most messages a party sends by itself in one, unless told otherwise.
    public static let batchRecordsByDefault = 2_000
    /// Most records in one batch.
    public var batchRecords = batchRecordsByDefault
    /// Wait for input when there is nothing to do, milliseconds.
    public var idleMilliseconds = 20
    /// Where public key and latest checkpoint are published beside those of the other parties; nil for nowhere.
    public var evidenceDirectory: String?
    /// Asked after each turn, with the ledger: true makes the party publish a second history of its journal, once. For
    /// the scenario that demonstrates how that is caught; nil for every honest party.
    public var showsTwoHistories: (@Sendable (Ledger) -> Bool)?
    /// Asked after each turn, with the party's own figures and the number of records not yet confirmed: true ends the run.
    /// Nil for a party that runs until it is asked to stop.
    public var isFinished: (@Sendable (OwnFigures, Int) -> Bool)?

    /// Takes what has no default.
    public init(directory: String, kafka: KafkaSettings, startupTimeout: Duration) {
        self.directory = directory
        self.kafka = kafka
        self.startupTimeout = startupTimeout
    }
}

/// Runs one party on Kafka and SQLite, on the calling thread, until it is asked to stop.
///
/// The loop: read a batch; run the core over it; commit state, offsets, journal and outbox in one transaction; publish;
/// take chunks out of the outbox once the broker has confirmed them. Whatever ends the process, the next start goes on
/// from the last commit: what was read after it is read again, what was not confirmed is sent again.
public final class PartyHost<Core: Party> {
    private(set) var configuration: HostConfiguration
    let wiring: PartyWiring
    let stop: StopSignal
    let logger: Logger
    private var shardGuard: ShardGuard?
    var placement = PlacementCheck()
    let store: PartyStore<Core.Record>
    let consumer: KafkaConsumer
    var publisher: Publisher
    var engine: PartyEngine<Core>
    var batch = ConsumedBatch()
    var latency: HopLatency
    var nextChunk: Int64
    /// Chunks of the outbox that are to be sent, or sent again.
    private var unsentChunks: ArraySlice<Int64> = []
    private var offsets: [TopicPartition: Int64] = [:]
    var groupOffsets: [TopicPartition: Int64] = [:]
    var status: StatusClock
    var mayAdvance = true
    var checkpointFile: CheckpointFile
    var witness: WitnessDesk

    /// Connects to the broker, opens the store, and takes up where it left off.
    /// - Throws: ``HostError``, ``KafkaError`` or a store's error, each with what to do.
    public init(
        core: Core, wiring: PartyWiring, configuration: HostConfiguration, stop: StopSignal, logger: Logger
    ) throws {
        self.configuration = configuration
        // What is in the outbox is never given up: the broker may be away as long as it likes.
        self.configuration.kafka.messageTimeoutMilliseconds = 0
        self.wiring = wiring
        self.stop = stop
        self.logger = logger
        shardGuard = ShardGuard(wiring)
        latency = HopLatency(topics: wiring.reads.count)
        status = StatusClock()
        let exchange = try TopicSetup.prepare(
            settings: configuration.kafka, topics: wiring.topicsToCreate, wiring: wiring,
            timeout: configuration.startupTimeout, logger: logger)
        let identity = StoreIdentity(party: wiring.party, exchange: exchange)
        store = try PartyStore(
            directory: configuration.directory, identity: identity,
            durability: wiring.survivesPowerLoss ? .power : .process)
        let key = try store.sign(directory: configuration.directory, identity: identity)
        if let folder = configuration.evidenceDirectory { try key.publish(inFolder: folder) }
        checkpointFile = CheckpointFile(
            directory: configuration.directory, evidence: configuration.evidenceDirectory, party: wiring.party)
        witness = try WitnessDesk(
            wiring, topicIndex: wiring.reads.count, identity: identity, key: key, store: store,
            evidence: configuration.evidenceDirectory,
            logger: logger)
        let progress = store.progress
        engine = PartyEngine(
            core: core, books: progress.books, nextSequence: progress.nextSequence,
            salts: try SecretFile.saltKey(directory: configuration.directory))
        nextChunk = progress.nextChunk
        for entry in progress.offsets {
            offsets[TopicPartition(topic: entry.topic, partition: entry.partition)] = entry.next
        }
        consumer = try KafkaConsumer(
            settings: configuration.kafka, groupName: wiring.group,
            assignments: Self.assignments(wiring, offsets) + [
                PartitionAssignment(
                    TopicPartition(topic: wiring.checkpointTopic, partition: 0),
                    start: (try store.witness().next).map { .offset($0) } ?? .beginning)
            ], headerNames: ConsumedBatch.eventHeaders)
        let producer = try KafkaProducer(
            settings: configuration.kafka,
            topics: wiring.writes.map(\.name) + wiring.deadLetterTopics + [wiring.checkpointTopic]
                + wiring.topicsHandedOn)
        publisher = Publisher(
            producer: producer, source: core.party.eventSource, writes: wiring.writes,
            partitions: wiring.partitionCounts)
        stop.wakes(consumer.waker())
    }

    private static func assignments(_ wiring: PartyWiring, _ offsets: [TopicPartition: Int64]) -> [PartitionAssignment]
    {
        wiring.reads.flatMap { topic in
            topic.assigned.map { partition in
                let place = TopicPartition(topic: topic.name, partition: Int32(partition))
                return PartitionAssignment(place, start: offsets[place].map { .offset($0) } ?? .beginning)
            }
        }
    }

    /// Runs until asked to stop, then sends and saves what is in hand.
    public func run() throws {
        let unsent = store.progress.unsentChunks
        if !unsent.isEmpty { logger.info("sending \(unsent.count) outbox chunks that were not confirmed") }
        unsentChunks = unsent[...]
        logger.info("\(wiring.party) is running")
        while !stop.isRequested { try turn() }
        try finish()
    }

    /// One turn of the loop. While the broker does not take what there is to send, nothing is read and nothing made.
    private func turn() throws {
        for number in publisher.takeFailed() { unsentChunks.append(number) }
        while !publisher.isFull, let number = unsentChunks.popFirst() { try republish(number) }
        let isHeldUp = publisher.isFull
        if isHeldUp {
            batch = ConsumedBatch()
            try publisher.serve(timeoutMilliseconds: configuration.idleMilliseconds)
        } else {
            let timeout = mayAdvance ? 0 : configuration.idleMilliseconds
            consumer.next(into: &batch, maximum: configuration.batchRecords, timeoutMilliseconds: timeout)
            try publisher.serve(timeoutMilliseconds: 0)
        }
        try checkProblems()
        let now = StatusClock.now()
        if isHeldUp {
            try commitConfirmed()
        } else if let chunk = try commitBatch(now) {
            try publisher.publish(chunk)
        }
        try reportStatus(now)
        try witness.send(store, via: &publisher, now: now)
        if configuration.showsTwoHistories?(engine.ledger) == true { try witness.forge(via: &publisher, now: now) }
        if let isFinished = configuration.isFinished, isFinished(engine.figures, recordsInFlight) {
            stop.request()
        }
    }

    /// Runs the core over the batch and commits.
    private func commitBatch(_ now: Int64) throws -> OutboxChunk? {
        let confirmed = publisher.takeConfirmed()
        var chunk: OutboxChunk?
        try store.batch { state in
            let firstLeaf = engine.nextSequence
            let books = engine.books
            engine.begin()
            var letters: [DeadLetter] = []
            let seen = witness.read(batch, now: now)
            for index in batch.records.indices where !witness.isCheckpoint(batch.records[index]) {
                try handle(index, &letters, state: &state, now: now)
            }
            mayAdvance = try engine.advance(state: &state, now: now, budget: configuration.batchRecords)
            engine.seal(now: now)
            // Inside the transaction: a ledger that does not add up is never saved.
            try engine.checkLaw()
            let isQuiet = hasNoInput && engine.effects.messages.isEmpty && books == engine.books
            if isQuiet, confirmed.isEmpty, seen == nil { return nil }
            if !engine.effects.messages.isEmpty || !letters.isEmpty {
                chunk = OutboxChunk(
                    number: nextChunk, time: now, firstSequence: engine.firstSentSequence,
                    messages: engine.effects.messages, arena: engine.effects.arena, deadLetters: letters)
                nextChunk += 1
            }
            if !isQuiet { status.lastChangeAt = now }
            var commit = BatchCommit(
                books: engine.books, offsets: movedOffsets(), firstLeaf: firstLeaf, leaves: engine.leaves,
                chunk: chunk, sentChunks: confirmed)
            commit.clock = now
            commit.witness = seen
            return commit
        }
        return chunk
    }

    /// Records on their way to the broker, or to be sent again.
    var recordsInFlight: Int {
        publisher.recordsInFlight + unsentChunks.count + publisher.failed.count
    }

    /// Whether the batch has nothing for the core: checkpoints of others are no work that one waits for.
    var hasNoInput: Bool { batch.records.allSatisfy { witness.isCheckpoint($0) } }

    /// Hands one record to the core, or to the dead letters.
    private func handle(
        _ index: Int, _ letters: inout [DeadLetter], state: inout StoreState<Core.Record>, now: Int64
    ) throws {
        let record = batch.records[index]
        let place = MessagePlace(topic: UInt8(record.topicIndex), partition: record.partition, offset: record.offset)
        latency.record(topic: record.topicIndex, milliseconds: now - record.timestampMilliseconds)
        let warning = placement.note(record, in: batch, of: wiring.reads[record.topicIndex]) {
            batch.text(.source, ofRecord: index) ?? ""
        }
        if let warning { logger.warning("\(warning)") }
        let head: MessageHead
        let type = wiring.reads[record.topicIndex].type
        do throws(UnreadableHead) {
            head = try MessageHead(batch, record: index, carrying: type)
            if let own = shardGuard?.otherPartition(of: head) {
                let copy = try handedOn(record, head, to: own)
                batch.withBytes(record.value) { engine.receiveElsewhere(head, $0, from: place, now: now) }
                letters.append(copy)
                return
            }
        } catch {
            batch.withBytes(record.value) { payload in
                engine.receiveHeadless(payload, type: type, from: place, state: &state, now: now)
            }
            letters.append(deadLetter(record, reason: error.description))
            return
        }
        let verdict = try batch.withBytes(record.value) { payload throws -> Verdict in
            try engine.receive(head, payload, from: place, state: &state, now: now)
        }
        if verdict.decision == .unreadable {
            letters.append(deadLetter(record, reason: engine.deadLetterReason))
        }
    }

    /// The same message for the shard that it belongs to, keyed as it is to be placed. Its identifier makes it a copy.
    private func handedOn(
        _ record: ConsumedRecord, _ head: MessageHead, to own: Int32
    ) throws(UnreadableHead) -> DeadLetter {
        var headers = batch.allHeaders(of: record).map { DeadLetterHeader($0.name, Array($0.value)) }
        guard !headers.contains(where: { $0.name == ShardGuard.header }) else {
            throw UnreadableHead(shardGuard?.refusal(of: head, belongingTo: own) ?? "")
        }
        let topic = wiring.reads[record.topicIndex].name
        headers.append(
            DeadLetterHeader(ShardGuard.header, Array("\(topic)/\(record.partition)@\(record.offset)".utf8)))
        return DeadLetter(
            topic: topic, key: shardGuard?.key(of: head), value: batch.value(of: record).map { Array($0) },
            headers: headers)
    }

    private func deadLetter(_ record: ConsumedRecord, reason: String) -> DeadLetter {
        let topic = wiring.reads[record.topicIndex].name
        logger.warning("\(topic)/\(record.partition)/\(record.offset) to the dead letters: \(reason)")
        var headers = batch.allHeaders(of: record).map { DeadLetterHeader($0.name, Array($0.value)) }
        for (name, text) in [
            ("dlt_reason", reason), ("dlt_reader", wiring.party), ("dlt_topic", topic),
            ("dlt_partition", String(record.partition)), ("dlt_offset", String(record.offset)),
        ] { headers.append(DeadLetterHeader(name, Array(text.utf8))) }
        return DeadLetter(
            topic: wiring.deadLetterTopics[record.topicIndex], key: batch.key(of: record).map { Array($0) },
            value: batch.value(of: record).map { Array($0) }, headers: headers)
    }

    private func movedOffsets() -> [PartitionOffset] {
        var moved: [TopicPartition: Int64] = [:]
        for record in batch.records where !witness.isCheckpoint(record) {
            let place = TopicPartition(topic: wiring.reads[record.topicIndex].name, partition: record.partition)
            moved[place] = record.offset + 1
        }
        groupOffsets.merge(moved.filter { !wiring.readByEveryShard.contains($0.key.topic) }) { $1 }
        return moved.map { PartitionOffset(topic: $0.key.topic, partition: $0.key.partition, next: $0.value) }
    }
}
