public import ExchangeSchema
public import TransparencyLog
import Vocabulary

/// Where a message was read.
public struct MessagePlace: Sendable, Equatable {
    /// Place of the topic in the party's list.
    public var topic: UInt8
    /// Partition, from 0.
    public var partition: Int32
    /// Offset in the partition.
    public var offset: Int64

    /// Takes all fields.
    public init(topic: UInt8, partition: Int32, offset: Int64) {
        self.topic = topic
        self.partition = partition
        self.offset = offset
    }
}

/// Runs a core over batches and writes its journal: what all hosts have in common. A host begins a batch, hands in
/// messages and commands, lets the party act by itself, seals the batch, checks the law, and commits what the engine then
/// holds together with the state.
public struct PartyEngine<Core: Party>: Sendable {
    /// The rules.
    public let core: Core
    private var desk: TurnDesk
    /// Number of the next leaf.
    public private(set) var nextSequence: Int64
    /// Stored leaves of the batch, end to end.
    public private(set) var leaves: [UInt8] = []
    /// Why the message handed in last goes to the dead letters; meaningful after ``Decision/unreadable``.
    public private(set) var deadLetterReason = ""
    /// Journal number of the first message sent by the batch; set by ``seal(now:)``.
    public private(set) var firstSentSequence: Int64 = 0
    private let salts: SaltKey

    /// Continues where the store left off.
    /// - Parameters:
    ///   - books: Ledger and figures as they were saved.
    ///   - salts: The party's own secret for the salts of what it sends.
    ///   - keys: Keys that the party has and believes, for signatures under agreements.
    public init(
        core: Core, books: PartyBooks = PartyBooks(), nextSequence: Int64, salts: SaltKey,
        keys: SignatoryKeys = SignatoryKeys()
    ) {
        self.core = core
        self.salts = salts
        desk = TurnDesk(books: books)
        desk.keys = keys
        self.nextSequence = nextSequence
    }

    /// Ledger and figures.
    public var books: PartyBooks { desk.books }
    /// The law.
    public var ledger: Ledger { desk.books.ledger }
    /// What the party counts for itself.
    public var figures: OwnFigures { desk.books.figures }
    /// Number of leaves of the batch.
    public var leafCount: Int { leaves.count / JournalLeaf.width }
    /// What the batch sends.
    public var effects: Effects { desk.effects }

    /// Begins a batch.
    public mutating func begin() {
        leaves.removeAll(keepingCapacity: true)
        desk.effects.removeAll()
    }

    /// Hands a message in.
    public mutating func receive<State: PartyState>(
        _ head: MessageHead, _ payload: RawSpan, from place: MessagePlace, state: inout State, now: Int64
    ) throws -> Verdict where State.Record == Core.Record {
        let verdict: Verdict
        do {
            verdict = try Self.receive(core, &desk, head, payload, &state, now)
            if verdict.decision == .unreadable { setAside("the payload is not a readable \(head.type.eventType)") }
        } catch let problem as UnreadablePayload {
            verdict = Verdict(.unreadable, problem.reason)
            setAside(problem.description)
        }
        let digest = PayloadDigest(of: payload, type: head.type, salt: head.salt)
        state.noteReceived(payload, KeptOrigin(type: head.type.rawValue, salt: head.salt), digest)
        try note(
            verdict, type: head.type.rawValue, message: head.message, digest, from: place, now: now,
            about: head.record, &state)
        return verdict
    }

    /// Writes down a message that goes to the dead letters without being looked at: one that was handed on to a shard that
    /// it does not belong to.
    public mutating func receiveHeadless(_ payload: RawSpan, from place: MessagePlace, now: Int64) {
        desk.books.ledger.deadLetters += 1
        let digest = PayloadDigest(of: payload, type: nil, salt: .none)
        append(leaf(Verdict(.headless), type: 0, message: .none, digest, from: place, now: now))
    }

    /// Writes down messages that no party of the topology sent: one leaf, and no effect.
    public mutating func receive(_ strays: StrayRun, now: Int64) {
        desk.books.ledger.strays += strays.count
        append(strays.leaf(at: now))
    }

    /// Writes down a message that belongs to another shard of the party and is handed on to it: no effect here. The leaf
    /// bears no type, for the message is taken in where it belongs.
    public mutating func receiveElsewhere(
        _ head: MessageHead, _ payload: RawSpan, from place: MessagePlace, now: Int64
    ) {
        let digest = PayloadDigest(of: payload, type: head.type, salt: head.salt)
        append(leaf(Verdict(.notAddressed), type: 0, message: head.message, digest, from: place, now: now))
    }

    /// Signatures that wait for keys; empty nearly always.
    public var hasWaitingSignatures: Bool { !desk.books.figures.signing.waiting.isEmpty }

    /// Takes lists of keys that are believed from now on.
    public mutating func believe(_ lists: [KeyList]) { desk.keys.believe(lists) }

    /// Keeps a signature that the core holds until the keys of its log are known.
    public mutating func keep(_ signature: WaitingSignature) { desk.books.figures.signing.waiting.append(signature) }

    /// Hands in again what waits for keys.
    /// - Returns: What turns out to be forged, each with the reason for its dead letter. What it was received with stays in
    ///   the journal; no second leaf is written.
    public mutating func settleSignatures<State: PartyState>(
        state: inout State, now: Int64
    ) throws -> [(signature: WaitingSignature, reason: String)] where State.Record == Core.Record {
        let waiting = desk.books.figures.signing.waiting
        desk.books.figures.signing.waiting = []
        var refused: [(WaitingSignature, String)] = []
        for signature in waiting {
            do {
                let payload = signature.payload
                let verdict = try Self.receive(core, &desk, signature.head, payload.span.bytes, &state, now)
                if verdict.decision == .held { keep(signature) }
            } catch let problem as UnreadablePayload {
                setAside(problem.description)
                refused.append((signature, deadLetterReason))
            }
        }
        return refused
    }

    /// Hands a command in, and writes a leaf for it as for a message, or one for each of the statements that it brings.
    /// - Parameter number: Running number of the party's commands, from 0.
    /// - Returns: The answer, to be given to the caller when the batch is saved.
    public mutating func obey<State: PartyState>(
        _ command: PartyCommand, number: Int64, state: inout State, now: Int64
    ) throws -> CommandAnswer where State.Record == Core.Record {
        desk.nextLeaf = nextSequence
        var answer = try Self.obey(core, &desk, command, &state, now)
        if command.kind.isQuestion { return answer }
        if answer == .notForThisParty, let own = obeyAsParty(command.kind) { answer = own }
        desk.books.figures.commands += 1
        let whole = CommandStatement(command.identity, bytes: command.payload, reason: answer.verdict.reason)
        for statement in answer.statements.isEmpty ? [whole] : answer.statements {
            let salt = salts.salt(of: statement.identity)
            try note(
                Verdict(answer.verdict.decision, statement.reason), type: command.kind.rawValue,
                message: statement.identity, PayloadDigest(of: statement.bytes.span.bytes, type: nil, salt: salt),
                from: MessagePlace(
                    topic: PartyCommand.leafTopic, partition: PartyCommand.leafPartition, offset: number), now: now,
                cause: PartyCommand.leafCause(command.caller),
                about: answer.statements.isEmpty ? .none : statement.identity.uuid, &state)
        }
        return answer
    }

    /// Lets the party act by itself.
    public mutating func advance<State: PartyState>(
        state: inout State, now: Int64, budget: Int
    ) throws -> Bool where State.Record == Core.Record {
        if desk.books.figures.isPaused { return false }
        return try Self.advance(core, &desk, &state, now, budget)
    }

    /// Whether the batch wants to know something of the read model; false nearly always.
    public var hasQuestions: Bool { desk.effects.hasQuestions }

    /// Has the read model say what the batch wants to know of it: once the batch is handled, before it is sealed.
    /// - Parameter ask: The question, and what the batch changes in the model; nil where no model is kept.
    public mutating func answerQuestions(
        _ ask: (ReadModelQuestion, ReadModelChanges) throws -> ReadModelAnswer?
    ) rethrows {
        try desk.effects.answerQuestions(ask)
    }

    /// What callers are told by the read model in place of what the core answered, by their commands; empty nearly always.
    public var filledAnswers: [(command: MessageIdentifier, bytes: [UInt8])] { desk.effects.filledAnswers }

    /// Ends the batch: writes a leaf for each message that it sends, and seals in the leaves what is stored then.
    /// - Throws: What the state throws; then nothing of the batch may be kept.
    public mutating func seal<State: PartyState>(
        state: inout State, now: Int64
    ) throws where State.Record == Core.Record {
        let first = nextSequence - Int64(leafCount)
        firstSentSequence = nextSequence
        desk.effects.salt(with: salts)
        try Self.appendSent(desk.effects, from: nextSequence, now: now, in: &state, to: &leaves)
        try LeafChain.seal(&leaves, first: first, in: &state, key: salts, now: now)
        nextSequence = first + Int64(leafCount)
    }

    /// Checks the conservation law, before the batch is saved.
    /// - Throws: ``BrokenLaw``; then nothing of the batch may be kept.
    public func checkLaw() throws(BrokenLaw) {
        guard desk.books.ledger.conserves else { throw BrokenLaw(ledger: desk.books.ledger) }
    }

    /// What every party does alike when it is told to; nil for what only some can.
    private mutating func obeyAsParty(_ kind: PartyCommand.Kind) -> CommandAnswer? {
        switch kind {
        case .pause, .resume:
            let isNew = desk.books.figures.isPaused != (kind == .pause)
            desk.books.figures.isPaused = kind == .pause
            return CommandAnswer(Verdict(isNew ? .obeyed : .duplicate))
        case .stop: return CommandAnswer(Verdict(.obeyed))
        case .submitVisits, .signAgreement, .findVisits, .amendVisits, .withdrawVisits, .enrolPeople, .requestHistory,
            .findHistory, .checkCards, .readBook, .noteVerdicts:
            return nil
        }
    }

    private mutating func setAside(_ reason: String) {
        desk.books.ledger.deadLetters += 1
        deadLetterReason = reason
    }

    // Rules and desk are handed over side by side, so that the one can be read while the other changes.

    private static func receive<State: PartyState>(
        _ core: Core, _ desk: inout TurnDesk, _ head: MessageHead, _ payload: RawSpan, _ state: inout State,
        _ now: Int64
    ) throws -> Verdict where State.Record == Core.Record {
        try desk.turn(on: &state, now: now, cause: head.message) { try core.receive(head, payload, in: &$0) }
    }

    private static func obey<State: PartyState>(
        _ core: Core, _ desk: inout TurnDesk, _ command: PartyCommand, _ state: inout State, _ now: Int64
    ) throws -> CommandAnswer where State.Record == Core.Record {
        try desk.turn(on: &state, now: now, cause: command.identity) { try core.obey(command, in: &$0) }
    }

    private static func advance<State: PartyState>(
        _ core: Core, _ desk: inout TurnDesk, _ state: inout State, _ now: Int64, _ budget: Int
    ) throws -> Bool where State.Record == Core.Record {
        try desk.turn(on: &state, now: now, cause: nil) { try core.advance(in: &$0, budget: budget) }
    }

    private static func appendSent<State: PartyState>(
        _ effects: Effects, from first: Int64, now: Int64, in state: inout State, to leaves: inout [UInt8]
    ) throws {
        leaves.reserveCapacity(leaves.count + effects.messages.count * JournalLeaf.width)
        let arena = effects.arena.span.bytes
        for (place, message) in effects.messages.enumerated() {
            let leaf = JournalLeaf(
                decision: .sent, type: message.type.rawValue, reason: message.reason, topic: 255,
                partition: message.province == 0 ? -1 : Int32(message.province), offset: -1,
                message: message.message, cause: message.cause ?? .none, time: now,
                digest: PayloadDigest(of: arena.extracting(message.payload), type: message.type, salt: message.salt))
            try LeafChain.append(
                leaf, about: message.record, number: first + Int64(place), in: &state, to: &leaves)
        }
    }

    private mutating func note<State: PartyState>(
        _ verdict: Verdict, type: UInt8, message: MessageIdentifier, _ digest: PayloadDigest, from place: MessagePlace,
        now: Int64, cause: MessageIdentifier = .none, about subject: RecordIdentifier, _ state: inout State
    ) throws {
        let leaf = leaf(verdict, type: type, message: message, digest, from: place, now: now, cause: cause)
        try LeafChain.append(leaf, about: subject, number: nextSequence, in: &state, to: &leaves)
        nextSequence += 1
    }

    /// A leaf that is about nothing which others could be about.
    private mutating func append(_ leaf: JournalLeaf) {
        leaf.append(to: &leaves)
        nextSequence += 1
    }

    private func leaf(
        _ verdict: Verdict, type: UInt8, message: MessageIdentifier, _ digest: PayloadDigest, from place: MessagePlace,
        now: Int64, cause: MessageIdentifier = .none
    ) -> JournalLeaf {
        JournalLeaf(
            decision: verdict.decision, type: type, reason: verdict.reason?.rawValue ?? 0, topic: place.topic,
            partition: place.partition, offset: place.offset, message: message, cause: cause, time: now,
            digest: digest)
    }
}
