import ExchangeSchema
import FacilityParty
import PartyCore

/// How one visit of a submitted file stands, for the line that is printed about it.
struct VisitOutcome: Equatable {
    enum Standing: Equatable {
        case notSent, sent, shared
        case refused(code: String)
    }

    var episodeCode: String
    var record: RecordIdentifier
    var standing: Standing
    /// The correction's words, when they came during this submission.
    var advice: String?
    /// Whether the visit was submitted by an earlier file and this one changed nothing.
    var isRepetition: Bool

    /// Reads a visit's state as it is stored.
    init(
        episodeCode: String, record: RecordIdentifier, before: SubmittedVisit?, after: SubmittedVisit?,
        answer: AnswerBook.Answer?
    ) {
        self.episodeCode = episodeCode
        self.record = record
        isRepetition = before != nil && before?.revision == after?.revision
        standing =
            switch after?.phase {
            case nil: .notSent
            case .pending, .held: .sent
            case .shared: .shared
            case .refused: .refused(code: after.flatMap { ReasonCode(rawValue: $0.reason)?.text } ?? "unknown")
            }
        if case .refused(let correction) = answer {
            advice = "\(correction.field) \"\(correction.value)\": \(correction.rule)"
        }
    }

    var isRefused: Bool {
        if case .refused = standing { true } else { false }
    }

    /// `MA_LK, record: standing`.
    var line: String {
        let words: String
        switch standing {
        case .notSent: words = "not sent"
        case .sent: words = isRepetition ? "was sent before, no answer yet" : "sent"
        case .shared: words = isRepetition ? "shared already" : "shared"
        case .refused(let code):
            words =
                "refused \(code)\(isRepetition ? " already, and not changed since" : "")\(advice.map { ": " + $0 } ?? "")"
        }
        return "\(episodeCode)  \(record)  \(words)"
    }
}
