import ExchangeSchema

/// What is said of visits, in Vietnamese as the portal speaks. Simulator-defined.
enum SubmissionWords {
    static func summary(taken: Int, of count: Int) -> String {
        taken == count
            ? "Đã tiếp nhận \(taken) hồ sơ; tiếp nhận chưa phải là hợp lệ, hãy tra cứu kết quả"
            : "Đã tiếp nhận \(taken) trên \(count) hồ sơ; hồ sơ có lỗi không được tiếp nhận, xem dsLoi"
    }

    /// Why the facility has not taken a visit in; nil when it has it.
    static func obstacle(_ standing: VisitStanding) -> String? {
        switch standing.effect {
        case .conflict where standing.phase == .withdrawn, .known where standing.phase == .withdrawn:
            "hồ sơ đã được rút, không gửi lại được"
        case .conflict:
            "hồ sơ này đã gửi với nội dung khác, lần gửi \(standing.revision); muốn sửa hãy dùng facility amend"
        default: nil
        }
    }
}
