import ExchangeSchema

/// How a record stands, in words. What a refusal says in Vietnamese is the meaning of its code; the rule itself the parties
/// give in English.
struct StandingWords {
    /// One or two words.
    let state: String
    /// A sentence that says what it means, and what is to be done.
    let meaning: String
    /// What was refused and why: code, field, value, rule; nil where nothing was.
    let refusal: Refusal?
    /// What VSS has said of the insurance since; nil where it has said nothing.
    let insurance: String?

    struct Refusal: Equatable {
        var code: String
        var field: String
        var value: String
        var rule: String
    }

    init(_ standing: VisitStanding, _ say: Language) {
        let revision = standing.revision
        switch standing.phase {
        case .pending:
            state = say("đang chờ", "waiting")
            meaning = say(
                "Cơ sở đã tiếp nhận, lần gửi \(revision); chưa có kết quả.",
                "Taken in as revision \(revision); nobody has answered yet.")
        case .shared where standing.code.isEmpty:
            state = say("đã chia sẻ", "shared")
            meaning = say(
                "Lần gửi \(revision) đã vào sổ sức khỏe điện tử.", "Revision \(revision) stands in the health book.")
        case .shared:
            state = say("đã chia sẻ, sửa đổi bị từ chối", "shared, amendment refused")
            meaning = say(
                "Lần gửi \(standing.bookRevision) vẫn ở trong sổ; lần sửa \(revision) bị từ chối. Hãy sửa và gửi lại.",
                "Revision \(standing.bookRevision) stays in the book; revision \(revision) was refused. Correct it and send it again."
            )
        case .refused:
            state = say("bị từ chối", "refused")
            meaning = say(
                "Lần gửi \(revision) bị từ chối. Hãy sửa và gửi lại.",
                "Revision \(revision) was refused. Correct it and send it again.")
        case .withdrawn:
            state = say("đã rút", "withdrawn")
            meaning = say(
                "Đã rút ở lần gửi \(revision); không gửi lại được, lần khám mới cần số mới.",
                "Withdrawn as revision \(revision), for good; a new record needs a new number.")
        default:
            state = say("chưa được tiếp nhận", "never taken in")
            meaning = say(
                "Cơ sở chưa từng tiếp nhận hồ sơ này. Có thể gửi lại.",
                "The facility has never taken this in. It can be sent again.")
        }
        refusal = standing.code.isEmpty ? nil : Self.refusal(standing, say)
        insurance = standing.hasInsurance ? Self.insurance(standing.insurance, say) : nil
    }

    private static func refusal(_ standing: VisitStanding, _ say: Language) -> Refusal {
        let meaning = ReasonCode(text: standing.code)?.vietnamese
        return Refusal(
            code: standing.code, field: standing.field, value: standing.value,
            rule: say(meaning ?? standing.rule, standing.rule))
    }

    private static func insurance(_ notice: InsuranceNotice, _ say: Language) -> String {
        let (accepted, claimed) = (notice.amountAccepted / 100, notice.amountClaimed / 100)
        let code = notice.cardCheckCode.isEmpty ? "" : " (vss.\(notice.cardCheckCode))"
        return notice.outcome == .refused
            ? say("BHXH từ chối thanh toán\(code).", "VSS refuses to pay\(code).")
            : say(
                "BHXH chấp nhận \(accepted) trên \(claimed) đồng\(code).",
                "VSS accepts \(accepted) of \(claimed) dong\(code).")
    }
}
