public import ExchangeSchema
public import Vocabulary

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

/// Runs a core over batches and writes its journal: what both hosts have in common. A host begins a batch, hands in
/// messages, lets the party act by itself, seals the batch, and commits what the engine then holds together with the
/// state.
public struct PartyEngine<Core: Party>: Sendable {
    /// The rules.
    public let core: Core
    /// The party's figures.
    public var ledger: Ledger
    /// Number of the next leaf.
    public private(set) var nextSequence: Int64
    /// Stored leaves of the batch, end to end.
    public private(set) var leaves: [UInt8] = []
    /// Number of leaves of the batch.
    public var leafCount: Int { leaves.count / JournalLeaf.width }
    /// What the batch sends.
    public private(set) var effects = Effects()
    /// Journal number of the first message sent by the batch; set by ``seal(now:)``.
    public private(set) var firstSentSequence: Int64 = 0
    private let salts: SaltKey

    /// Continues where the store left off.
    /// - Parameter salts: The party's own secret for the salts of what it sends.
    public init(core: Core, ledger: Ledger, nextSequence: Int64, salts: SaltKey) {
        self.core = core
        self.salts = salts
        self.ledger = ledger
        self.nextSequence = nextSequence
    }

    /// Begins a batch.
    public mutating func begin() {
        leaves.removeAll(keepingCapacity: true)
        effects.removeAll()
    }

    /// Hands a message in.
    public mutating func receive<State: PartyState>(
        _ head: MessageHead, _ payload: RawSpan, from place: MessagePlace, state: inout State, now: Int64
    ) throws -> Verdict where State.Record == Core.Record {
        effects.cause = head.message
        let verdict = try core.receive(head, payload, state: &state, ledger: &ledger, now: now, effects: &effects)
        let digest = PayloadDigest(of: payload, type: head.type, salt: head.salt)
        note(verdict, type: head.type.rawValue, message: head.message, digest, from: place, now: now)
        return verdict
    }

    /// Writes down a message whose attributes cannot be read: it goes to the dead letters. MoH counts such a record as
    /// received and refused, for there is nobody to whom it could be returned.
    public mutating func receiveHeadless(_ payload: RawSpan, type: MessageType, from place: MessagePlace, now: Int64) {
        ledger.deadLetters += 1
        if core.party == .moh, type == .facilityRecord {
            ledger.open()
            ledger.refuse(.mohUnreadable)
        }
        let verdict = Verdict(.unreadable, .mohUnreadable)
        let digest = PayloadDigest(of: payload, type: nil, salt: .none)
        note(verdict, type: 0, message: .none, digest, from: place, now: now)
    }

    /// Writes down a message that belongs to another shard of the party and is handed on to it: no effect here. The leaf
    /// bears no type, for the message is taken in where it belongs.
    public mutating func receiveElsewhere(
        _ head: MessageHead, _ payload: RawSpan, from place: MessagePlace, now: Int64
    ) {
        let digest = PayloadDigest(of: payload, type: head.type, salt: head.salt)
        note(Verdict(.notAddressed), type: 0, message: head.message, digest, from: place, now: now)
    }

    /// Lets the party act by itself.
    public mutating func advance<State: PartyState>(
        state: inout State, now: Int64, budget: Int
    ) throws -> Bool where State.Record == Core.Record {
        effects.cause = nil
        return try core.advance(state: &state, ledger: &ledger, now: now, budget: budget, effects: &effects)
    }

    /// Ends the batch: writes a leaf for each message that it sends.
    public mutating func seal(now: Int64) {
        firstSentSequence = nextSequence
        effects.salt(with: salts)
        Self.appendSent(effects, now: now, to: &leaves)
        nextSequence += Int64(effects.messages.count)
    }

    private static func appendSent(_ effects: Effects, now: Int64, to leaves: inout [UInt8]) {
        leaves.reserveCapacity(leaves.count + effects.messages.count * JournalLeaf.width)
        let arena = effects.arena.span.bytes
        for message in effects.messages {
            let leaf = JournalLeaf(
                decision: .sent, type: message.type.rawValue, reason: 0, topic: 255, partition: -1, offset: -1,
                message: message.message, cause: message.cause ?? .none, time: now,
                digest: PayloadDigest(of: arena.extracting(message.payload), type: message.type, salt: message.salt))
            leaf.append(to: &leaves)
        }
    }

    private mutating func note(
        _ verdict: Verdict, type: UInt8, message: MessageIdentifier, _ digest: PayloadDigest, from place: MessagePlace,
        now: Int64
    ) {
        let leaf = JournalLeaf(
            decision: verdict.decision, type: type, reason: verdict.reason?.rawValue ?? 0, topic: place.topic,
            partition: place.partition, offset: place.offset, message: message, cause: .none, time: now,
            digest: digest)
        leaf.append(to: &leaves)
        nextSequence += 1
    }
}
