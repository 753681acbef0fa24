import ExchangeSchema

/// How one visit of a submitted file stands, for the line that is printed about it.
struct VisitOutcome: Equatable {
    enum Standing: Hashable {
        /// Other contents of it stand at the facility.
        case notSent
        case sent, shared, refused
    }

    private let last: VisitStanding
    private let wasKnown: Bool

    /// Reads the facility's answer to a submission, or to a later question.
    /// - Parameter wasKnown: Whether the same contents had been submitted before.
    init(_ standing: VisitStanding, wasKnown: Bool) {
        last = standing
        self.wasKnown = wasKnown
    }

    var standing: Standing {
        if last.effect == .otherStands { return .notSent }
        switch last.phase {
        case .shared: return .shared
        case .refused: return .refused
        default: return .sent
        }
    }

    /// `MA_LK, record: standing`.
    var line: String { "\(PrintableText.escaped(last.name.episodeCode))  \(last.recordID)  \(words)" }

    private var words: String {
        switch standing {
        case .notSent:
            return "not sent: revision \(last.revision), with other contents, "
                + (last.phase == .shared ? "is shared and stands" : "is on its way; send it again if that is refused")
        case .sent: return wasKnown ? "was sent before, no answer yet" : "sent"
        case .shared: return wasKnown ? "shared already" : "shared"
        case .refused:
            let advice =
                last.rule.isEmpty ? "" : ": \(last.field) \"\(PrintableText.escaped(last.value))\": \(last.rule)"
            return "refused \(last.code)\(wasKnown ? " already, and not changed since" : "")\(advice)"
        }
    }
}
