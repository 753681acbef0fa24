import ExchangeSchema
import HostMachine
import Journal
import KafkaClient
public import Logging
public import PartyCore
public import PartyStore
import TransparencyLog
import Vocabulary

/// A party at rest, that is told to do something while no process of it runs: the same machine over the same store,
/// without a broker. What it does is journaled, signed and committed as if it ran; what it sends lies in the outbox, and
/// goes when the party is started again.
public final class RestingParty<Core: Party> {
    private typealias Shell = HostShell<
        Core, SQLiteHostStore<Core.Record>, NoLog, WallClock, RestingDesk<Core.Record>
    >

    private let wiring: PartyWiring
    private var shell: Shell
    private var ticket: UInt64 = 0

    /// Takes the party's directory, which no process may hold.
    /// - Parameters:
    ///   - evidence: Where its public key and latest checkpoint are published; nil for nowhere.
    ///   - readModel: What people read of the party; nil for nothing.
    /// - Throws: `StoreError` when the directory is in use, of another version, damaged, or older than what was published.
    public init(
        core: Core, wiring: PartyWiring, directory: String, evidence: String?, readModel: ReadModelPlan?,
        logger: Logger
    ) throws {
        let identity: StoreIdentity
        do {
            let inspection = try StoreInspection(directory: directory)
            identity = StoreIdentity(party: inspection.party, exchange: inspection.exchange)
        }
        self.wiring = wiring
        let store = try PartyStore<Core.Record>(
            directory: directory, identity: identity, durability: .power, readModel: readModel)
        let key = try store.sign(directory: directory, identity: identity)
        try key.requireLatest(store.tree, evidence: evidence)
        if let evidence { try key.publish(inFolder: evidence) }
        let memory = try HostMemory(store)
        let machine = HostMachine(
            core: core, plan: HostPlan(wiring, budget: 0), memory: memory,
            salts: try SecretFile.saltKey(directory: directory, mayMake: store.progress.nextSequence == 0),
            exchange: try CheckpointExchange(
                parties: .init(
                    own: identity.party, exchange: identity.exchange, others: wiring.witnesses,
                    siblings: wiring.siblings),
                key: key.log, stored: memory.witness, published: evidence.map { EvidenceFolder($0) }))
        shell = HostShell(
            machine: machine, store: SQLiteHostStore(store: store), log: NoLog(), clock: WallClock(),
            outlet: RestingDesk(
                store: store, logger: logger,
                checkpointFile: CheckpointFile(directory: directory, evidence: evidence, party: wiring.party)))
    }

    /// Tells the party to do something; when this returns, it is saved.
    /// - Throws: What the store throws; then the object is not to be used any more.
    public func obey(_ command: PartyCommand) throws -> CommandAnswer {
        ticket += 1
        shell.outlet.reply = nil
        var nothing = ConsumedMessages(
            batch: ConsumedBatch(), topics: wiring.reads.map(\.name), types: wiring.reads.map(\.type), shardGuard: nil)
        try shell.turn(&nothing, commands: [HostCommand(ticket: ticket, command)])
        guard let reply = shell.outlet.reply, reply.ticket == ticket else {
            throw StoreError(.database, "\(wiring.party) gave no answer; nothing was changed")
        }
        return reply.answer
    }

    /// Signs what was written, and gives the directory back.
    public func close() throws {
        try shell.stop()
        try shell.store.store.close()
    }
}

/// No broker: nothing goes, and nothing is confirmed. What is committed waits in the outbox.
private struct NoLog: MessageLog {
    mutating func publish(_ chunk: OutboxChunk) {}
    mutating func publish(_ message: CheckpointMessage, at now: Int64) {}
    var isFull: Bool { false }
    mutating func takeDeliveries() -> Deliveries { Deliveries() }
    mutating func acknowledge(_ offsets: [PartitionOffset]) {}
    mutating func finish() {}
}

/// Where a party at rest speaks. It writes no status: no process of it runs.
private struct RestingDesk<Record: RecordValue>: HostOutlet {
    let store: PartyStore<Record>
    let logger: Logger
    var checkpointFile: CheckpointFile
    /// The answer given last.
    var reply: CommandReply?

    mutating func report(_ report: HostReport) throws {
        guard let signed = report.checkpoint else { return }
        try checkpointFile.publish(
            store.cosigned(signed.note, size: signed.size).bytes, now: report.time, force: report.isLast)
    }

    func say(_ remark: HostRemark) { logger.log(remark) }

    mutating func answer(_ reply: CommandReply) { self.reply = reply }
}
