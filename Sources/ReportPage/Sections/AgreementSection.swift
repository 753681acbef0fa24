import Audit
import ExchangeSchema
import Topology
import Vocabulary

/// Agreements: who must sign, who has, and when each party learnt it.
struct AgreementSection {
    let content: ReportContent

    var markup: Markup {
        let agreements = content.topology.agreements
        guard !agreements.isEmpty else {
            return .tag(
                "section", ["id": "agreements"],
                [.tag("h2", text: "Agreements"), .tag("p", text: "The topology asks for none.")])
        }
        return .tag(
            "section", ["id": "agreements"], [.tag("h2", text: "Agreements")] + agreements.map(agreement))
    }

    private func agreement(_ agreement: Agreement) -> Markup {
        let gated = content.topology.topics.filter { $0.requires == agreement.name }.map(\.name)
        let rows = agreement.signatories.map { signatory -> [ReportTable.Cell] in
            let receipts = receipts(agreement.name, signatory)
            let status: (String, String) =
                agreement.signed.contains(signatory)
                ? ("✓ signed", "before the exchange began")
                : receipts.isEmpty
                    ? ("✕ missing", "no leaf of a signature")
                    : (
                        "✓ signed",
                        receipts.map { "\($0.reader) at \(AuditClock.text($0.time)), leaf \($0.leaf)" }
                            .joined(separator: "; ")
                    )
            return [
                .text(content.title(signatory)), .text(status.0, style: status.0.hasPrefix("✓") ? "good" : "waits"),
                .text(status.1),
            ]
        }
        let isInForce = rows.allSatisfy { $0[1].style == "good" }
        return Markup([
            .tag("h3", text: agreement.title),
            .tag(
                "p",
                text: (isInForce ? "In force." : "Not in force.")
                    + (gated.isEmpty ? "" : " Without it nothing is sent on \(gated.joined(separator: ", ")).")),
            ReportTable(
                caption: "Signatures under \(agreement.name)",
                columns: [.text("Signatory"), .text("State"), .text("Taken in by")], rows: rows
            ).markup,
        ])
    }

    /// A signature's message is named by agreement and signatory; the two hosts join them with different signs.
    private func receipts(_ agreement: String, _ signatory: String) -> [SignatureReceipt] {
        let messages = ["|", "/"].map {
            MessageIdentifier(.agreementSignature, about: "\(agreement)\($0)\(signatory)").description
        }
        return content.figures.signatures.filter { messages.contains($0.message) }
    }
}
