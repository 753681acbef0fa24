import ExchangeSchema
import PartyCore
import Vocabulary

/// A facility asks what is known of one of its patients from elsewhere. MoH answers each request once; the contents come
/// from the book, which is no state of the core's, when the batch has been handled (``PartyCore/ReadModelQuestion``).
///
/// | request                                | what happens                                                       |
/// |----------------------------------------|--------------------------------------------------------------------|
/// | its form breaks a rule                 | SharedHistory that says which                                      |
/// | of a facility that may not ask         | SharedHistory that says why                                        |
/// | any other                              | SharedHistory, filled or refused by the book, and noted in the book |
/// | the same request again                 | no effect                                                          |
extension MoHCore {
    func receiveHistoryRequest<State: PartyState>(
        _ head: MessageHead, _ payload: RawSpan, in turn: inout Turn<State>
    ) throws -> Verdict where State.Record == MoHRecord {
        let request = try HistoryRequest(decoding: payload, about: head.record)
        // By the request and not by the message: whoever makes a second message of one request is answered once too.
        let identity = MessageIdentifier(.historyRequest, record: head.record, revision: 1).uuid
        guard try turn.state.note(identity) == nil else {
            turn.ledger.duplicatesIgnored += 1
            return Verdict(.duplicate)
        }
        turn.state.setNote(RecordWords(1, UInt64(bitPattern: turn.now), 0, 0, 0), for: identity)
        if let refusal = try HistoryRequestRules.refusal(of: request, by: facilities) {
            answer(request, head, refusal, in: &turn)
            return Verdict(.refused, refusal.reason)
        }
        // This stands where nobody keeps a book.
        answer(
            request, head, Refusal(.mohNoBook, field: "", value: "", rule: "a book is kept where it is asked for"),
            in: &turn)
        let citizen = try CitizenNumber(parsing: request.citizenNumber).number
        turn.effects.fillLastMessage(
            by: ReadModelQuestion(
                .sharedHistory, subject: citizen, time: turn.now, releasing: releases[.facility],
                content: request.encoded))
        return Verdict(.accepted)
    }

    private func answer<State: PartyState>(
        _ request: HistoryRequest, _ head: MessageHead, _ refusal: Refusal, in turn: inout Turn<State>
    ) where State.Record == MoHRecord {
        var history = SharedHistory()
        history.requestID = request.requestID
        history.facilityCode = request.facilityCode
        history.citizenNumber = request.citizenNumber
        history.refusalCode = refusal.reason.text
        history.rule = refusal.rule
        history.answeredAt = turn.now
        turn.effects.send(
            history, as: MessageIdentifier(.sharedHistory, record: head.record, revision: 1), record: head.record,
            key: request.facilityCode, reason: refusal.reason)
    }
}
