public import ExchangeSchema
public import Journal
public import PartyCore
public import Vocabulary

/// What an auditor reads, and how far it has come.
public struct AuditorPlan: Sendable {
    /// Names of all topics, in the order that leaves number.
    public var topics: [String]
    /// Place of the topic of checkpoints.
    public var checkpoints: Int
    /// How many parties can be expected to cosign.
    public var witnesses: Int
    /// Next offset by topic and partition.
    public var next: [[Int64]]
    /// Number of the next leaf.
    public var nextLeaf: Int64
    /// Topics that go on when an exchange is at rest: of checkpoints, and of acts of access.
    public var restless: Set<Int>

    /// Takes all fields.
    public init(
        topics: [String], checkpoints: Int, witnesses: Int, next: [[Int64]], nextLeaf: Int64, restless: Set<Int>
    ) {
        self.topics = topics
        self.checkpoints = checkpoints
        self.witnesses = witnesses
        self.next = next
        self.nextLeaf = nextLeaf
        self.restless = restless
    }
}

/// What is known of an observed record.
public struct Observation: Sendable, Equatable {
    /// The message type; nil for a record that is none of its topic.
    public var type: MessageType?
    /// Its identifier as far as it can be read.
    public var message: MessageIdentifier
    /// What its leaf binds.
    public var digest: PayloadDigest

    /// Takes all fields.
    public init(type: MessageType?, message: MessageIdentifier, digest: PayloadDigest) {
        self.type = type
        self.message = message
        self.digest = digest
    }
}

/// Records of any topic as an auditor sees them, where they lie.
public protocol ObservedBatch {
    /// How many records there are.
    var count: Int { get }
    /// Where a record was read; the topic's number is its place in ``AuditorPlan/topics``.
    func place(at index: Int) -> MessagePlace
    /// What is known of a record; asked once for each, before it is kept.
    mutating func observation(at index: Int) -> Observation
    /// A record of the checkpoint topic; nil when it is no checkpoint message.
    func checkpoint(at index: Int) -> CheckpointMessage?
    /// Keeps the whole record that was observed last, under the number of its leaf, in the transaction of the batch.
    mutating func keep(at index: Int, leaf: Int64) throws
}

/// What an auditor wants done, in this order; as ``HostAction`` without what only a party does.
public enum AuditorAction: Sendable {
    /// Make leaves, offsets and kept records durable in one transaction.
    case commit(AuditorCommit)
    /// Hand a message to the checkpoint topic, with the clock reading; Unix milliseconds. It is committed.
    case publish(CheckpointMessage, at: Int64)
    /// Say how the auditor stands.
    case report(AuditorReport)
    /// Write a line for people.
    case say(HostRemark)
    /// End.
    case finish
}

/// What is made durable in one transaction beside the kept records.
public struct AuditorCommit: Sendable {
    /// Offsets that moved.
    public var offsets: [PartitionOffset] = []
    /// Number of the first leaf.
    public var firstLeaf: Int64
    /// The leaves, end to end.
    public var leaves: [UInt8] = []
    /// What became of tree and checkpoints.
    public var rows = SignedJournal.Rows()
    /// What came of the checkpoints of others; nil for nothing.
    public var witness: WitnessCommit?
}

/// How an auditor stands.
public struct AuditorReport: Sendable {
    /// Clock reading; Unix milliseconds.
    public var time: Int64
    /// Whether nothing was read last, and all that was is under a published checkpoint.
    public var isIdle: Bool
    /// Journal leaves written.
    public var leaves: Int64
    /// When it last read something; Unix milliseconds.
    public var lastChangeAt: Int64
    /// Its published checkpoints, and what it knows of the logs of others.
    public var witness: WitnessReport
    /// Offsets up to which it has read, summed over the partitions of all topics that come to rest.
    public var offsetsRead: Int64
    /// The checkpoint signed last, and the leaves under it; nil before the first.
    public var checkpoint: (size: UInt64, note: [UInt8])?
    /// How far it has read since the last report that said so.
    public var readUpTo: [PartitionOffset]
    /// Whether it is the last of this process.
    public var isLast: Bool
}

/// Why an auditor cannot go on.
public struct UnknownPlace: Error, Equatable, CustomStringConvertible {
    /// For people.
    public var description: String { "a record came from a partition that was not asked for" }
}

/// The machine of an auditor: it journals what it sees and cosigns what it reads of other logs. It has a journal and a
/// part as a witness, and neither ledger nor outbox nor state: it takes no part in the exchange.
public struct AuditorMachine: Sendable {
    private let plan: AuditorPlan
    private var journal: SignedJournal
    private var witness: WitnessDesk
    private var status = HostStatus()
    /// Next offset by topic and partition.
    public private(set) var next: [[Int64]]
    private var nextLeaf: Int64
    private var wasEmpty = true
    /// Whether there are leaves since the last published checkpoint that are not of other checkpoints, or may not be.
    public private(set) var hasNews: Bool

    /// Goes on with what the last commit left.
    public init(plan: AuditorPlan, journal: SignedJournal, exchange: CheckpointExchange) {
        self.plan = plan
        self.journal = journal
        witness = WitnessDesk(exchange, witnesses: plan.witnesses)
        next = plan.next
        nextLeaf = plan.nextLeaf
        // Leaves that no published checkpoint covers may be of messages: what they are of is not remembered.
        hasNews = plan.nextLeaf > 0 && !journal.isPublished
    }

    /// The process has started: what was committed and not sent is sent.
    public mutating func started(now: Int64) throws -> [AuditorAction] { try outgoing(now: now) }

    /// Records were read: one leaf and the whole record for each.
    /// - Throws: What keeping throws; ``UnknownPlace``. Then nothing is to be kept, and the machine not to be used any more.
    public mutating func batch<Batch: ObservedBatch>(_ batch: inout Batch, now: Int64) throws -> [AuditorAction] {
        wasEmpty = batch.count == 0
        guard batch.count > 0 else { return [] }
        var commit = AuditorCommit(firstLeaf: nextLeaf)
        commit.leaves.reserveCapacity(batch.count * JournalTree.leafWidth)
        var remarks: [AuditorAction] = []
        var moved: Set<TopicPlace> = []
        for index in 0..<batch.count {
            let place = batch.place(at: index)
            if let gap = try take(place, &moved) { remarks.append(.say(HostRemark(.warning, gap))) }
            if Int(place.topic) == plan.checkpoints {
                witness.receive(batch.checkpoint(at: index), offset: place.offset, now: now)
            } else {
                hasNews = true
            }
            let seen = batch.observation(at: index)
            JournalLeaf(
                decision: .observed, type: seen.type?.rawValue ?? 0, reason: 0, topic: place.topic,
                partition: place.partition, offset: place.offset, message: seen.message, cause: .none, time: now,
                digest: seen.digest
            ).append(to: &commit.leaves)
            try batch.keep(at: index, leaf: nextLeaf + Int64(index))
        }
        nextLeaf += Int64(batch.count)
        status.lastChangeAt = now
        commit.offsets = moved.map { place in
            PartitionOffset(
                topic: plan.topics[place.topic], partition: Int32(place.partition),
                next: next[place.topic][place.partition])
        }
        status.note(read: commit.offsets)
        journal.append(commit.leaves)
        if hasNews { try journal.seal(now: now) }
        commit.rows = journal.takeRows()
        commit.witness = witness.takeCommit()
        return [.commit(commit)] + remarks + (try outgoing(now: now))
    }

    /// - Returns: What to say of records that were deleted unseen; nil for none.
    private mutating func take(_ place: MessagePlace, _ moved: inout Set<TopicPlace>) throws(UnknownPlace) -> String? {
        let (topic, partition) = (Int(place.topic), Int(place.partition))
        guard next.indices.contains(topic), next[topic].indices.contains(partition) else { throw UnknownPlace() }
        let expected = next[topic][partition]
        next[topic][partition] = place.offset + 1
        moved.insert(TopicPlace(topic: topic, partition: partition))
        guard place.offset != expected else { return nil }
        return
            "\(plan.topics[topic])/\(partition) goes from offset \(expected - 1) to \(place.offset): what lay between "
            + "was deleted unseen"
    }

    /// The log has confirmed the checkpoint published last: the next may go.
    public mutating func confirmedCheckpoint() {
        journal.confirmPublication()
        witness.confirm()
    }

    /// The log did not take the checkpoint published last: it is sent again.
    public mutating func failedCheckpoint() { witness.fail() }

    /// Time has passed. Checkpoints of others alone are no reason to sign: the others would answer with a cosignature, and
    /// it would never come to rest.
    public mutating func tick(now: Int64, force: Bool = false) throws -> [AuditorAction] {
        var actions: [AuditorAction] = []
        if force || now - status.reportedAt >= HostStatus.interval {
            status.reportedAt = now
            if hasNews || force {
                try journal.seal(now: now, force: force)
                let rows = journal.takeRows()
                if !rows.isEmpty {
                    var commit = AuditorCommit(firstLeaf: nextLeaf)
                    commit.rows = rows
                    actions.append(.commit(commit))
                }
                if journal.isPublished { hasNews = false }
            }
            actions.append(.report(report(now: now, force: force)))
        }
        return actions + (try outgoing(now: now))
    }

    /// The auditor has read what was there when it was asked to stop, and ends.
    public mutating func stop(now: Int64) throws -> [AuditorAction] {
        wasEmpty = true
        return try tick(now: now, force: true) + [.finish]
    }

    private mutating func report(now: Int64, force: Bool) -> AuditorReport {
        var readUpTo: [PartitionOffset] = []
        if !status.readUpTo.isEmpty, force || now - status.offsetsAt >= HostStatus.offsetInterval {
            status.offsetsAt = now
            swap(&readUpTo, &status.readUpTo)
        }
        var checkpoint: (size: UInt64, note: [UInt8])?
        if let size = journal.signedSize, let note = journal.note { checkpoint = (size, note) }
        let sums = next.enumerated().filter { !plan.restless.contains($0.offset) }.map { $0.element.reduce(0, +) }
        return AuditorReport(
            time: now, isIdle: wasEmpty && !hasNews, leaves: nextLeaf, lastChangeAt: status.lastChangeAt,
            witness: witness.report(journal), offsetsRead: sums.reduce(0, +), checkpoint: checkpoint,
            readUpTo: readUpTo, isLast: force)
    }

    private mutating func outgoing(now: Int64) throws -> [AuditorAction] {
        try witness.outgoing(&journal, now: now).compactMap { action in
            switch action {
            case .say(let remark): .say(remark)
            case .publish(.checkpoint(let message, let time)): .publish(message, at: time)
            default: nil
            }
        }
    }
}

/// One partition by the number of its topic.
private struct TopicPlace: Hashable {
    var topic: Int
    var partition: Int
}
