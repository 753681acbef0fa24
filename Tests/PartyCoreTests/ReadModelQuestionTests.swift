import CoreTestSupport
import ExchangeSchema
import MoHParty
import PartyCore
import Testing
import Vocabulary

/// A message whose content the read model says is, in journal and outbox, a message like any other.
@Suite struct ReadModelQuestionTests {
    private let request = RecordIdentifier.sample(9)

    private func engine() throws -> PartyEngine<MoHCore> {
        var message = HistoryRequest()
        message.requestID = request.description
        message.facilityCode = "01013"
        message.citizenNumber = "001085000001"
        message.purpose = "điều trị"
        var engine = PartyEngine(
            core: MoHCore(duties: .moh2024), nextSequence: 0, salts: SaltKey(simulated: "question"))
        var state = MemoryState<MoHRecord>()
        engine.begin()
        let sent = SentMessage(message, request)
        let verdict = try engine.receive(
            sent.head, sent.payload.span.bytes, from: MessagePlace(topic: 0, partition: 0, offset: 0), state: &state,
            now: 1_000)
        #expect(verdict == Verdict(.accepted))
        return engine
    }

    private func seal(_ engine: inout PartyEngine<MoHCore>) throws {
        var state = MemoryState<MoHRecord>()
        try engine.seal(state: &state, now: 1_000)
    }

    private func sent(_ engine: PartyEngine<MoHCore>) throws -> (leaf: JournalLeaf, payload: [UInt8]) {
        let message = try #require(engine.effects.messages.first)
        let leaf = try #require(JournalLeaf(stored: engine.leaves.suffix(JournalLeaf.width)))
        let payload = Array(engine.effects.arena[message.payload])
        #expect(engine.effects.messages.count == 1 && leaf.decision == .sent && leaf.message == message.message)
        #expect(leaf.message == MessageIdentifier(.sharedHistory, record: request, revision: 1))
        #expect(
            leaf.digest == PayloadDigest(of: payload.span.bytes, type: .sharedHistory, salt: message.salt),
            "the leaf commits to what is sent")
        #expect(String(decoding: engine.effects.arena[message.key], as: UTF8.self) == "01013")
        return (leaf, payload)
    }

    @Test(arguments: [nil, ReasonCode.mohNotItsPatient]) func theAnswerTakesThePlaceOfTheContent(
        reason: ReasonCode?
    ) throws {
        var engine = try engine()
        #expect(engine.hasQuestions)
        var asked: [ReadModelQuestion] = []
        engine.answerQuestions { question, _ in
            asked.append(question)
            var changes = ReadModelChanges()
            changes.append(
                .inquiry, subject: 7, record: RecordIdentifier(high: 0, low: 0), revision: 0, time: 1_000, content: [5])
            return ReadModelAnswer(payload: [1, 2, 3], reason: reason, changes: changes)
        }
        #expect(!engine.hasQuestions && asked.map(\.subject) == [1_085_000_001] && asked[0].time == 1_000)
        try seal(&engine)
        let (leaf, payload) = try sent(engine)
        #expect(payload == [1, 2, 3] && leaf.reason == reason?.rawValue ?? 0)
        let changes = engine.effects.readModelChanges
        #expect(changes.changes.map(\.kind) == [.inquiry] && Array(changes.content(of: changes.changes[0])) == [5])
    }

    @Test func whereNoModelIsKeptTheMessageSaysSo() throws {
        var engine = try engine()
        engine.answerQuestions { _, _ in nil }
        try seal(&engine)
        let (leaf, payload) = try sent(engine)
        #expect(leaf.reason == ReasonCode.mohNoBook.rawValue)
        #expect(try SharedHistory(decoding: payload).refusalCode == "moh.no-book")
    }

    @Test func aBatchThatFailsAsksNothingInTheNext() throws {
        var engine = try engine()
        #expect(throws: UndecodableMessage.self) {
            try engine.answerQuestions { _, _ in throw UndecodableMessage(expected: "x") }
        }
        engine.begin()
        #expect(!engine.hasQuestions && engine.effects.messages.isEmpty)
    }
}
