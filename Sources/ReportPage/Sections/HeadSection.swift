import Audit
import Topology
import Vocabulary

/// Title, verdict, and the figures that matter most.
struct HeadSection {
    let content: ReportContent

    var markup: Markup {
        .tag("header", [:], [title, verdict, facts])
    }

    private var title: Markup {
        Markup([
            .tag("p", ["class": "eyebrow"], text: "Closed Cycle · audit report"),
            .tag(
                "h1", [:],
                text: content.scenario.map { "Scenario \($0.name)" } ?? "Exchange \(content.topology.name)"),
            .tag("p", ["class": "lead"], text: content.scenario?.summary ?? ""),
            .tag(
                "p", ["class": "about"],
                text: "Three-party exchange of the Electronic Health Book (Sổ sức khỏe điện tử): health facilities, "
                    + "Ministry of Health (Bộ Y tế), Vietnam Social Security (Bảo hiểm xã hội Việt Nam), C06 "
                    + "(Bộ Công an) and the localities. All data is synthetic."),
        ])
    }

    private var verdict: Markup {
        let bound = content.bound
        let findings = bound.verification.counts.values.reduce(0, +) + Int64(bound.violations.count)
        let isGood = bound.holds
        var lines: [Markup] = [
            .tag(
                "p", ["class": "verdict-line"],
                [
                    .tag("span", ["class": "sign", "aria-hidden": "true"], text: isGood ? "✓" : "✕"),
                    .tag(
                        "strong", [:],
                        text: isGood
                            ? "All evidence holds" : "Not all evidence holds: \(NumberText.count(findings)) findings"),
                ]),
            .tag(
                "p", [:],
                text: isGood
                    ? "Every journal, every signed checkpoint and every message between the parties was checked; "
                        + "submitted = shared + refused + pending + withdrawn at every party, on every hop and for every facility."
                    : "Figures below are counted from leaves as they lie there; read them together with the findings."),
        ]
        if !isGood {
            let shown = bound.violations.map { "conservation: \($0)" } + bound.verification.findings.map(\.line)
            lines.append(.tag("ul", ["class": "findings"], shown.prefix(50).map { .tag("li", text: $0) }))
            if findings > 50 {
                lines.append(
                    .tag("p", text: "and \(NumberText.count(findings - 50)) more: cycle audit verify DATA lists them"))
            }
        }
        return .tag("div", ["class": isGood ? "verdict good" : "verdict bad", "role": "status"], lines)
    }

    private var facts: Markup {
        let figures = content.figures
        var entries: [(String, Markup)] = [("Exchange", .tag("code", text: content.exchange))]
        if let route = content.topology.routeName {
            entries.append(("Route", Markup("\(route.name), in force since \(route.since): \(route.title)")))
        }
        if let scenario = content.scenario { entries.append(("Seed", Markup("\(scenario.seed)"))) }
        if let span = figures.span {
            entries.append(
                ("From", .tag("time", text: AuditClock.text(span.first))))
            entries.append(("Until", .tag("time", text: AuditClock.text(span.last))))
            entries.append(("Span", Markup(NumberText.duration(max(0, span.last &- span.first)))))
        }
        entries.append(
            (
                "Leaves counted",
                Markup(NumberText.count(figures.parties.reduce(0) { $0 + $1.leaves }))
            ))
        if !content.checkpointName.isEmpty {
            entries.append(("Bound to", .tag("code", text: content.checkpointName)))
        }
        let list = entries.map { entry in
            Markup.tag("div", [:], [.tag("dt", text: entry.0), .tag("dd", [:], [entry.1])])
        }
        return Markup([.tag("dl", ["class": "facts"], list), tiles])
    }

    private var tiles: Markup {
        let source = content.party(.facility) ?? content.party(.moh)
        let submitted = source?.submitted ?? 0
        let quality = content.figures.quality
        let entries: [(String, Int64, String)] = [
            ("submitted", submitted, "visits, each counted once"),
            ("in the book", source?.shared ?? 0, NumberText.percent(source?.shared ?? 0, of: submitted)),
            ("refused", source?.refused ?? 0, NumberText.percent(source?.refused ?? 0, of: submitted)),
            ("pending", source?.pending ?? 0, NumberText.percent(source?.pending ?? 0, of: submitted)),
            ("withdrawn", source?.withdrawn ?? 0, "taken back by their facility"),
            ("corrected", quality.corrected, "in the book after a refusal"),
        ]
        return .tag(
            "ul", ["class": "tiles"],
            entries.map { entry in
                .tag(
                    "li", entry.0 == "pending" && entry.1 > 0 ? ["class": "waits"] : [:],
                    [
                        .tag("span", ["class": "label"], text: entry.0),
                        .tag("strong", text: NumberText.count(entry.1)), .tag("span", ["class": "note"], text: entry.2),
                    ])
            })
    }
}
