import Audit

/// Kinds of findings, and what waits, in plain words.
enum FindingWords {
    /// What a kind of finding means.
    static func text(_ kind: AuditFinding.Kind, _ say: PageLanguage) -> String {
        switch kind {
        case .unreadable: say("data gone or unreadable", "dữ liệu bị mất hoặc không đọc được")
        case .gap: say("leaves missing from a journal", "nhật ký thiếu mục")
        case .malformedLeaf: say("bytes that are no leaf", "có mục bị hỏng trong nhật ký")
        case .rootMismatch: say("journal is not what was signed", "nhật ký khác với bản đã ký")
        case .badCheckpoint: say("checkpoint does not verify", "mốc kiểm tra không hợp lệ")
        case .rolledBack: say("log put back to an older state", "nhật ký bị đưa về trạng thái cũ")
        case .splitView: say("two histories of one log", "một nhật ký có hai phiên bản lịch sử")
        case .cosignature: say("cosignature does not hold or is gone", "chữ ký xác nhận không hợp lệ hoặc bị mất")
        case .pin: say("log does not continue a pinned checkpoint", "nhật ký không nối tiếp mốc đã ghim")
        case .unsigned: say("leaves that nobody signed", "có mục chưa được ký")
        case .signature: say("signature under an agreement does not hold", "chữ ký thỏa thuận không hợp lệ")
        case .key: say("keys do not belong together, or are gone", "khóa không khớp hoặc bị mất")
        case .frontier: say("edge of the tree is not the journal’s", "biên của cây không khớp nhật ký")
        case .tile: say("tiles are not the journal’s", "các mảnh của cây không khớp nhật ký")
        case .offset: say("places read do not fit the journal", "vị trí đã đọc không khớp nhật ký")
        case .outbox: say("outbox is not what the journal says", "hộp gửi đi không khớp nhật ký")
        case .ledger: say("ledger, rows and journal do not agree", "sổ cái, bảng và nhật ký không khớp nhau")
        case .chain: say("leaf names a wrong one before it", "mục chỉ sai mục đứng trước nó")
        case .state: say("what is stored is not what the journal says", "dữ liệu lưu giữ khác với nhật ký")
        case .missing: say("sent and never received", "đã gửi nhưng không bao giờ được nhận")
        case .late: say("sent and still not received at the end", "đã gửi nhưng đến cuối vẫn chưa được nhận")
        case .extra: say("received and never sent", "đã nhận nhưng không ai gửi")
        case .misdirected: say("sent to one province, went to another", "gửi cho tỉnh này nhưng đến tỉnh khác")
        case .stray: say("sent by no party of the topology", "không do bên nào trong sơ đồ gửi")
        case .brokerLog:
            say("broker has not what was read from it", "máy chủ trung gian không còn đúng những gì đã được đọc")
        case .altered: say("received with other contents than sent", "nội dung nhận được khác nội dung đã gửi")
        case .doubled: say("taken in twice", "được tiếp nhận hai lần")
        case .unobserved: say("not seen by the auditor", "bên giám sát không thấy")
        case .payload: say("kept payloads are not what was seen", "nội dung lưu giữ khác với nội dung đã thấy")
        case .access: say("list of acts does not fit its log", "danh sách truy cập không khớp nhật ký")
        case .release: say("part given to who may not have it", "phần hồ sơ đến bên không được phép nhận")
        }
    }

    /// Why a record waits.
    static func text(_ cause: WaitingCause, _ say: PageLanguage) -> String {
        switch cause {
        case .agreement: say(cause.text, "thỏa thuận chưa có hiệu lực")
        case .notReceived: say(cause.text, "đã gửi, chưa được nhận")
        case .inOutbox: say(cause.text, "còn trong hộp gửi đi")
        case .undecided: say(cause.text, "chưa quyết định")
        }
    }

    /// A class of ages.
    static func text(_ age: AgeClass, _ say: PageLanguage) -> String {
        switch age {
        case .belowSecond: say(age.text, "< 1 giây")
        case .belowMinute: say(age.text, "< 1 phút")
        case .belowHour: say(age.text, "< 1 giờ")
        case .belowDay: say(age.text, "< 1 ngày")
        case .older: say(age.text, "≥ 1 ngày")
        }
    }
}
