import Audit

/// The flow of messages, as a picture and as a table, and the law at each party.
struct FlowSection {
    let content: ReportContent

    var markup: Markup {
        Markup([
            .tag(
                "section", ["id": "flow"],
                [
                    .tag("h2", text: "Flow"),
                    .tag(
                        "p",
                        text:
                            "Messages on each hop. A dashed arrow has something waiting; words and the table below say "
                            + "what."), FlowDiagram(content: content).markup, hops,
                ]),
            .tag(
                "section", ["id": "conservation"],
                [
                    .tag("h2", text: "Conservation"),
                    .tag(
                        "p",
                        text:
                            "Nothing may be lost: submitted = shared + refused + pending + withdrawn, exact, at each party. "
                            + "“Shared” means passed on to where it was to go: at MoH, the facilities and the localities "
                            + "into the citizen’s book, at VSS on to C06, at C06 answered with a match."), parties,
                ]),
        ])
    }

    private var hops: Markup {
        ReportTable(
            caption: "Messages by hop. Copies are not counted: each message once.",
            columns: [.text("Topic"), .text("To")]
                + ["Sent", "Received", "Refused", "Pending", "Held", "Dead letters"].map { .number($0) }
                + [.text("Law")],
            rows: content.figures.hops.map { hop in
                [.code(hop.topic), .text(content.title(hop.reader)), .count(hop.sent), .count(hop.received)]
                    + [
                        .count(hop.refused), .count(hop.pending, style: hop.pending > 0 ? "waits" : ""),
                        .count(hop.held, style: hop.held > 0 ? "waits" : ""), .count(hop.deadLetters),
                        LawCell.cell(hop.conserves),
                    ]
            }
        ).markup
    }

    private var parties: Markup {
        ReportTable(
            caption: "Records by party",
            columns: [.text("Party")]
                + [
                    "Submitted", "Shared", "Refused", "Pending", "of it held", "Withdrawn", "Copies ignored",
                    "Dead letters",
                ].map { .number($0) } + [.text("Law")],
            rows: content.figures.parties.map { party in
                [
                    .text(content.title(party.party)), .count(party.submitted), .count(party.shared),
                    .count(party.refused), .count(party.pending, style: party.pending > 0 ? "waits" : ""),
                    .count(party.held, style: party.held > 0 ? "waits" : ""), .count(party.withdrawn),
                    .count(party.copies), .count(party.deadLetters), LawCell.cell(party.conserves),
                ]
            }
        ).markup
    }
}

/// Whether the law holds, in a word and a sign.
enum LawCell {
    /// The cell.
    static func cell(_ holds: Bool) -> ReportTable.Cell {
        .text(holds ? "✓ holds" : "✕ broken", style: holds ? "good" : "bad")
    }
}
