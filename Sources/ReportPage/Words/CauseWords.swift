import Audit

/// A cause of the verdict in one sentence, and who has to do what about it in another.
struct CauseWords {
    let cause: VerdictCause
    let names: PartyNames

    private var say: PageLanguage { names.say }
    private var count: String { NumberText.count(cause.count) }
    private var total: String { NumberText.count(cause.total ?? cause.count) }
    private var open: String { NumberText.count(cause.open ?? 0) }
    private var places: String {
        cause.parties.isEmpty ? say("the parties", "các bên") : names.short(cause.parties)
    }

    /// What is the matter, how much, where, and since when.
    var sentence: String {
        switch cause.kind {
        case .heldByAgreement, .standsStill: standing
        case .serviceLevel: service + due
        case .wrongBook:
            say(
                "\(count) of \(total) entries stand in the book of another person\(since).",
                "\(count) trên \(total) mục đã vào sổ của người khác\(since).")
        case .wrongProvince:
            say(
                "\(count) messages for one province went to another, as \(places) show\(since).",
                "\(count) thông điệp của tỉnh này đã đến tỉnh khác, theo nhật ký của \(places)\(since).")
        case .partGivenAway:
            say(
                "Parts of visits reached \(places), who may not have them: \(count) \(findings)\(since).",
                "Một số phần của hồ sơ đã đến \(places), bên không được phép nhận: \(count) phát hiện\(since).")
        case .strangers:
            say(
                "Messages that no party of the topology sent came to \(places)\(since): \(count) \(findings). They were put aside, and count "
                    + "as no record.",
                "\(places) nhận được thông điệp không do bên nào trong sơ đồ gửi\(since): \(count) phát hiện. Chúng được để riêng, không "
                    + "tính là hồ sơ.")
        case .countsDisagree:
            say(
                "What \(places) counted does not agree in \(count) places\(on)\(since).",
                "Số liệu của \(places) không khớp ở \(count) chỗ\(on)\(since).")
        default: evidence + firstLeaf + "."
        }
    }

    private var evidence: String {
        switch cause.kind {
        case .evidenceGone:
            say(
                "Evidence of \(places) is gone, or an older copy was put in its place: \(count) \(findings)",
                "Bằng chứng của \(places) bị mất hoặc bị thay bằng bản cũ: \(count) phát hiện")
        case .twoHistories:
            say(
                "\(places) showed two histories of one log: \(count) \(findings)",
                "\(places) đã đưa ra hai phiên bản lịch sử của cùng một nhật ký: \(count) phát hiện")
        case .signatureBroken:
            say(
                "Signatures or keys of \(places) do not hold: \(count) \(findings)",
                "Chữ ký hoặc khóa của \(places) không hợp lệ: \(count) phát hiện")
        case .accessAltered:
            say(
                "The list of who looked at what was touched, at \(places): \(count) \(findings)",
                "Danh sách ai đã xem gì bị can thiệp, tại \(places): \(count) phát hiện")
        default:
            say(
                "Evidence of \(places) was changed after it was written: \(count) \(findings)",
                "Bằng chứng của \(places) đã bị sửa sau khi ghi: \(count) phát hiện")
        }
    }

    private var standing: String {
        let head = "\(count) \(say("of", "trên")) \(total) "
        switch cause.waiting {
        case .agreement:
            return head
                + say("stand at \(places)\(since), because ", "hồ sơ đang dừng tại \(places)\(since), vì ") + unsigned
                + "."
        case .notReceived:
            return head
                + say(
                    "stand before \(places)\(since): sent\(on), and not received.",
                    "hồ sơ đang dừng trước \(places)\(since): đã gửi\(on) nhưng chưa được nhận.")
        case .inOutbox:
            return head
                + say(
                    "stand at \(places)\(since): not sent yet\(on).",
                    "hồ sơ đang dừng tại \(places)\(since): chưa được gửi\(on).")
        default:
            return head
                + say(
                    "stand at \(places)\(since): not decided.",
                    "hồ sơ đang dừng tại \(places)\(since): chưa được quyết định."
                )
        }
    }

    private var unsigned: String {
        guard let agreement = cause.agreement.map(names.agreement) else {
            return say("an agreement is not in force", "một thỏa thuận chưa có hiệu lực")
        }
        guard !cause.unsigned.isEmpty else {
            return say(
                "it has not taken in the last signature under \(agreement)",
                "nơi đây chưa nhận được chữ ký cuối cùng của \(agreement)")
        }
        let who = names.short(cause.unsigned)
        return say(
            "\(who) \(cause.unsigned.count > 1 ? "have" : "has") not signed \(agreement)", "\(who) chưa ký \(agreement)"
        )
    }

    private var service: String {
        switch cause.service {
        case .insuranceReply:
            say(
                "\(count) of \(total) messages to \(places) were not answered within 24 hours, \(open) still are not",
                "\(count) trên \(total) thông điệp gửi \(places) không được trả lời trong 24 giờ, \(open) đến nay vẫn chưa"
            )
        case .correction:
            say(
                "\(count) of \(total) returned records were not sent again within 2 working days, \(open) still are not",
                "\(count) trên \(total) hồ sơ bị trả lại không được gửi lại trong 2 ngày làm việc, \(open) đến nay vẫn chưa"
            )
        default:
            say(
                "\(count) of \(total) records sent were not in the book or returned within 24 hours, \(open) still are not",
                "\(count) trên \(total) hồ sơ đã gửi không vào sổ hoặc được trả lại trong 24 giờ, \(open) đến nay vẫn chưa"
            )
        }
    }

    private var due: String {
        guard let since = cause.since.map(PageTime.minute) else { return "." }
        return say("; the first was due \(since).", "; hồ sơ đầu tiên đến hạn \(since).")
    }

    private var since: String {
        guard let since = cause.since.map(PageTime.minute) else { return "" }
        return say(" since \(since)", " từ \(since)")
    }

    /// Of evidence that was touched, what the leaf says that is concerned first: nothing tells when it was touched.
    private var firstLeaf: String {
        guard let since = cause.since.map(PageTime.minute) else {
            return say("; since when, it does not show", "; không rõ từ khi nào")
        }
        return say(", the first at a leaf of \(since)", ", phát hiện đầu tiên ở mục ghi lúc \(since)")
    }

    private var findings: String { cause.count == 1 ? say("finding", "phát hiện") : say("findings", "phát hiện") }

    private var on: String {
        cause.topics.isEmpty ? "" : say(" on ", " trên ") + cause.topics.joined(separator: ", ")
    }

    /// Who has to act.
    var actors: String {
        cause.actors.isEmpty ? say("whoever runs the exchange", "đơn vị vận hành") : names.short(cause.actors)
    }

    /// What they have to do.
    var action: String {
        switch cause.kind {
        case .evidenceGone, .evidenceChanged, .twoHistories, .signatureBroken, .accessAltered:
            say(
                "say why; until then copy the data directory, the pins and the logs of the others before anything is started again, "
                    + "and trust what the others have cosigned.",
                "giải trình; trước khi khởi động lại bất cứ gì, hãy sao lưu thư mục dữ liệu, các mốc đã ghim và nhật ký của các bên "
                    + "khác, và chỉ tin phần đã được các bên khác xác nhận.")
        case .wrongBook:
            say(
                "take the entries out of those books and say how the person was matched; the facility corrects the number.",
                "rút các mục đó khỏi sổ và giải trình việc đối chiếu; cơ sở sửa lại số định danh.")
        case .wrongProvince:
            say(
                "say who was told of whose resident, and delete what came to the wrong province.",
                "giải trình ai đã nhận dữ liệu của cư dân tỉnh nào, và xóa phần đến nhầm tỉnh.")
        case .partGivenAway:
            say(
                "delete what may not be there, and say which program sent it.",
                "xóa phần không được phép có, và giải trình chương trình nào đã gửi.")
        case .strangers:
            say(
                "find out who reaches the broker, and give it logins (cycle up --secure); the dead letters have the messages.",
                "tìm xem ai kết nối được với máy chủ trung gian và đặt đăng nhập (cycle up --secure); các thông điệp đó nằm trong hàng "
                    + "thư chết.")
        case .countsDisagree:
            say(
                "compare both sides, leaf by leaf: cycle audit reconcile DATA.",
                "đối chiếu hai phía, từng mục một: cycle audit reconcile DATA.")
        case .heldByAgreement:
            cause.unsigned.isEmpty
                ? say(
                    "read the topic of signatures; what is held then goes on by itself.",
                    "đọc chủ đề chữ ký; sau đó các hồ sơ bị giữ tự đi tiếp.")
                : say(
                    "sign (cycle agreement sign \(cause.unsigned[0])); what is held then goes on by itself.",
                    "ký (cycle agreement sign \(cause.unsigned[0])); sau đó các hồ sơ bị giữ tự đi tiếp.")
        case .standsStill:
            say(
                "see that the party runs and reaches the broker (cycle status); cycle audit trace shows one record.",
                "kiểm tra bên đó có chạy và kết nối được broker không (cycle status); cycle audit trace cho xem một hồ sơ."
            )
        case .serviceLevel:
            cause.service == .correction
                ? say(
                    "correct what was returned and send it again, or withdraw it; the facilities are listed below.",
                    "sửa hồ sơ bị trả lại và gửi lại, hoặc rút hồ sơ; danh sách cơ sở ở bên dưới.")
                : say(
                    "clear what is overdue; “Pending” below says where each record waits.",
                    "xử lý phần quá hạn; mục “Đang chờ” bên dưới cho biết từng hồ sơ chờ ở đâu.")
        }
    }

    /// A few words on the kind, for a heading.
    var heading: String {
        switch cause.kind {
        case .evidenceGone: say("Evidence gone or put back", "Bằng chứng bị mất hoặc bị đưa về bản cũ")
        case .evidenceChanged: say("Evidence changed", "Bằng chứng bị sửa")
        case .twoHistories: say("Two histories", "Hai phiên bản lịch sử")
        case .signatureBroken: say("Signatures and keys", "Chữ ký và khóa")
        case .accessAltered: say("Who looked at what", "Ai đã xem gì")
        case .wrongBook: say("Wrong books", "Sai sổ")
        case .wrongProvince: say("Wrong provinces", "Sai tỉnh")
        case .partGivenAway: say("Parts given away", "Lộ phần hồ sơ")
        case .strangers: say("Messages of nobody", "Thông điệp lạ")
        case .countsDisagree: say("Parties disagree", "Các bên không khớp")
        case .heldByAgreement: say("Held by an agreement", "Bị giữ do thỏa thuận")
        case .standsStill: say("Standing still", "Đình trệ")
        case .serviceLevel: say("Service level", "Thời hạn xử lý")
        }
    }
}
