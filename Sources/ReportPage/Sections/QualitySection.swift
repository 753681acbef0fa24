import Audit
import Topology
import Vocabulary

/// Quality of what is submitted, and how long things take.
struct QualitySection {
    let content: ReportContent

    var markup: Markup { Markup([quality, service]) }

    private var quality: Markup {
        let figures = content.figures
        let quality = figures.quality
        let submitted = content.party(.facility)?.submitted ?? content.party(.moh)?.submitted ?? 0
        func row(_ name: String, _ value: String, _ note: String) -> [ReportTable.Cell] {
            [.text(name), .text(value), .text(note)]
        }
        func both(_ durations: DurationFigures?) -> String {
            guard let durations else { return "–" }
            return "\(NumberText.duration(durations.median)) median, \(NumberText.duration(durations.p95)) p95"
        }
        let rows = [
            row(
                "Accepted at first", NumberText.percent(quality.firstTime, of: submitted),
                "\(NumberText.count(quality.firstTime)) of \(NumberText.count(submitted)) submitted records are in the "
                    + "book in their first revision"),
            row(
                "Corrected after refusal", NumberText.count(quality.corrected),
                "in the book in a later revision; \(NumberText.count(quality.resubmitted)) later revisions were submitted"
            ),
            row("Time to resubmission", both(quality.toResubmission), "from the correction to the next revision"),
            row(
                "Time to the book after refusal", both(quality.toCorrected),
                "from the first correction to the entry’s receipt at the locality"),
            row(
                "Copies", NumberText.count(quality.copies),
                "received again at some party, and without a second effect"),
            row("Dead letters", NumberText.count(quality.deadLetters), "messages that a party could not read"),
            row(
                "Wrong matches", quality.wrongMatches.map(NumberText.count) ?? "not known",
                quality.wrongMatches == nil
                    ? "the true person behind a record is known only where visits are computed"
                    : "records in the book of another person, by the known truth of the synthetic population"),
        ]
        return .tag(
            "section", ["id": "quality"],
            [
                .tag("h2", text: "Quality"),
                ReportTable(
                    caption: "Quality of submission", columns: [.text("Figure"), .number("Value"), .text("Meaning")],
                    rows: rows
                ).markup,
            ])
    }

    private var service: Markup {
        let figures = content.figures
        func row(_ name: ReportTable.Cell, _ reader: String, _ durations: DurationFigures?) -> [ReportTable.Cell] {
            [
                name, .text(reader), .count(durations?.count ?? 0), .duration(durations?.median),
                .duration(durations?.p95), .duration(durations?.p99), .duration(durations?.max),
            ]
        }
        let rows =
            figures.hops.map { row(.code($0.topic), content.title($0.reader), $0.latency) }
            + [row(.text("whole cycle", style: "total"), "facility → locality", figures.cycle)]
        return .tag(
            "section", ["id": "service"],
            [
                .tag("h2", text: "Service levels"),
                .tag(
                    "p",
                    text:
                        "From the sender’s clock to the reader’s, both from their leaves; a leaf bears the reading of its "
                        + "batch. The whole cycle is from the first submission to the entry’s receipt at the locality, "
                        + "corrections included. Percentiles by nearest rank, exact below 4.1 s and to 0.05 % above."),
                ReportTable(
                    caption: "Time from sending to receipt",
                    columns: [.text("Topic"), .text("To"), .number("Messages")]
                        + ["p50", "p95", "p99", "Max"].map { .number($0) }, rows: rows
                ).markup, .tag("h3", text: "Throughput"),
                figures.throughput.submitted.isEmpty
                    ? .tag("p", text: "No leaves, no throughput.") : LineChart(figures: figures.throughput).markup,
            ])
    }
}
