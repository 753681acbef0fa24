import HealthBook
import WarehouseStore

/// A department's report as one self-contained page: no network, no script needed, light and dark, A4.
public struct DepartmentPage: Sendable {
    /// The page.
    public let html: String
    private static let most = 100

    /// Makes the page.
    public init(_ report: DepartmentReport) {
        let place = report.province.map { "\($0) \(report.provinceName)" } ?? report.provinceName
        let title = "\(place), \(report.month ?? "all months")"
        let main = Markup.tag(
            "main", ["id": "main"],
            [
                Self.top(title, report), Self.visits(report), DepartmentRefusals(report).markup, Self.repeats(report),
                Self.facilities(report), Self.words(report),
            ])
        let foot = Markup.tag(
            "footer", [:],
            [
                .tag(
                    "p",
                    text:
                        "Made by cycle report department from MoH’s books and the provinces’ warehouses. All people and "
                        + "visits are made up.")
            ])
        let page = Markup.tag(
            "html", ["lang": "en", "xmlns": "http://www.w3.org/1999/xhtml"],
            [
                PageStyle.head(title: "Department report \(title) · Closed Cycle"),
                .tag("body", [:], [main, foot, .verbatim("script", PageScript.sorting)]),
            ])
        html = "<!DOCTYPE html>\n" + page.source + "\n"
    }

    private static func top(_ title: String, _ report: DepartmentReport) -> Markup {
        let standings = report.facilities
        func tile(_ name: String, _ value: String, _ below: String, waits: Bool = false) -> Markup {
            .tag(
                "li", ["class": waits ? "waits" : ""],
                [.tag("span", text: name), .tag("strong", text: value), .tag("span", text: below)])
        }
        let coverage = report.coverage
        return .tag(
            "header", [:],
            [
                .tag("p", ["class": "eyebrow"], text: "Health department"), .tag("h1", text: title),
                .tag(
                    "p", ["class": "about"],
                    text:
                        "Visits by month of discharge, refusals by month of return. \(count(report.withdrawn)) visits "
                        + "withdrawn and \(count(report.superseded)) earlier revisions are history and not counted."),
                .tag(
                    "ul", ["class": "tiles"],
                    [
                        tile(
                            "Residents with a book", coverage?.percent ?? "–",
                            coverage.map { "\(count($0.withBook)) of \(count($0.residents))" } ?? "not counted"),
                        tile(
                            "Facilities connected", NumberText.percent(standings.connected, of: standings.registered),
                            "\(count(standings.connected)) of \(count(standings.registered))"),
                        tile(
                            "Facilities sending", count(standings.sending),
                            "of \(count(standings.registered)) on the register"),
                        tile(
                            "Visits", count(report.total.visits),
                            report.before.map { "the month before \(count($0.visits))" }
                                ?? "of \(count(report.people)) residents"),
                        tile(
                            "Later than 24 h", count(report.total.late),
                            NumberText.percent(report.total.late, of: report.total.visits),
                            waits: report.total.late > 0),
                    ]),
            ])
    }

    private static func facilities(_ report: DepartmentReport) -> Markup {
        let standings = report.facilities
        let silent = standings.silent
        let records =
            standings.electronicRecords.map {
                "\(count($0)) of \(count(standings.registered)) keep electronic medical records."
            } ?? "Which of them keep electronic medical records the register does not say."
        let counted =
            report.coverage.map { _ in
                report.countedProvinces.count == 1
                    ? ""
                    : " Residents were counted in the provinces \(report.countedProvinces.joined(separator: ", "))."
            } ?? " Residents with a book: not counted; cycle book enrol counts them."
        var content: [Markup] = [
            .tag("h2", text: "Facilities"),
            .tag("p", text: records + counted),
            .tag("h3", text: "Connected, and nothing on \(report.day)"),
            .tag(
                "p",
                text: "\(count(Int64(silent.count))) of \(count(standings.connected)) connected facilities: nothing of "
                    + "theirs has come into a book or was returned on that day. What is on its way is in neither."),
        ]
        if !silent.isEmpty {
            content.append(
                ReportTable(
                    caption: "Facilities that sent nothing" + rest(silent.count),
                    columns: [.text("Code"), .text("Name")],
                    rows: silent.prefix(most).map { [.code($0.code), .text($0.name)] }
                ).markup)
        }
        if !standings.unregistered.isEmpty {
            let codes = standings.unregistered.prefix(20).joined(separator: ", ")
            content.append(
                .tag(
                    "p",
                    text: "\(standings.unregistered.count) facilities have sent something and are not on the register: "
                        + codes + "."))
        }
        return .tag("section", ["id": "silent"], content)
    }

    private static func visits(_ report: DepartmentReport) -> Markup {
        var rows = [QualityTable.row("All", report.total)]
        if let before = report.before { rows.append(QualityTable.row("The month before", before)) }
        let kinds = report.kinds.map { QualityTable.row(name($0), $0) }
        let senders = report.senders.prefix(most).map { QualityTable.row(name($0), $0) }
        return .tag(
            "section", ["id": "visits"],
            [
                .tag("h2", text: "Visits"), QualityTable.markup("All visits", "Visits", rows),
                QualityTable.markup("Visits by kind", "Kind", kinds),
                QualityTable.markup("Visits by facility\(rest(report.senders.count))", "Facility", senders),
            ])
    }

    private static func repeats(_ report: DepartmentReport) -> Markup {
        let total = report.repeats.total
        let rows = ([total] + report.repeats.tests.prefix(most)).map { row -> [ReportTable.Cell] in
            [
                .text(row.key == total.key ? "All" : row.title.isEmpty ? row.key : "\(row.key) \(row.title)"),
                .count(row.tests), .count(row.repeats), .text(NumberText.percent(row.repeats, of: row.tests)),
                .count(row.known),
            ]
        }
        return .tag(
            "section", ["id": "repeats"],
            [
                .tag("h2", text: "Repeated tests"),
                .tag(
                    "p",
                    text: "A test is repeated when the person has a result of it in another visit, at most "
                        + "\(report.repeats.days) days earlier; known when that visit was in the book before this one "
                        + "began."),
                ReportTable(
                    caption: "Results and repeats by test\(rest(report.repeats.tests.count))",
                    columns: [
                        .text("Test"), .number("Results"), .number("Repeats"), .number("%"), .number("Known"),
                    ], rows: rows, isSortable: true
                ).markup,
            ])
    }

    private static func words(_ report: DepartmentReport) -> Markup {
        let province = report.province ?? "PROVINCE"
        return .tag(
            "section", ["id": "words"],
            [
                .tag("h2", text: "What the words mean, and what is behind a number"),
                .tag(
                    "ul", [:],
                    ["correct", "complete", "clean", "live"].map { .tag("li", text: report.definitions[$0] ?? $0) }),
                .tag(
                    "p",
                    text:
                        "The records behind a number: cycle warehouse \(province) records --measure late --of FACILITY; "
                        + "cycle report refused --code CODE --of FACILITY; cycle warehouse \(province) repeats --json."),
            ])
    }

    private static func name(_ row: WarehouseRow) -> String { row.title.isEmpty ? row.key : "\(row.key) \(row.title)" }

    private static func count(_ value: Int64) -> String { NumberText.count(value) }

    static func rest(_ count: Int) -> String {
        count > most ? ", the first \(most) of \(count); all of them with --csv" : ""
    }
}
