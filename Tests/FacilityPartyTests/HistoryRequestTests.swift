import CoreTestSupport
import ExchangeSchema
import PartyCore
import Testing
import Vocabulary

@testable import FacilityParty

/// A facility asks for a patient's shared history, and keeps what MoH answers for whoever wanted it.
@Suite struct HistoryRequestTests {
    private static let identity = MessageIdentifier(RecordIdentifier(high: 3, low: 4))

    private static func order(_ change: (inout RequestHistory) -> Void = { _ in }) -> RequestHistory {
        var order = RequestHistory()
        order.facilityCode = "01013"
        order.citizenNumber = "001085000001"
        order.purpose = "khám lại"
        order.officer = "BS. Trần Thị B"
        change(&order)
        return order
    }

    private func rig() -> Rig<FacilityCore<ListedVisits>> {
        Rig(FacilityCore(source: ListedVisits([]), pace: SubmissionPace()))
    }

    private func answer(to request: HistoryRequest, refusal: String = "") throws -> SentMessage {
        var history = SharedHistory()
        history.requestID = request.requestID
        history.refusalCode = refusal
        history.visits = [HistoryVisit()]
        return SentMessage(history, try #require(RecordIdentifier(request.requestID)))
    }

    private func find(_ request: String, in rig: inout Rig<FacilityCore<ListedVisits>>) throws -> HistoryStanding {
        var question = FindHistory()
        question.requestID = request
        return try HistoryStanding(decoding: try rig.obey(.findHistory, question.encoded).bytes)
    }

    @Test func aRequestGoesOnceAndItsAnswerIsKept() throws {
        var rig = rig()
        rig.now = 5_000
        let given = try rig.obey(.requestHistory, Self.order().encoded, identity: Self.identity)
        let asked = try HistoryStanding(decoding: given.bytes)
        #expect(given.verdict == Verdict(.obeyed) && asked.askedAt == 5_000 && !asked.hasHistory)
        let sent = try #require(rig.takeSent().first)
        let request: HistoryRequest = try sent.decoded()
        #expect(request.requestID == asked.requestID && sent.head.record.description == asked.requestID)
        #expect(sent.head.message == MessageIdentifier(.historyRequest, record: sent.head.record, revision: 1))
        #expect(sent.key == "001085000001" && sent.head.facilityCode == "01013" && request.askedAt == 5_000)
        #expect(request.purpose == "khám lại" && request.officer == "BS. Trần Thị B")

        // The caller did not see the answer, and gives the command again.
        let again = try rig.obey(.requestHistory, Self.order().encoded, identity: Self.identity)
        #expect(again.verdict == Verdict(.duplicate) && again.bytes == given.bytes && rig.takeSent().isEmpty)

        let history = try answer(to: request)
        #expect(try rig.receive(history) == Verdict(.accepted))
        #expect(try rig.receive(history) == Verdict(.duplicate))
        #expect(try find(asked.requestID, in: &rig).history == history.decoded())
        #expect(rig.state.keptCount == 1 && rig.ledger.submitted == 0, "a request is no record")
        try rig.checkRows()
    }

    @Test func aRefusalIsKeptLikeAnAnswerAndItsLeafSaysWhy() throws {
        var rig = rig()
        _ = try rig.obey(.requestHistory, Self.order().encoded, identity: Self.identity)
        let request: HistoryRequest = try #require(rig.takeSent().first).decoded()
        let verdict = try rig.receive(try answer(to: request, refusal: "moh.not-its-patient"))
        #expect(verdict == Verdict(.accepted, .mohNotItsPatient))
        #expect(try find(request.requestID, in: &rig).history.refusalCode == "moh.not-its-patient")
    }

    @Test func whatNobodyAskedForHasNoEffect() throws {
        var rig = rig()
        var stranger = HistoryRequest()
        stranger.requestID = RecordIdentifier.sample(1).description
        #expect(try rig.receive(try answer(to: stranger)) == Verdict(.unknownRecord))
        #expect(try find(stranger.requestID, in: &rig) == HistoryStanding())
        #expect(try find("x", in: &rig) == HistoryStanding())
        #expect(rig.state.keptCount == 0 && rig.ledger.staleIgnored == 1)
        #expect(try rig.receive(SentMessage(unreadable: .sharedHistory, .sample(1))).decision == .unreadable)
    }

    static let broken: [(String, @Sendable (inout RequestHistory) -> Void)] = [
        ("no code of a facility", { $0.facilityCode = "1" }), ("no citizen number", { $0.citizenNumber = "001085" }),
        ("the purpose is", { $0.purpose = " " }), ("the purpose is", { $0.purpose = "a\nb" }),
        ("the officer is", { $0.officer = "\t" }),
    ]

    @Test(arguments: broken.indices) func whatMoHWouldRefuseForItsFormIsNotSent(index: Int) throws {
        let (rule, change) = Self.broken[index]
        var rig = rig()
        let answer = try rig.obey(.requestHistory, Self.order(change).encoded, identity: Self.identity)
        #expect(answer.verdict == Verdict(.notAddressed))
        let text = String(decoding: answer.bytes, as: UTF8.self)
        #expect(text.contains(rule) && text.hasSuffix("nothing was asked") && !text.contains("001085"), "\(text)")
        #expect(rig.takeSent().isEmpty && rig.state.notes.isEmpty)
        #expect(try rig.obey(.requestHistory, [0xFF, 0xFF]).verdict == Verdict(.notAddressed))
    }
}
