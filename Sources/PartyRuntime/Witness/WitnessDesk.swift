import Journal
import KafkaClient
import Logging
import PartyCore
import PartyStore
import TransparencyLog

/// What a party's host does about checkpoints in each turn: hands the topic's records to the ``CheckpointExchange``,
/// sends what is to be sent after the commit, and follows its own request until the broker has it.
struct WitnessDesk {
    private var exchange: CheckpointExchange
    private let key: JournalKey
    private let topic: String
    /// Place of the topic in the consumer's list.
    let topicIndex: Int
    /// Parties whose cosignatures can be expected.
    let witnesses: Int
    private let logger: Logger
    private var request: [UInt8]?
    private var sentAt: Int64 = 0
    private var mayForge: Bool

    /// - Parameter topicIndex: Place of the checkpoint topic in the consumer's list.
    init<Record: RecordValue>(
        _ wiring: PartyWiring, topicIndex: Int, identity: StoreIdentity, key: JournalKey, store: PartyStore<Record>,
        evidence: String?,
        logger: Logger
    ) throws {
        self.key = key
        topic = wiring.checkpointTopic
        self.topicIndex = topicIndex
        self.logger = logger
        let parties = CheckpointExchange.Parties(
            own: identity.party, exchange: identity.exchange, others: wiring.witnesses, siblings: wiring.siblings)
        // The auditor may run or not.
        witnesses = parties.others.values.count { $0 != wiring.auditor }
        let stored = try store.witness()
        exchange = try CheckpointExchange(
            parties: parties, key: key.log, stored: stored, published: evidence.map { EvidenceFolder($0) })
        mayForge = !stored.splitViews.contains { $0.view.origin == key.list.origin }
        try store.publishCheckpoints()
    }

    /// Whether a record is of the checkpoint topic.
    func isCheckpoint(_ record: ConsumedRecord) -> Bool { record.topicIndex == topicIndex }

    /// Takes in what the batch has of the topic, in the batch's transaction.
    mutating func read(_ batch: ConsumedBatch, now: Int64) -> WitnessCommit? {
        for index in batch.records.indices where isCheckpoint(batch.records[index]) {
            exchange.receive(
                CheckpointMessage(batch, at: index), offset: batch.records[index].offset, now: now)
        }
        return exchange.takeCommit()
    }

    /// Sends what is to be sent, now that it is committed.
    mutating func send<Record: RecordValue>(
        _ store: PartyStore<Record>, via publisher: inout Publisher, now: Int64
    ) throws {
        for remark in exchange.takeRemarks() { logger.log(level: remark.isError ? .error : .info, "\(remark.text)") }
        for message in exchange.takeOutgoing() { try publisher.send(message, to: topic, now: now) }
        if publisher.takeConfirmedRequest() { store.confirmPublication() }
        if let next = store.takePublication() {
            request = next
            try send(next, via: &publisher, now)
        } else if publisher.hasFailedRequest, now - sentAt >= 1_000, let request {
            logger.warning("the broker did not take a checkpoint; it is sent again")
            try send(request, via: &publisher, now)
        }
    }

    private mutating func send(_ request: [UInt8], via publisher: inout Publisher, _ now: Int64) throws {
        sentAt = now
        try publisher.send(try exchange.publish(request), to: topic, now: now)
    }

    /// Publishes a second history, once in the life of a party.
    mutating func forge(via publisher: inout Publisher, now: Int64) throws {
        guard mayForge, let request else { return }
        mayForge = false
        logger.warning("the scenario says so: publishing a checkpoint of another history")
        let message = CheckpointMessage(
            .checkpoint, from: key.list.origin.string.split(separator: "/").last.map(String.init) ?? "",
            origin: key.list.origin.string, body: try ForgedCheckpoint.request(insteadOf: request, key: key))
        try publisher.send(message, to: topic, now: now)
    }

    /// For the status file.
    func report<Record: RecordValue>(_ store: PartyStore<Record>) -> WitnessReport {
        WitnessReport(
            signedLeaves: Int64(clamping: store.signedSize ?? 0),
            publishedLeaves: Int64(clamping: store.publishedSize ?? 0), cosignedBy: exchange.cosigners,
            witnesses: witnesses,
            splitViews: Set(exchange.splitViews.map(\.view.description)).sorted())
    }
}
