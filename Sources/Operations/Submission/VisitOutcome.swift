import ExchangeSchema

/// How one visit of a submitted file stands, for the line that is printed about it.
struct VisitOutcome: Equatable {
    enum Standing: Hashable {
        /// The facility has done nothing, for what it has does not allow it.
        case notDone
        case sent, shared, refused, withdrawn
        /// Shared as it was, for the amendment is refused.
        case notAmended
    }

    /// What somebody calls to send such visits, and to amend them.
    struct Commands: Equatable {
        var send: String
        var amend: String

        static let ofEnvelopes = Commands(send: "facility submit", amend: "facility amend")
        static let ofVaccinations = Commands(send: "facility vaccinate", amend: "facility vaccinate --amend")
        static let ofHealthChecks = Commands(send: "facility checkup", amend: "facility checkup --amend")
    }

    private let last: VisitStanding
    private let wasKnown: Bool
    private let commands: Commands

    /// Reads the facility's answer to an order, or to a later question.
    /// - Parameter wasKnown: Whether the same contents had been submitted before.
    init(_ standing: VisitStanding, wasKnown: Bool, _ commands: Commands = .ofEnvelopes) {
        last = standing
        self.commands = commands
        self.wasKnown = wasKnown
    }

    var standing: Standing {
        if obstacle != nil { return .notDone }
        switch last.phase {
        case .shared: return last.code.isEmpty ? .shared : .notAmended
        case .refused: return .refused
        case .withdrawn: return .withdrawn
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
        if let obstacle { return obstacle }
        switch standing {
        case .notDone: return "not done"
        case .sent:
            if last.effect == .amended { return "amended: sent as revision \(last.revision)" }
            return wasKnown ? "was sent before, no answer yet" : "sent"
        case .shared:
            let revision = last.revision > 1 ? " in revision \(last.revision)" : ""
            return "shared" + (wasKnown ? " already" : revision) + insurance
        case .refused: return "refused \(last.code)\(wasKnown ? " already, and not changed since" : "")\(advice)"
        case .notAmended:
            return
                "not amended: revision \(last.revision) is refused \(last.code), revision \(last.bookRevision) stays "
                + "shared\(advice)"
        case .withdrawn:
            return "withdrawn as revision \(last.revision)" + (last.bookRevision > 0 ? ", out of the book" : "")
        }
    }

    private var advice: String {
        last.rule.isEmpty ? "" : ": \(last.field) \"\(PrintableText.escaped(last.value))\": \(last.rule)"
    }

    /// Why nothing was done; nil where something was, or where nothing was to be done.
    private var obstacle: String? {
        switch last.effect {
        case .conflict where last.phase == .withdrawn, .known where last.phase == .withdrawn, .withdrawnBefore:
            "not done: it was withdrawn as revision \(last.revision), for good"
        case .conflict:
            "conflict, not sent: revision \(last.revision), with other contents, \(state); send what has changed with "
                + commands.amend
        case .neverSent:
            "not done: \(last.name.facilityCode) has never sent it; send it with \(commands.send)"
        case .nothingToWithdraw: "not done: it is refused \(last.code), so that nothing is to be withdrawn"
        case .notTheNext:
            "not done: revision \(last.revision) \(state), so that the next one is \(last.revision + 1)"
        case .reasonMissing: "not done: a reason is needed, of 1 to 500 characters that can be seen"
        default: nil
        }
    }

    private var state: String {
        switch last.phase {
        case .shared: last.code.isEmpty ? "is shared and stands" : "was refused, and the one before it is shared"
        case .refused: "is refused"
        default: "is on its way"
        }
    }
}
