import Audit
import Topology
import Vocabulary

/// How anybody with the data directory gets each figure again.
struct DerivationSection {
    let content: ReportContent

    /// One figure: its name, what it counts, and where it stands in the JSON.
    private struct Figure {
        var name: String
        var leaves: String
        var path: String

        init(_ name: String, _ path: String, _ leaves: String) {
            self.name = name
            self.path = path
            self.leaves = leaves
        }
    }

    /// What a role does on the route of this exchange.
    private func duties(_ role: PartyRole) -> Duties? {
        content.topology.parties(role: role).first.flatMap { content.topology.route.duties(of: $0.name) }
    }

    private func intake(_ role: PartyRole) -> String { duties(role)?.intake?.name ?? "records" }

    /// What is said of whoever records come to straight from facilities.
    private func unreadable(_ role: PartyRole) -> String {
        duties(role)?.isEntrance == true
            ? " An unreadable \(intake(role)) that is new, or the revision awaited, counts as refused, and so does one "
                + "without attributes (type 0)." : ""
    }

    private var deciders: String {
        content.topology.route.deciders.map(content.title).joined(separator: " and ")
    }

    private var figures: [Figure] { parties + messages }

    private var parties: [Figure] {
        let answers = duties(.moh)?.awaits.map(\.name).joined(separator: " or ") ?? "an answer"
        return [
            Figure(
                "Verdict", ".holds, .verification.findings",
                "cycle audit verify: roots, checkpoints, keys, offsets, ledgers, rows, and each message of one party against "
                    + "the others, by identifier and digest."),
            Figure(
                "Submitted, facility", #".figures.parties[] | select(.role=="facility")"#,
                "Distinct records with a leaf sent facilityRecord. Pending after it; shared after accepted bookEntry of the "
                    + "same revision; refused after refused correction, or shared where an earlier revision is in the book; a later "
                    + "revision sent makes it pending again, or withdrawn where its leaf says facility.withdrew."),
            Figure(
                "Submitted, MoH", #".figures.parties[] | select(.role=="moh")"#,
                "Distinct records with accepted or refused \(intake(.moh)). Shared after sent bookEntry; refused after refused "
                    + "\(intake(.moh)), \(answers), unless an earlier revision was sent to the book. Withdrawn, here and at "
                    + "all below: decision withdrawn." + unreadable(.moh)),
            Figure(
                "Submitted, VSS", #".figures.parties[] | select(.role=="vss")"#,
                "Distinct records with accepted (shared) or refused \(intake(.vss)), the latest revision counting."
                    + unreadable(.vss)),
            Figure(
                "Submitted, C06", #".figures.parties[] | select(.role=="c06")"#,
                "Distinct records with accepted (shared), refused or held identityCheck; held ends with sent identityResult."
            ),
            Figure(
                "Submitted, localities", #".figures.parties[] | select(.role=="locality")"#,
                "Distinct records with accepted bookEntry."),
        ]
    }

    private var messages: [Figure] {
        [
            Figure(
                "Sent, received, pending by hop", ".figures.hops[]",
                "Distinct messages with a leaf sent; of those, with any leaf of the reader; sent without one are pending. "
                    + "Refused: the reader’s leaf says refused. Held: it says held, and no answer was sent."),
            Figure(
                "Ages, and where records wait", ".figures.waiting[], .figures.pendingAges",
                "For each record pending at the facility: the last clock reading of all counted leaves, less that of its first "
                    + "sent facilityRecord. It waits with the furthest message of its latest revision."),
            Figure(
                "Refusals by reason", ".figures.reasons[]",
                "Leaves of \(deciders) with decision refused, and unreadable facilityRecords that were answered with a correction, "
                    + "by the leaf’s reason code. Standing: it is the record’s last."),
            Figure(
                "Facilities", ".figures.facilities[]",
                "The same by the facility of the record, which is read from the payload: no leaf says it. What nobody has "
                    + "decided is pending."),
            Figure(
                "Quality", ".figures.quality",
                "First revision is 1. Copies: decision duplicate at any party. Dead letters: decision unreadable."),
            Figure(
                "Latency", ".figures.hops[].latency, .figures.cycle",
                "Clock of the reader’s first leaf of a message less clock of the sent leaf; for the cycle, of accepted "
                    + "bookEntry at a locality less the first sent facilityRecord."),
            Figure(
                "Throughput", ".figures.throughput",
                "Sent facilityRecord of revision 1, accepted bookEntry at localities, and sent correction, by clock reading."
            ),
            Figure(
                "Parts", ".verification.releases.rows[]",
                "Messages that the auditor saw with the part, by who reads their topic: each payload has the digest of the "
                    + "auditor’s leaf, and of the reader’s. All of them, whatever checkpoints bind the other figures."),
            Figure(
                "Checkpoints", ".bindings[]",
                "Stored notes whose signature verifies; one a party, the latest not later than the one that was asked for."
            ),
        ]
    }

    var markup: Markup {
        .tag(
            "section", ["id": "derivation"],
            [
                .tag("h2", text: "How to derive each figure again"),
                .tag(
                    "p",
                    text:
                        "With a copy of the data directory, this prints all figures of this page as JSON, from the same "
                        + "leaves; and the next one compares party with party, message by message:"),
                .tag("pre", ["class": "command", "tabindex": "0"], text: content.command),
                .tag("pre", ["class": "command", "tabindex": "0"], text: "cycle audit reconcile DATA"),
                .tag("p", text: "Each figure by itself: put the expression behind the first command."),
                ReportTable(
                    caption: "Figures, as counted from leaves (decision and type)",
                    columns: [.text("Figure"), .text("Leaves counted"), .text("Expression")],
                    rows: figures.map {
                        [.text($0.name), .text($0.leaves), .init(.tag("code", text: "| jq '\($0.path)'"))]
                    }
                ).markup,
            ])
    }
}
