import Audit
import Topology

/// Agreements: who must sign, who has, and when each party learnt it.
struct AgreementSection {
    let content: ReportContent

    private var say: PageLanguage { content.say }

    var markup: Markup {
        let agreements = content.topology.agreements
        let title = Markup.tag("h2", text: say("Agreements", "Thỏa thuận"))
        guard !agreements.isEmpty else {
            return .tag(
                "section", ["id": "agreements"],
                [title, .tag("p", text: say("The topology asks for none.", "Cấu hình không yêu cầu thỏa thuận nào."))])
        }
        return .tag("section", ["id": "agreements"], [title] + agreements.map(agreement))
    }

    private func agreement(_ agreement: Agreement) -> Markup {
        let gated = content.topology.topics.filter { $0.requires == agreement.name }.map(\.name)
        let standing = AgreementStanding(agreement, in: content.figures)
        let rows = standing.signatories.map { signatory -> [ReportTable.Cell] in
            let signed = say("✓ signed", "✓ đã ký")
            let receipts = signatory.receipts.map { receipt in
                say(
                    "\(receipt.reader) at \(PageTime.text(receipt.time)), leaf \(receipt.leaf)",
                    "\(receipt.reader) lúc \(PageTime.text(receipt.time)), mục \(receipt.leaf)")
            }
            let (state, place) =
                signatory.isFromStart
                ? (signed, say("before the exchange began", "trước khi hệ thống bắt đầu"))
                : receipts.isEmpty
                    ? (say("✕ missing", "✕ chưa ký"), say("no leaf of a signature", "không có mục nào về chữ ký"))
                    : (signed, receipts.joined(separator: "; "))
            return [
                .text(content.title(signatory.party)), .text(state, style: signatory.hasSigned ? "good" : "waits"),
                .text(place),
            ]
        }
        let topics = gated.joined(separator: ", ")
        return Markup([
            .tag("h3", text: content.names.title(agreement)),
            .tag(
                "p",
                text: (standing.missing.isEmpty
                    ? say("In force.", "Đã có hiệu lực.") : say("Not in force.", "Chưa có hiệu lực."))
                    + (gated.isEmpty
                        ? ""
                        : say(
                            " Without it nothing is sent on \(topics).",
                            " Chưa có thỏa thuận này thì không gửi gì trên \(topics)."))),
            ReportTable(
                caption: say("Signatures under \(agreement.name)", "Chữ ký của \(agreement.name)"),
                columns: [
                    .text(say("Signatory", "Bên ký")), .text(say("State", "Tình trạng")),
                    .text(say("Taken in by", "Được ghi nhận bởi")),
                ], rows: rows
            ).markup,
        ])
    }
}
