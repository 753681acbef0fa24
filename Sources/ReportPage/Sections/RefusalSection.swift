import Audit

/// Refusals by reason.
struct RefusalSection {
    let content: ReportContent

    private var say: PageLanguage { content.say }

    var markup: Markup {
        let title = Markup.tag("h2", text: say("Refusals by reason", "Từ chối theo lý do"))
        let byReason =
            content.reasons.isEmpty
            ? [Markup.tag("p", text: say("Nothing was refused.", "Không có hồ sơ nào bị từ chối."))]
            : [explanation, table]
        return .tag("section", ["id": "refusals"], [title] + byReason)
    }

    private var official: String { say("official", "chính thức") }
    private var own: String { say("simulator-defined", "do chương trình đặt") }

    private var explanation: Markup {
        let parts: [Markup] = [
            Markup(
                say(
                    "Solid: records whose last answer it is. Pale with a dashed edge: refusals after which a later revision was "
                        + "submitted. ",
                    "Màu đậm: hồ sơ có câu trả lời cuối cùng là lý do này. Màu nhạt viền đứt: lần từ chối mà sau đó hồ sơ được gửi lại. "
                )), Markup.tag("span", ["class": "tag official"], text: official),
            Markup(
                say(
                    " codes are results of the card check (dispatch 1923/BHXH-CNTT, maKetQua); ",
                    ": mã kết quả kiểm tra thẻ (công văn 1923/BHXH-CNTT, maKetQua); ")),
            Markup.tag("span", ["class": "tag"], text: own),
            Markup(
                say(
                    " codes are this program’s own, because no public text lists any.",
                    ": mã riêng của chương trình này, vì không văn bản công khai nào liệt kê.")),
        ]
        return Markup.tag("p", [:], parts)
    }

    private var table: Markup {
        let reasons = content.reasons
        let most = reasons.map(\.ever).max() ?? 0
        return ReportTable(
            caption: say("Refusals by reason, most frequent first", "Từ chối theo lý do, nhiều nhất trước"),
            columns: [
                .text(say("Code", "Mã")), .text(say("Meaning", "Ý nghĩa")), .text(say("Refusals", "Từ chối")),
                .number(say("All", "Tất cả")), .number(say("Standing", "Còn hiệu lực")),
                .number(say("Resubmitted", "Đã gửi lại")),
            ],
            rows: reasons.map { reason in
                let isOfficial = ReasonMeaning.isOfficial(reason.code)
                let meaning = Markup([
                    Markup(ReasonMeaning.text(reason.code, say) + " "),
                    .tag("span", ["class": isOfficial ? "tag official" : "tag"], text: isOfficial ? official : own),
                ])
                let rest = max(0, reason.ever - reason.standing)
                return [
                    .code(reason.code), .init(meaning),
                    .init(
                        Bar.markup(solid: reason.standing, dashed: rest, of: most), order: reason.ever, style: "chart"),
                    .count(reason.ever), .count(reason.standing), .count(rest),
                ]
            },
            foot: [
                .text(say("All", "Tất cả"), style: "total"), .text(""), .text(""),
                .count(reasons.reduce(0) { $0 + $1.ever }), .count(reasons.reduce(0) { $0 + $1.standing }),
                .count(reasons.reduce(0) { $0 + max(0, $1.ever - $1.standing) }),
            ], isSortable: true
        ).markup
    }
}

extension ReportContent {
    /// Reasons of refusals, most frequent first.
    var reasons: [ReasonFigures] { figures.reasons.sorted { ($1.ever, $0.code) < ($0.ever, $1.code) } }
}
