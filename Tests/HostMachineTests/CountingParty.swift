import ExchangeSchema
import HostMachine
import Journal
import PartyCore
import TransparencyLog
import Vocabulary

/// A party that takes in every record, and answers each with one message.
struct CountingParty: Party {
    /// Whether its rules are wrong: it counts a record as shared that it never received.
    var breaksTheLaw = false

    var party: PartyRole { .vss }

    struct Record: RecordValue {
        var phase: RecordPhase

        init(_ phase: RecordPhase) { self.phase = phase }

        init?(words: RecordWords) {
            guard let phase = words.phase else { return nil }
            self.phase = phase
        }

        var words: RecordWords { RecordWords(UInt64(phase.rawValue), 0, 0, 0, 0) }
    }

    func receive<State: PartyState>(
        _ head: MessageHead, _ payload: RawSpan, in turn: inout Turn<State>
    ) throws -> Verdict where State.Record == Record {
        if payload.byteCount == 0 { return Verdict(.unreadable) }
        if try turn.state.record(head.record) != nil {
            turn.ledger.duplicatesIgnored += 1
            return Verdict(.duplicate)
        }
        turn.state.set(Record(.shared), for: head.record)
        if !breaksTheLaw { turn.ledger.open() }
        turn.ledger.share()
        turn.effects.send(encoded: [1, 2, 3], as: .assessment, record: head.record, revision: 1)
        return Verdict(.accepted)
    }

    func obey<State: PartyState>(
        _ command: PartyCommand, in turn: inout Turn<State>
    ) throws -> CommandAnswer where State.Record == Record {
        command.kind == .stop ? CommandAnswer(Verdict(.obeyed), bytes: [7]) : .notForThisParty
    }
}

/// Records that a test makes up; an absent head is one that cannot be read.
struct ListedMessages: MessageBatch {
    var heads: [MessageHead?]
    var payload: [UInt8] = [9]
    /// Where the first one stands.
    var offset: Int64 = 0
    var partition: Int32 = 0

    init(_ numbers: [UInt64]) {
        heads = numbers.map { number in
            let record = RecordIdentifier(high: 0, low: number)
            return MessageHead(
                type: .acceptedRecord, message: MessageIdentifier(.acceptedRecord, record: record, revision: 1),
                record: record, source: "/moh")
        }
    }

    var count: Int { heads.count }

    func place(at index: Int) -> MessagePlace {
        MessagePlace(topic: 0, partition: partition, offset: offset + Int64(index))
    }

    func head(at index: Int) throws(UnreadableHead) -> MessageHead {
        guard let head = heads[index] else { throw UnreadableHead("header ce_id is missing") }
        return head
    }

    func withPayload<Result, Failure: Error>(
        at index: Int, _ body: (RawSpan) throws(Failure) -> Result
    ) throws(Failure) -> Result { try body(payload.span.bytes) }

    func copy(at index: Int) -> RecordCopy { RecordCopy(key: [5], value: payload, headers: []) }

    func checkpoint(at index: Int) -> CheckpointMessage? { nil }
}

/// A machine without a shell, and the state that a shell would keep for it.
struct BareMachine {
    var machine: HostMachine<CountingParty>
    var state = MemoryState<CountingParty.Record>()

    init(_ core: CountingParty = CountingParty(), unsent: [Int64] = []) throws {
        let seed = [UInt8](repeating: 3, count: 32)
        let origin = LogKey.origin(party: "vss", exchange: "test")
        let key = try LogKey(first: SignerKey(name: origin, kind: .ed25519, seed: seed))
        var journal = SignedJournal(tree: JournalTree())
        journal.sign(with: key.signer, after: nil)
        journal.publish(after: nil)
        var memory = HostMemory(journal: journal)
        memory.unsentChunks = unsent
        memory.nextChunk = (unsent.max() ?? 0) + 1
        let plan = HostPlan(
            party: "vss",
            reads: [
                .init(name: "moh.records", type: .acceptedRecord, deadLetters: "moh.records.dlt", sources: ["/moh"])
            ], budget: 10, witnesses: 1)
        let exchange = try CheckpointExchange(
            parties: .init(own: "vss", exchange: "test", others: ["moh"]), key: key, stored: StoredWitness(),
            published: nil)
        machine = HostMachine(
            core: core, plan: plan, memory: memory, salts: SaltKey(simulated: "test"), exchange: exchange)
    }

    mutating func batch(
        _ messages: ListedMessages, commands: [HostCommand] = [], now: Int64 = 1_000
    ) throws -> [HostAction] {
        var messages = messages
        return try machine.batch(&messages, commands: commands, in: &state, now: now)
    }
}

extension [HostAction] {
    var kinds: [HostAction.Kind] { map(\.kind) }

    var commits: [HostCommit] {
        compactMap { if case .commit(let commit) = $0 { commit } else { nil } }
    }
}
