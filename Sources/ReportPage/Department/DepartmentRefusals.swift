import BookStore

/// Refusals of a department's report: by code, and by facility with the most frequent codes beside each other.
struct DepartmentRefusals {
    let report: DepartmentReport
    private static let mostCodes = 6
    private static let most = 100

    init(_ report: DepartmentReport) { self.report = report }

    var markup: Markup {
        let refusals = report.refusals
        let before = refusals.before.map { ", the month before \(NumberText.count($0))" } ?? ""
        var content: [Markup] = [
            .tag("h2", text: "Refusals"),
            .tag(
                "p",
                text: "\(NumberText.count(refusals.ever)) records were returned to their facility\(before); of these "
                    + "\(NumberText.count(refusals.standing)) are a record’s last word. Whoever returns a record notes it."
            ),
        ]
        if !refusals.unknown.isEmpty {
            content.append(
                .tag(
                    "p",
                    text:
                        "What \(refusals.unknown.joined(separator: " and ")) returned is kept elsewhere and not counted "
                        + "here."))
        }
        if !refusals.counts.isEmpty { content += [codes, facilities] }
        return .tag("section", ["id": "refusals"], content)
    }

    private var codes: Markup {
        ReportTable(
            caption: "Refusals by code, most frequent first",
            columns: [.text("Code"), .text("Meaning"), .number("All"), .number("Last word")],
            rows: report.refusals.codes.map { sum in
                let isOfficial = ReasonMeaning.isOfficial(sum.key)
                let meaning = Markup([
                    Markup(ReasonMeaning.text(sum.key) + " "),
                    .tag(
                        "span", ["class": isOfficial ? "tag official" : "tag"],
                        text: isOfficial ? "official" : "simulator-defined"),
                ])
                return [.code(sum.key), .init(meaning), .count(sum.ever), .count(sum.standing)]
            }, isSortable: true
        ).markup
    }

    private var facilities: Markup {
        let heads = report.refusals.codes.prefix(Self.mostCodes).map(\.key)
        let counts = Dictionary(
            report.refusals.counts.map { ([$0.facility, $0.code], $0.ever) }, uniquingKeysWith: +)
        let all = report.refusals.facilities
        let rows = all.prefix(Self.most).map { sum -> [ReportTable.Cell] in
            let known = heads.map { counts[[sum.key, $0]] ?? 0 }
            return [.code(sum.key.isEmpty ? "–" : sum.key), .count(sum.ever), .count(sum.standing)]
                + known.map { .count($0) } + [.count(sum.ever - known.reduce(0, +))]
        }
        return ReportTable(
            caption: "Refusals by facility, the most first\(DepartmentPage.rest(all.count))",
            columns: [.text("Facility"), .number("All"), .number("Last word")]
                + heads.map { .number($0.replacing(".", with: ".\u{200B}").replacing("-", with: "-\u{200B}")) }
                + [.number("other")],
            rows: Array(rows), isSortable: true
        ).markup
    }
}
