import Audit

/// The flow of messages, as a picture and as a table, and the law at each party.
struct FlowSection {
    let content: ReportContent

    private var say: PageLanguage { content.say }

    var markup: Markup {
        Markup([
            .tag(
                "section", ["id": "flow"],
                [
                    .tag("h2", text: say("Flow", "Luồng thông điệp")),
                    .tag(
                        "p",
                        text: say(
                            "Messages on each hop. A dashed arrow has something waiting; words and the table below say what.",
                            "Thông điệp trên từng chặng. Mũi tên nét đứt là nơi có hồ sơ chờ; chữ và bảng bên dưới cho biết cụ thể."
                        )), FlowDiagram(content: content).markup, hops,
                ]),
            .tag(
                "section", ["id": "conservation"],
                [
                    .tag("h2", text: say("Conservation", "Bảo toàn số liệu")),
                    .tag(
                        "p",
                        text: say(
                            "Nothing may be lost: submitted = shared + refused + pending + withdrawn, exact, at each party. "
                                + "“Shared” means passed on to where it was to go: at MoH, the facilities and the localities "
                                + "into the citizen’s book, at VSS on to C06, at C06 answered with a match. The last row has every "
                                + "record once, whoever knows it.",
                            "Không hồ sơ nào được mất: đã gửi = đã chia sẻ + bị từ chối + đang chờ + đã rút, chính xác, tại mỗi bên. "
                                + "“Đã chia sẻ” là đã chuyển đến nơi cần đến: tại Bộ Y tế, cơ sở và địa phương là vào sổ của người dân, "
                                + "tại BHXH Việt Nam là chuyển tiếp sang C06, tại C06 là trả lời khớp. Dòng cuối đếm mỗi hồ sơ một lần, "
                                + "bất kể bên nào biết.")), parties,
                ]),
        ])
    }

    private var hops: Markup {
        ReportTable(
            caption: say(
                "Messages by hop. Copies are not counted: each message once.",
                "Thông điệp theo chặng. Không đếm bản sao: mỗi thông điệp một lần."),
            columns: [.text(say("Topic", "Chủ đề")), .text(say("To", "Đến"))]
                + [
                    say("Sent", "Đã gửi"), say("Received", "Đã nhận"), say("Refused", "Bị từ chối"),
                    say("Pending", "Đang chờ"), say("Held", "Bị giữ"), say("Dead letters", "Thư chết"),
                ].map { .number($0) } + [.text(say("Law", "Định luật"))],
            rows: content.figures.hops.map { hop in
                [.code(hop.topic), .text(content.title(hop.reader)), .count(hop.sent), .count(hop.received)]
                    + [
                        .count(hop.refused), .count(hop.pending, style: hop.pending > 0 ? "waits" : ""),
                        .count(hop.held, style: hop.held > 0 ? "waits" : ""), .count(hop.deadLetters),
                        LawCell.cell(hop.conserves, say),
                    ]
            }
        ).markup
    }

    private var parties: Markup {
        let total = content.figures.total
        let dash = ReportTable.Cell.text("–", style: "zero")
        return ReportTable(
            caption: say("Records by party", "Hồ sơ theo bên"),
            columns: [.text(say("Party", "Bên"))]
                + [
                    say("Submitted", "Đã gửi"), say("Shared", "Đã chia sẻ"), say("Refused", "Bị từ chối"),
                    say("Pending", "Đang chờ"), say("of it held", "trong đó bị giữ"), say("Withdrawn", "Đã rút"),
                    say("Copies ignored", "Bản sao bỏ qua"), say("Dead letters", "Thư chết"),
                ].map { .number($0) } + [.text(say("Law", "Định luật"))],
            rows: content.figures.parties.map { party in
                [
                    .text(content.title(party.party)), .count(party.submitted), .count(party.shared),
                    .count(party.refused), .count(party.pending, style: party.pending > 0 ? "waits" : ""),
                    .count(party.held, style: party.held > 0 ? "waits" : ""), .count(party.withdrawn),
                    .count(party.copies), .count(party.deadLetters), LawCell.cell(party.conserves, say),
                ]
            },
            foot: [
                .text(say("Every record once", "Mỗi hồ sơ một lần"), style: "total"), .count(total.submitted),
                .count(total.shared), .count(total.refused),
                .count(total.pending, style: total.pending > 0 ? "waits" : ""), dash, .count(total.withdrawn), dash,
                dash,
                LawCell.cell(total.conserves, say),
            ]
        ).markup
    }
}

/// Whether the law holds, in a word and a sign.
enum LawCell {
    /// The cell.
    static func cell(_ holds: Bool, _ say: PageLanguage) -> ReportTable.Cell {
        .text(holds ? say("✓ holds", "✓ đúng") : say("✕ broken", "✕ sai"), style: holds ? "good" : "bad")
    }
}
