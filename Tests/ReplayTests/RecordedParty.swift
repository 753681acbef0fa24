import CoreTestSupport
import ExchangeSchema
import PartyCore
import Replay
import Vocabulary

/// A party that was run by its host and wrote its journal, with the traffic that it read and sent.
struct RecordedParty<Core: Party> {
    private var engine: PartyEngine<Core>
    private var state = MemoryState<Core.Record>()
    private let topic: RecordedTopic
    private var now: Int64 = 1_750_000_000_000
    private(set) var rows: [(first: Int64, bytes: [UInt8])] = []
    let traffic = MemoryTraffic()
    var books: PartyBooks { engine.books }
    var topics: [RecordedTopic] { [topic] }

    init(_ core: Core, reads topic: RecordedTopic) {
        engine = PartyEngine(core: core, nextSequence: 0, salts: SaltKey(simulated: "rerun"))
        self.topic = topic
    }

    /// One batch. A message with nil as content has no readable attributes.
    mutating func batch(_ messages: [(head: MessageHead?, payload: [UInt8])], budget: Int = 2_000) throws {
        now += 37
        engine.begin()
        let first = engine.nextSequence
        for message in messages {
            let place = MessagePlace(
                topic: 0, partition: 0, offset: Int64(traffic.records.count { $0.topic == topic.name }))
            traffic.records.append(record(topic.name, place.offset, message.head, message.payload))
            if let head = message.head {
                _ = try engine.receive(head, message.payload.span.bytes, from: place, state: &state, now: now)
            } else {
                let digest = PayloadDigest(of: message.payload.span.bytes, type: nil, salt: .none)
                engine.receive(StrayRun(at: place, digest), now: now)
            }
        }
        _ = try engine.advance(state: &state, now: now, budget: budget)
        try engine.seal(state: &state, now: now)
        for message in engine.effects.messages {
            let head = MessageHead(
                type: message.type, message: message.message, record: message.record,
                source: engine.core.party.eventSource, salt: message.salt)
            traffic.records.append(
                record(message.type.eventType, 0, head, Array(engine.effects.arena[message.payload])))
        }
        if engine.leafCount > 0 { rows.append((first, engine.leaves)) }
    }

    private func record(_ topic: String, _ offset: Int64, _ head: MessageHead?, _ payload: [UInt8]) -> TrafficRecord {
        var headers: [TrafficHeader] = []
        if let head {
            headers = [
                ("ce_id", head.message.description), ("ce_source", head.source), ("ce_type", head.type.eventType),
                ("ce_subject", head.record.description), ("ce_salt", head.salt.description),
            ].map { TrafficHeader($0.0, Array($0.1.utf8)) }
        }
        return TrafficRecord(
            topic: topic, partition: 0, offset: offset, timestamp: now, key: nil, value: payload, headers: headers)
    }

    /// Gives the sent messages digests that hang on more than their content.
    mutating func changeSentDigests() {
        for row in rows.indices {
            for at in stride(from: 0, to: rows[row].bytes.count, by: JournalLeaf.width)
            where JournalLeaf(stored: rows[row].bytes[at..<at + JournalLeaf.width])?.decision == .sent {
                // The digest is the end of a leaf.
                rows[row].bytes[at + JournalLeaf.width - 1] ^= 0x55
            }
        }
    }

    /// Runs the recorded inputs through a core.
    func rerun<Other: Party>(_ core: Other, budget: PartyRerun<Other>.Budget = .messages(2_000)) throws -> RerunReport {
        var rerun = PartyRerun(
            party: core.party.rawValue,
            engine: PartyEngine(core: core, nextSequence: 0, salts: SaltKey(simulated: "rerun")),
            topics: topics, budget: budget)
        for row in rows { try rerun.take(first: row.first, row: row.bytes, from: traffic) }
        return try rerun.finish(traffic, stored: books, source: core.party.eventSource) { _, _, _ in ["some.field"] }
    }
}

/// A core that refuses, as unreadable, what another one would take in, for some records.
struct StricterParty<Core: Party>: Party {
    typealias Record = Core.Record

    var core: Core
    var refuses: @Sendable (MessageHead) -> Bool

    var party: PartyRole { core.party }

    func receive<State: PartyState>(
        _ head: MessageHead, _ payload: RawSpan, in turn: inout Turn<State>
    ) throws -> Verdict where State.Record == Core.Record {
        guard !refuses(head) else { throw UnreadablePayload(head.type, "too strict") }
        return try core.receive(head, payload, in: &turn)
    }

    func advance<State: PartyState>(
        in turn: inout Turn<State>, budget: Int
    ) throws -> Bool where State.Record == Core.Record {
        try core.advance(in: &turn, budget: budget)
    }
}
