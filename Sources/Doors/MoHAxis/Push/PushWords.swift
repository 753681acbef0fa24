import ExchangeSchema

/// What is said of records that were handed on, in Vietnamese. Simulator-defined.
struct PushWords {
    /// Records that the facility has, by this message or before.
    let takenCount: Int
    let details: [RecordDetail]
    let notice: String
    /// For the log, behind what was taken in: how many of them are new versions; empty where none is.
    let versions: String

    init(_ standings: [VisitStanding], faults: [RecordDetail], recordCount: Int) {
        var details: [RecordDetail] = []
        var (fresh, versions, same, kept) = (0, 0, 0, 0)
        for standing in standings {
            var detail = RecordDetail()
            detail.maLk = standing.name.episodeCode
            detail.recordId = standing.recordID.isEmpty ? nil : standing.recordID
            detail.version = standing.revision
            switch standing.effect {
            case .submitted:
                fresh += 1
                detail.message = "hồ sơ mới"
            case .amended, .resubmitted:
                versions += 1
                detail.message = "phiên bản mới: \(standing.revision)"
            case .known where standing.phase != .withdrawn:
                same += 1
                detail.message = "nội dung như phiên bản \(standing.revision) đã có; cơ sở không gửi lại"
            default:
                kept += 1
                detail.resCode = .saveFail
                detail.message = "hồ sơ đã được rút, không gửi lại được"
            }
            details.append(detail)
        }
        self.details = details + faults
        takenCount = standings.count - kept
        self.versions = versions > 0 ? ", \(versions) new versions" : ""
        var parts = ["Đã tiếp nhận \(takenCount) trên \(recordCount) hồ sơ: \(fresh) mới, \(versions) là phiên bản mới"]
        if same > 0 { parts.append("\(same) như đã có") }
        if takenCount < recordCount { parts.append("hồ sơ có lỗi không được tiếp nhận, xem details") }
        notice = parts.joined(separator: "; ") + ". Tiếp nhận chưa phải là đã xác minh và lưu."
    }
}
