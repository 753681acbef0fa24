import Audit

/// What has no outcome: how old it is, who holds it, and why.
struct PendingSection {
    let content: ReportContent

    var markup: Markup {
        let figures = content.figures
        guard let ages = figures.pendingAges else {
            return .tag(
                "section", ["id": "pending"],
                [.tag("h2", text: "Pending"), .tag("p", text: "Nothing is pending: every record has an outcome.")])
        }
        return .tag(
            "section", ["id": "pending"],
            [
                .tag("h2", text: "Pending"),
                .tag(
                    "p",
                    text: "\(NumberText.count(ages.count)) records have no outcome. Their ages, since each was first "
                        + "submitted, are counted to \(AuditClock.text(figures.at)): least "
                        + "\(NumberText.duration(ages.min)), median \(NumberText.duration(ages.median)), 95 of 100 "
                        + "below \(NumberText.duration(ages.p95)), greatest \(NumberText.duration(ages.max))."),
                .tag(
                    "figure", [:],
                    [
                        AgeChart(histogram: figures.pendingHistogram).markup,
                        .tag("figcaption", text: "Pending records by age, each counted in one class."),
                    ]), table,
            ])
    }

    private var table: Markup {
        ReportTable(
            caption: "Where pending records wait, and for what",
            columns: [.text("Held by"), .text("Why"), .number("Records"), .number("Min"), .number("Median")]
                + [.number("p95"), .number("Max")] + AgeClass.allCases.map { .number($0.text) },
            rows: content.figures.waiting.map { entry in
                [
                    .text(content.title(entry.party)),
                    .text(entry.cause.text + (entry.type.isEmpty ? "" : " (\(entry.type))")),
                    .count(entry.ages.count, style: "waits"), .duration(entry.ages.min), .duration(entry.ages.median),
                    .duration(entry.ages.p95), .duration(entry.ages.max),
                ] + entry.histogram.map { .count($0) }
            }
        ).markup
    }
}
