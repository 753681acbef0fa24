public import ExchangeSchema
public import Journal
public import PartyCore
import Vocabulary

/// The machine around a party's core: what a host decides, and nothing of what it does. Events go in by the methods
/// (started, batch, confirmed, failed, command, tick, stop), actions come out, to be performed in their order.
///
/// It holds what the process must know between two commits: books, outbox, what is to be sent again, tree and
/// checkpoints, its part as a witness, and how the party stands. It never sees a broker, a database, a file or a clock;
/// state is read through `PartyState` while a batch is handled, and written by the action ``HostAction/commit(_:)``.
/// Whatever ends the process, a machine made of the last commit goes on: what was read after it is read again, what was
/// not confirmed is sent again.
public struct HostMachine<Core: Party>: Sendable {
    /// What it was told of its party's place.
    public let plan: HostPlan
    var engine: PartyEngine<Core>
    var journal: SignedJournal
    var witness: WitnessDesk
    var outbox: Outbox
    var nextChunk: Int64
    var strays = StrayDesk()
    var status = HostStatus()
    /// Place of the topic of signatures among those that the party reads.
    let signatureTopic: UInt8?
    /// Whether the party has more to do by itself at once.
    public internal(set) var mayAdvance = true
    /// Whether a command asked the party to stop.
    public internal(set) var isAskedToStop = false

    /// A machine that goes on with what the last commit left.
    /// - Parameters:
    ///   - salts: The party's own secret for the salts of what it sends.
    ///   - exchange: Its part in publishing and cosigning checkpoints.
    public init(
        core: Core, plan: HostPlan, memory: HostMemory, salts: SaltKey, exchange: CheckpointExchange
    ) {
        self.plan = plan
        var exchange = exchange
        let parties = exchange.logs.mapValues { plan.partiesOfLogs[$0] ?? $0 }
        engine = PartyEngine(
            core: core, books: memory.books, nextSequence: memory.nextLeaf, salts: salts,
            keys: SignatoryKeys(signer: exchange.signer, parties: parties, lists: exchange.takeBelievedKeys() ?? []))
        journal = memory.journal
        witness = WitnessDesk(exchange, witnesses: plan.witnesses)
        signatureTopic = plan.reads.firstIndex { $0.type == .agreementSignature }.map { UInt8($0) }
        outbox = Outbox(unsent: memory.unsentChunks)
        nextChunk = memory.nextChunk
    }

    /// Ledger and figures.
    public var books: PartyBooks { engine.books }

    /// Journal leaves written.
    public var leafCount: Int64 { engine.nextSequence }

    /// Leaves and root of the journal's tree.
    public var journalHead: SignedJournal { journal }

    /// Records on their way to the log, or to be sent again.
    public var recordsInFlight: Int { outbox.records }

    /// The process has started: what was committed and not sent is sent.
    public mutating func started(now: Int64) throws -> [HostAction] {
        var actions: [HostAction] = []
        if outbox.records > 0 {
            actions.append(
                .say(HostRemark(.info, "sending \(outbox.records) outbox chunks that were not confirmed")))
        }
        actions += try witness.outgoing(&journal, now: now)
        return actions
    }

    /// The log has confirmed these chunks to their last record.
    public mutating func confirmed(_ chunks: [Int64]) { outbox.confirm(chunks) }

    /// The log has confirmed the checkpoint published last: the next may go.
    public mutating func confirmedCheckpoint() {
        journal.confirmPublication()
        witness.confirm()
    }

    /// The log has lost a record of these chunks, or says so: they are to be sent again (``sendNext()``). Receivers know
    /// the copies by their message identifiers.
    public mutating func failed(_ chunks: [Int64]) { outbox.fail(chunks) }

    /// The log has lost the checkpoint published last, or says so: it is sent again.
    public mutating func failedCheckpoint() { witness.fail() }

    /// The next chunk to be sent again; to be asked while the log has room. Nil for none.
    public mutating func sendNext() -> HostAction? { outbox.nextUnsent().map { .sendAgain($0) } }
}

/// What a machine remembers of its own pace.
struct HostStatus: Sendable {
    /// Milliseconds between two reports.
    static let interval: Int64 = 250
    /// Milliseconds between two reports that say how far the party has read.
    static let offsetInterval: Int64 = 1_000

    var reportedAt: Int64 = 0
    var offsetsAt: Int64 = 0
    var firstSharedAt: Int64 = 0
    var lastChangeAt: Int64 = 0
    /// Whether the last batch had nothing for the core: checkpoints of others are no work that one waits for.
    var hadNoInput = true
    /// How far was read since the last report that said so.
    var readUpTo: [PartitionOffset] = []
}
