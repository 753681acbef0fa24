import HealthBook
public import WarehouseStore

/// The report of a province's warehouse as one self-contained page: no network, no script needed, light and dark, A4.
public struct WarehousePage: Sendable {
    /// The page.
    public let html: String

    /// Makes the page.
    public init(_ report: WarehouseReport) {
        let title = "\(report.province) \(report.provinceName), \(report.month ?? "all months")"
        let head = Markup.tag(
            "head", [:],
            [
                .tag("meta", ["charset": "utf-8"]),
                .tag("meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"]),
                .tag("meta", ["name": "color-scheme", "content": "light dark"]),
                .tag("title", text: "Warehouse \(title) · Closed Cycle"), .verbatim("style", PageStyle.screen),
                .verbatim("style", PageStyle.print),
            ])
        let groups = WarehouseGrouping.allCases.compactMap { grouping in
            report.groups[grouping.rawValue].map { Self.section(grouping, $0) }
        }
        let main = Markup.tag(
            "main", ["id": "main"], [Self.top(title, report)] + groups + [Self.silent(report), Self.words(report)])
        let foot = Markup.tag(
            "footer", [:],
            [.tag("p", text: "Made by cycle warehouse from warehouse.sqlite. All people and visits are made up.")])
        let page = Markup.tag(
            "html", ["lang": "en", "xmlns": "http://www.w3.org/1999/xhtml"],
            [head, .tag("body", [:], [main, foot, .verbatim("script", PageScript.sorting)])])
        html = "<!DOCTYPE html>\n" + page.source + "\n"
    }

    private static func top(_ title: String, _ report: WarehouseReport) -> Markup {
        var rows = [QualityTable.row("All", report.total)]
        if let before = report.before { rows.append(QualityTable.row("The month before", before)) }
        return .tag(
            "header", [:],
            [
                .tag("p", ["class": "eyebrow"], text: "Province warehouse"), .tag("h1", text: title),
                .tag(
                    "p", ["class": "lead"],
                    text: "\(NumberText.count(report.total.visits)) visits by discharge, "
                        + "\(NumberText.count(report.people)) residents with a visit in the book"),
                .tag("p", ["class": "about"], text: coverage(report.coverage)),
                .tag(
                    "p", ["class": "about"],
                    text:
                        "\(NumberText.count(report.withdrawn)) withdrawn, \(NumberText.count(report.superseded)) earlier "
                        + "revisions kept as history; neither is counted below."),
                QualityTable.markup("All visits", "Visits", rows),
            ])
    }

    private static func coverage(_ coverage: WarehouseCoverage?) -> String {
        guard let coverage else { return "Residents with a book: not counted; cycle book enrol counts them." }
        return "\(NumberText.count(coverage.withBook)) of \(NumberText.count(coverage.residents)) residents have a book"
            + " (\(coverage.percent)), as MoH counted at \(PresentedBook.time(coverage.countedAt))."
    }

    private static func section(_ grouping: WarehouseGrouping, _ rows: [WarehouseRow]) -> Markup {
        let name = grouping.rawValue
        let most = 200
        let shown = rows.prefix(most).map { QualityTable.row($0.title.isEmpty ? $0.key : "\($0.key) \($0.title)", $0) }
        let rest = rows.count > most ? ", the first \(most) of \(rows.count); all of them with --csv" : ""
        return .tag(
            "section", ["id": name],
            [.tag("h2", text: "By \(name)"), QualityTable.markup("Visits by \(name)\(rest)", name, shown)])
    }

    private static func silent(_ report: WarehouseReport) -> Markup {
        guard let month = report.month else { return Markup([]) }
        let list = report.silentFacilities.map { Markup.tag("li", [:], [.tag("code", text: $0)]) }
        return .tag(
            "section", ["id": "silent"],
            [
                .tag("h2", text: "Facilities that sent nothing"),
                .tag(
                    "p",
                    text: "Facilities that have sent visits of residents in another month and none of \(month): "
                        + "\(report.silentFacilities.count)."),
            ] + (list.isEmpty ? [] : [.tag("ul", [:], list)]))
    }

    private static func words(_ report: WarehouseReport) -> Markup {
        .tag(
            "section", ["id": "words"],
            [
                .tag("h2", text: "What the words mean"),
                .tag(
                    "ul", [:],
                    ["correct", "complete", "clean", "live"].map { .tag("li", text: report.definitions[$0] ?? $0) }),
                .tag(
                    "p",
                    text:
                        "The records behind a number: cycle warehouse \(report.province) records --measure clean --of "
                        + "FACILITY."),
            ])
    }
}
