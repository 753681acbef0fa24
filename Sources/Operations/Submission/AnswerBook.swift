import ExchangeSchema
import PartyCore
import Synchronization
import Vocabulary

/// What has come back for the visits of a file while its submission runs.
final class AnswerBook: Sendable {
    /// The end of one visit's cycle.
    enum Answer: Sendable, Equatable {
        case shared
        case refused(Correction)
    }

    private let answers = Mutex<[RecordIdentifier: Answer]>([:])

    func note(_ answer: Answer, for record: RecordIdentifier) { answers.withLock { $0[record] = answer } }

    subscript(_ record: RecordIdentifier) -> Answer? { answers.withLock { $0[record] } }

    /// Whether every one of these records has an answer.
    func hasAll(_ records: Set<RecordIdentifier>) -> Bool {
        answers.withLock { answers in records.allSatisfy { answers[$0] != nil } }
    }
}

/// A core that also tells what came back for each record, with the words of the correction: the facility's own state
/// keeps only the code.
struct AnswerListener<Core: PartyCore.Party>: PartyCore.Party {
    typealias Record = Core.Record

    let core: Core
    let book: AnswerBook

    var party: PartyRole { core.party }

    func receive<State: PartyState>(
        _ head: MessageHead, _ payload: RawSpan, in turn: inout Turn<State>
    ) throws -> Verdict where State.Record == Core.Record {
        let verdict = try core.receive(head, payload, in: &turn)
        switch (head.type, verdict.decision) {
        case (.bookEntry, .accepted): book.note(.shared, for: head.record)
        case (.correction, .refused):
            if let correction = try? Correction(decoding: payload) { book.note(.refused(correction), for: head.record) }
        default: break
        }
        return verdict
    }

    func receiveHeadless<State: PartyState>(
        _ type: MessageType, in turn: inout Turn<State>
    ) -> Verdict where State.Record == Core.Record {
        core.receiveHeadless(type, in: &turn)
    }

    func advance<State: PartyState>(
        in turn: inout Turn<State>, budget: Int
    ) throws -> Bool where State.Record == Core.Record {
        try core.advance(in: &turn, budget: budget)
    }

    func obey<State: PartyState>(
        _ command: PartyCommand, in turn: inout Turn<State>
    ) throws -> CommandAnswer where State.Record == Core.Record {
        try core.obey(command, in: &turn)
    }
}
