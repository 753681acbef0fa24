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

    /// What VSS has said of the insurance since, in dong.
    private var insurance: String {
        guard last.hasInsurance else { return "" }
        let notice = last.insurance
        let code = notice.cardCheckCode.isEmpty ? "" : " (vss.\(notice.cardCheckCode))"
        let reason =
            notice.lines.first.map { ": \($0.field) \"\(PrintableText.escaped($0.value))\": \($0.explanation)" } ?? ""
        let amounts = "\(notice.amountAccepted / 100) of \(notice.amountClaimed / 100) dong"
        return notice.outcome == .refused
            ? "; its insurance refused since\(code)\(reason)" : "; its insurance reduced since, to \(amounts)\(reason)"
    }

    private var words: String {
        switch standing {
        case .notSent:
            return "not sent: revision \(last.revision), with other contents, "
                + (last.phase == .shared ? "is shared and stands" : "is on its way; send it again if that is refused")
        case .sent: return wasKnown ? "was sent before, no answer yet" : "sent"
        case .shared: return (wasKnown ? "shared already" : "shared") + insurance
        case .refused:
            let advice =
                last.rule.isEmpty ? "" : ": \(last.field) \"\(PrintableText.escaped(last.value))\": \(last.rule)"
            return "refused \(last.code)\(wasKnown ? " already, and not changed since" : "")\(advice)"
        }
    }
}
