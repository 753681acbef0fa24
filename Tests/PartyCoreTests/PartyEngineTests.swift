import CoreTestSupport
import ExchangeSchema
import LocalityParty
import MoHParty
import PartyCore
import Testing
import Vocabulary

/// The journal that the engine writes: one leaf for each message received or sent, numbered without gaps.
@Suite struct PartyEngineTests {
    private let record = RecordIdentifier.sample(1)
    private let salts = SaltKey(simulated: "moh")

    private func digest(_ payload: [UInt8], _ type: MessageType, _ salt: PayloadSalt) -> PayloadDigest {
        PayloadParts(of: payload, type: type, salt: salt).commitment
    }

    private func leaves(_ engine: PartyEngine<MoHCore>) throws -> [JournalLeaf] {
        try stride(from: 0, to: engine.leaves.count, by: JournalLeaf.width).map {
            try #require(JournalLeaf(stored: engine.leaves[$0..<$0 + JournalLeaf.width]))
        }
    }

    @Test func everyMessageHasItsLeaf() throws {
        var engine = PartyEngine(core: MoHCore(duties: .moh2024), nextSequence: 10, salts: salts)
        var state = MemoryState<MoHRecord>()
        let message = SentMessage(SampleVisit(record).facilityRecord(), record)
        engine.begin()
        for offset in 7...8 {
            _ = try engine.receive(
                message.head, message.payload.span.bytes,
                from: MessagePlace(topic: 2, partition: 3, offset: Int64(offset)),
                state: &state, now: 99)
        }
        #expect(try engine.advance(state: &state, now: 99, budget: 5) == false)
        try engine.seal(state: &state, now: 99)
        let leaves = try leaves(engine)
        #expect(engine.leafCount == 3 && engine.nextSequence == 13 && engine.firstSentSequence == 12)
        #expect(leaves.map(\.decision) == [.accepted, .duplicate, .sent])
        #expect(leaves.map(\.offset) == [7, 8, -1] && leaves.map(\.partition) == [3, 3, -1])
        #expect(leaves.map(\.topic) == [2, 2, 255] && leaves.map(\.time) == [99, 99, 99])
        #expect(
            leaves[0].message == message.head.message
                && leaves[0].digest == digest(message.payload, .facilityRecord, .none))
        #expect(leaves[2].message == MessageIdentifier(.acceptedRecord, record: record, revision: 1))
        #expect(leaves[2].cause == message.head.message && leaves[2].type == MessageType.acceptedRecord.rawValue)
        let sent = try #require(engine.effects.messages.first)
        #expect(sent.salt == salts.salt(of: sent.message) && sent.salt != .none)
        #expect(leaves[2].digest == digest(Array(engine.effects.arena[sent.payload]), .acceptedRecord, sent.salt))
    }

    @Test func aBatchBeginsEmpty() throws {
        var engine = PartyEngine(core: MoHCore(duties: .moh2024), nextSequence: 0, salts: salts)
        var state = MemoryState<MoHRecord>()
        let message = SentMessage(SampleVisit(record).facilityRecord(), record)
        _ = try engine.receive(
            message.head, message.payload.span.bytes, from: MessagePlace(topic: 0, partition: 0, offset: 0),
            state: &state,
            now: 1)
        try engine.seal(state: &state, now: 1)
        engine.begin()
        #expect(engine.leaves.isEmpty && engine.effects.messages.isEmpty && engine.effects.arena.isEmpty)
        #expect(engine.nextSequence == 2)
    }

    @Test func messagesOfNobodyHaveOneLeafAndCountAsNoRecord() throws {
        var engine = PartyEngine(core: MoHCore(duties: .moh2024), nextSequence: 0, salts: salts)
        engine.begin()
        let values: [[UInt8]] = [[1], [2], []]
        let digests = values.map { PayloadDigest(of: $0.span.bytes, type: nil, salt: .none) }
        var run = StrayRun(at: MessagePlace(topic: 2, partition: 3, offset: 5), digests[0])
        for digest in digests.dropFirst() { run.add(digest) }
        engine.receive(run, now: 9)
        #expect(engine.ledger.strays == 3 && engine.ledger.submitted == 0 && engine.ledger.deadLetters == 0)
        #expect(engine.ledger.conserves && engine.ledger.refusedByReason.isEmpty)
        let leaf = try #require(try leaves(engine).first)
        #expect(engine.leafCount == 1 && leaf.decision == .stray && leaf.type == 0 && leaf.message == .none)
        #expect(leaf.offset == 5 && leaf.lastOffset == 7 && StrayRun(leaf) == run)
        // Each of them bears on the digest, and so does their order.
        var other = StrayRun(at: run.place, digests[0])
        other.add(digests[2])
        other.add(digests[1])
        #expect(other.digest != run.digest)
    }

    @Test func aLeafOfNoNumberIsNoRun() {
        var run = StrayRun(at: MessagePlace(topic: 0, partition: 0, offset: 5), PayloadDigest(words: (1, 2, 3, 4)))
            .leaf(at: 1)
        #expect(StrayRun(run)?.count == 1)
        for count in [0, UInt64(Int64.max), UInt64.max] {
            run.cause = MessageIdentifier(RecordIdentifier(high: 0, low: count))
            #expect(StrayRun(run) == nil && run.lastOffset == 5)
        }
    }

    @Test func whatWasHandedOnInVainCountsAsADeadLetter() throws {
        var engine = PartyEngine(core: LocalityCore(), nextSequence: 0, salts: salts)
        let bytes: [UInt8] = [1]
        engine.receiveHeadless(bytes.span.bytes, from: MessagePlace(topic: 0, partition: 0, offset: 5), now: 1)
        #expect(engine.ledger.deadLetters == 1 && engine.ledger.submitted == 0)
        let leaf = try #require(JournalLeaf(stored: engine.leaves[...]))
        #expect(leaf.decision == .headless && leaf.reason == 0)
    }

    @Test func aDeadLetterNamesTheRule() throws {
        var engine = PartyEngine(core: MoHCore(duties: .moh2024), nextSequence: 0, salts: salts)
        var state = MemoryState<MoHRecord>()
        let place = MessagePlace(topic: 0, partition: 0, offset: 0)
        let message = SentMessage(SampleVisit(record).facilityRecord(), .sample(2))
        let verdict = try engine.receive(
            message.head, message.payload.span.bytes, from: place, state: &state, now: 1)
        #expect(verdict == Verdict(.unreadable, .mohUnreadable) && engine.ledger.deadLetters == 1)
        #expect(
            engine.deadLetterReason == "the payload is not a readable exchange.v1.FacilityRecord: record_id is "
                + "\"\(record)\", and ce_subject is \(RecordIdentifier.sample(2))")
    }

    @Test func aCommandHasItsLeaf() throws {
        let payload: [UInt8] = [7, 8]
        let identity = MessageIdentifier(.agreementSignature, about: "a command")
        let command = PartyCommand(.pause, identity: identity, caller: 1000, payload: payload)
        var engine = PartyEngine(core: ObedientParty(), nextSequence: 4, salts: salts)
        var state = MemoryState<LocalityRecord>()
        engine.begin()
        let answer = try engine.obey(command, number: 3, state: &state, now: 99)
        try engine.seal(state: &state, now: 99)
        #expect(answer == CommandAnswer(Verdict(.obeyed), bytes: [42]))
        let stored = try stride(from: 0, to: engine.leaves.count, by: JournalLeaf.width).map {
            try #require(JournalLeaf(stored: engine.leaves[$0..<$0 + JournalLeaf.width]))
        }
        #expect(stored.map(\.decision) == [.obeyed, .sent] && engine.nextSequence == 6)
        #expect(stored[0].topic == PartyCommand.leafTopic && stored[0].partition == -1 && stored[0].offset == 3)
        #expect(stored[0].type == PartyCommand.Kind.pause.rawValue && stored[0].message == identity)
        #expect(stored[0].digest == PayloadDigest(of: payload.span.bytes, salt: salts.salt(of: identity)))
        #expect(stored[1].cause == identity)
    }

    @Test func aCommandForAnotherPartyIsAnsweredSo() throws {
        var engine = PartyEngine(core: MoHCore(duties: .moh2024), nextSequence: 0, salts: salts)
        var state = MemoryState<MoHRecord>()
        let command = PartyCommand(.submitVisits, identity: .none, caller: 0, payload: [])
        #expect(try engine.obey(command, number: 0, state: &state, now: 1) == .notForThisParty)
        #expect(try leaves(engine).map(\.decision) == [.notAddressed])
    }

    @Test func aLedgerThatDoesNotAddUpIsNamedBeforeItIsSaved() throws {
        var ledger = Ledger()
        ledger.open()
        #expect(throws: Never.self) {
            try PartyEngine(
                core: MoHCore(duties: .moh2024), books: PartyBooks(ledger: ledger), nextSequence: 0, salts: salts
            )
            .checkLaw()
        }
        ledger.shared += 1
        let engine = PartyEngine(
            core: MoHCore(duties: .moh2024), books: PartyBooks(ledger: ledger), nextSequence: 0, salts: salts)
        let error = #expect(throws: BrokenLaw.self) { try engine.checkLaw() }
        #expect(error?.description.contains("submitted 1 is not shared 1 + refused 0 + pending 1") == true)
    }

    @Test func effectsLieEndToEndInOneArena() {
        var effects = Effects()
        effects.cause = MessageIdentifier(.correction, about: "x")
        effects.send(Correction(), record: record, revision: 1)
        effects.send(
            encoded: [1, 2, 3], as: .facilityRecord, record: record, revision: 2, key: "01013", source: "/01013")
        effects.repeatMessage(at: 1)
        #expect(effects.messages.map(\.payload.count) == [0, 3, 3])
        #expect(effects.messages.allSatisfy { $0.cause == effects.cause })
        let last = effects.messages[2]
        #expect(Array(effects.arena[last.payload]) == [1, 2, 3])
        #expect(String(decoding: effects.arena[last.key], as: UTF8.self) == "01013")
        #expect(String(decoding: effects.arena[last.source], as: UTF8.self) == "/01013")
        #expect(String(decoding: effects.arena[effects.messages[0].key], as: UTF8.self) == record.description)
        #expect(effects.arena.count == 36 + 5 + 6 + 3)
        effects.removeAll()
        #expect(effects.messages.isEmpty && effects.arena.isEmpty && effects.cause == nil)
    }

    @Test func theFacilityOfASourceIsRead() {
        func code(_ source: String) -> String {
            MessageHead(type: .facilityRecord, message: .none, record: record, source: source).facilityCode
        }
        #expect(code("/facility/01013") == "01013")
        #expect(code("/facility").isEmpty && code("/moh").isEmpty && code("").isEmpty)
        #expect(PartyRole.allCases.map(\.eventSource) == ["/facility", "/moh", "/vss", "/c06", "/locality"])
    }
}

/// A party that does what it is told, and says so to a facility.
private struct ObedientParty: Party {
    typealias Record = LocalityRecord

    var party: PartyRole { .locality }

    func receive<State: PartyState>(
        _ head: MessageHead, _ payload: RawSpan, in turn: inout Turn<State>
    ) throws -> Verdict where State.Record == Record { Verdict(.notAddressed) }

    func obey<State: PartyState>(
        _ command: PartyCommand, in turn: inout Turn<State>
    ) throws -> CommandAnswer where State.Record == Record {
        turn.effects.send(Correction(), record: .sample(1), revision: 1)
        return CommandAnswer(Verdict(.obeyed), bytes: [42])
    }
}
