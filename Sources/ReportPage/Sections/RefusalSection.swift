import Audit

/// Refusals by reason and by facility.
struct RefusalSection {
    let content: ReportContent
    private static let mostFacilities = 20
    private static let mostReasons = 6

    var markup: Markup {
        let byReason: [Markup] =
            reasons.isEmpty ? [Markup.tag("p", text: "Nothing was refused.")] : [explanation, table]
        let first = Markup.tag(
            "section", ["id": "refusals"], [Markup.tag("h2", text: "Refusals by reason")] + byReason)
        let second = Markup.tag(
            "section", ["id": "facilities"], [Markup.tag("h2", text: "Facilities"), facilities])
        return Markup([first, second])
    }

    private var explanation: Markup {
        let parts: [Markup] = [
            Markup(
                "Solid: records whose last answer it is. Pale with a dashed edge: refusals after which a later revision was "
                    + "submitted. "),
            Markup.tag("span", ["class": "tag official"], text: "official"),
            Markup(" codes are results of the card check (dispatch 1923/BHXH-CNTT, maKetQua); "),
            Markup.tag("span", ["class": "tag"], text: "simulator-defined"),
            Markup(" codes are this program’s own, because no public text lists any."),
        ]
        return Markup.tag("p", [:], parts)
    }

    private var reasons: [ReasonFigures] {
        content.figures.reasons.sorted { ($1.ever, $0.code) < ($0.ever, $1.code) }
    }

    private var table: Markup {
        let most = reasons.map(\.ever).max() ?? 0
        return ReportTable(
            caption: "Refusals by reason, most frequent first",
            columns: [
                .text("Code"), .text("Meaning"), .text("Refusals"), .number("All"), .number("Standing"),
                .number("Resubmitted"),
            ],
            rows: reasons.map { reason in
                let isOfficial = ReasonMeaning.isOfficial(reason.code)
                let meaning = Markup([
                    Markup(ReasonMeaning.text(reason.code) + " "),
                    .tag(
                        "span", ["class": isOfficial ? "tag official" : "tag"],
                        text: isOfficial ? "official" : "simulator-defined"),
                ])
                let rest = max(0, reason.ever - reason.standing)
                return [
                    .code(reason.code), .init(meaning),
                    .init(
                        Bar.markup(solid: reason.standing, dashed: rest, of: most), order: reason.ever, style: "chart"),
                    .count(reason.ever), .count(reason.standing), .count(rest),
                ]
            }, isSortable: true
        ).markup
    }

    private var facilities: Markup {
        let all = content.figures.facilities
        let placed = all.filter { $0.facility != FacilityFigures.unknown }
        guard !placed.isEmpty else {
            return .tag(
                "p",
                text:
                    "Which facility a record belongs to is in its payload and not in a leaf; no payload was at hand, so "
                    + "figures by facility cannot be given.")
        }
        let heads = reasons.prefix(Self.mostReasons).map(\.code)
        let shown = all.prefix(Self.mostFacilities)
        let most = shown.flatMap { facility in heads.map { facility.refusals[$0] ?? 0 } }.max() ?? 0
        let columns: [ReportTable.Column] =
            [.text("Facility"), .number("Submitted"), .number("Shared"), .number("Refused"), .number("Pending")]
            + [.number("Withdrawn")]
            + [.number("Corrected"), .number("Refusal rate")] + heads.map { .number(Self.breakable($0)) } + [
                .number("other")
            ]
        let rows = shown.map { facility -> [ReportTable.Cell] in
            let refusals = facility.refusals.values.reduce(0, +)
            let known = heads.map { facility.refusals[$0] ?? 0 }
            let name = Markup([
                .tag("code", text: facility.facility), .tag("span", ["class": "sub"], text: facility.name ?? ""),
            ])
            let rate = ReportTable.Cell(
                Markup(NumberText.percent(facility.refused, of: facility.submitted)),
                order: facility.submitted > 0 ? facility.refused * 100_000 / facility.submitted : 0)
            return [
                .init(name), .count(facility.submitted), .count(facility.shared), .count(facility.refused),
                .count(facility.pending, style: facility.pending > 0 ? "waits" : ""), .count(facility.withdrawn),
                .count(facility.corrected), rate,
            ] + known.map { .count($0, style: Self.heat($0, most)) } + [.count(refusals - known.reduce(0, +))]
        }
        let rest = all.count - shown.count
        let note = rest > 0 ? "; the other \(NumberText.count(Int64(rest))) with --json" : ""
        return Markup([
            .tag(
                "p",
                text:
                    "The law holds for each facility by itself. The right-hand columns count refusals, the corrected ones "
                    + "among them; the darker a cell, the more."),
            ReportTable(
                caption: "Records and refusals by facility, largest first\(note)", columns: columns, rows: rows,
                isSortable: true
            ).markup,
        ])
    }

    /// A long code may go on in the next line after each point and hyphen.
    private static func breakable(_ code: String) -> String {
        code.replacing(".", with: ".\u{200B}").replacing("-", with: "-\u{200B}")
    }

    private static func heat(_ value: Int64, _ most: Int64) -> String {
        value <= 0 || most <= 0 ? "zero" : "heat\(min(5, (value * 5 + most - 1) / most))"
    }
}
