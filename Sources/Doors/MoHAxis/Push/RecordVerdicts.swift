import ExchangeSchema

/// The four verdicts on a message, as far as they are known: RSA signature, organisation's signature, verification of people,
/// saving. The first two the door has found; verification is C06's answer, and saving is MoH's. What VSS refuses is not saved.
struct RecordVerdicts: Sendable {
    let code: ResultCode
    let list: [CheckVerdict]
    let details: [RecordDetail]
    /// Records of which nobody has said anything yet.
    let openCount: Int

    init(_ entry: MessageStore.Entry, _ standings: [VisitStanding]) {
        let stages = standings.map(Stage.init)
        details = zip(standings, stages).map { Self.detail($0, $1) }
        openCount = stages.count { $0 == .open }
        let (unverified, unsaved) = (stages.count { $0 == .unverified }, stages.count { $0 == .unsaved })
        let saved = stages.count { $0 == .saved }
        code =
            unverified > 0
            ? .verifyFail : unsaved > 0 ? .saveFail : openCount > 0 || stages.isEmpty ? .success : .saveSuccess
        // Who was saved was verified before, and who was refused by another than C06 may not have come to it.
        let verify: CheckVerdict.State = unverified > 0 ? .failed : openCount > 0 ? .open : saved > 0 ? .passed : .none
        let save: CheckVerdict.State = unverified + unsaved > 0 ? .failed : openCount > 0 ? .open : .passed
        let ofAll = "\(stages.count) hồ sơ"
        let signatures =
            entry.verdicts.isEmpty
            ? [
                CheckVerdict(
                    check: .rsaSignature, state: .passed, resCode: .success,
                    message: "chữ ký RSA đúng: \(entry.signature)"),
                CheckVerdict(
                    check: .organisation, state: entry.organisation.contains("of facility") ? .passed : .none,
                    resCode: entry.organisation.contains("of facility") ? .success : nil, message: entry.organisation),
            ] : entry.verdicts
        list =
            signatures + [
                CheckVerdict(
                    check: .verify, state: verify, resCode: Self.code(verify, .verifySuccess, .verifyFail),
                    message: "C06: \(unverified) trên \(ofAll) không được xác minh, \(openCount) chưa có kết quả"),
                CheckVerdict(
                    check: .save, state: save, resCode: Self.code(save, .saveSuccess, .saveFail),
                    message:
                        "Bộ Y tế: \(saved) trên \(ofAll) đã lưu, \(unverified + unsaved) không lưu, \(openCount) chưa có kết quả"
                ),
            ]
    }

    /// The verdicts on a message that was refused for a signature: the others were not looked at.
    static func refused(_ signatures: [CheckVerdict]) -> [CheckVerdict] {
        [CheckVerdict.Check.rsaSignature, .organisation, .verify, .save].map { check in
            signatures.first { $0.check == check }
                ?? CheckVerdict(check: check, state: .none, message: "không xét: thông điệp không được tiếp nhận")
        }
    }

    /// Where a record stands between the parties.
    private enum Stage {
        case open, saved, unverified, unsaved

        init(_ standing: VisitStanding) {
            switch standing.phase {
            case .pending: self = .open
            case .shared where standing.code.isEmpty: self = .saved
            case .shared, .refused: self = standing.code.hasPrefix("c06.") ? .unverified : .unsaved
            default: self = .unsaved
            }
        }
    }

    private static func code(_ state: CheckVerdict.State, _ good: ResultCode, _ bad: ResultCode) -> ResultCode? {
        switch state {
        case .passed: good
        case .failed: bad
        case .open, .none: nil
        }
    }

    private static func detail(_ standing: VisitStanding, _ stage: Stage) -> RecordDetail {
        var detail = RecordDetail()
        detail.maLk = standing.name.episodeCode
        detail.recordId = standing.recordID.isEmpty ? nil : standing.recordID
        detail.version = standing.revision
        switch stage {
        case .open: break
        case .saved: detail.resCode = .saveSuccess
        case .unverified: detail.resCode = .verifyFail
        case .unsaved: detail.resCode = .saveFail
        }
        if !standing.code.isEmpty {
            detail.reason = standing.code
            detail.field = standing.field
            detail.value = standing.value
            detail.message = standing.rule
        } else if standing.phase == .withdrawn {
            detail.message = "hồ sơ đã được rút"
        }
        return detail
    }
}
