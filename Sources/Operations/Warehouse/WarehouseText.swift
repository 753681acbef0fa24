import HealthBook
import Supervision
public import WarehouseStore

/// A warehouse's answers as plain text.
public enum WarehouseText {
    /// All provinces of an exchange, one line each.
    public static func list(_ entries: [ProvinceWarehouses.Entry]) -> String {
        let rows = entries.map { entry in
            let contents = entry.contents
            let months = contents.map { $0.firstMonth.isEmpty ? "–" : "\($0.firstMonth) to \($0.lastMonth)" } ?? "–"
            return [entry.province + " " + entry.name, entry.locality]
                + [contents?.people, contents?.visits, contents?.facilities].map { $0.map(String.init) ?? "–" } + [
                    months
                ]
        }
        return TextTable.text([["province", "locality", "people", "visits", "facilities", "months"]] + rows)
    }

    /// A report.
    public static func report(_ report: WarehouseReport) -> String {
        var lines = [
            "\(report.province) \(report.provinceName), \(report.month ?? "all months"), by discharge",
            coverage(report.coverage), "people with a visit in the book  \(report.people)",
            "withdrawn  \(report.withdrawn)",
            "earlier revisions  \(report.superseded)", "",
        ]
        var rows = [row("all", report.total)]
        if let before = report.before { rows.append(row("the month before", before)) }
        lines.append(TextTable.text([head("province")] + rows))
        for grouping in WarehouseGrouping.allCases {
            guard let group = report.groups[grouping.rawValue] else { continue }
            lines += ["", TextTable.text([head(grouping.rawValue)] + group.map { row(name($0), $0) })]
        }
        if report.month != nil {
            let silent = report.silentFacilities
            lines += ["", "facilities that sent nothing of the month  \(silent.count)"] + silent.map { "  " + $0 }
        }
        return lines.joined(separator: "\n")
    }

    private static func coverage(_ coverage: WarehouseCoverage?) -> String {
        guard let coverage else { return "residents with a book  not counted; see cycle book enrol" }
        return "residents with a book  \(coverage.withBook) of \(coverage.residents), "
            + "\(coverage.percent), as MoH counted at "
            + PresentedBook.time(coverage.countedAt)
    }

    /// Visits behind a number.
    public static func records(_ records: [WarehouseRecord]) -> String {
        let rows = records.map { record in
            let why =
                record.missing.map { "no " + $0 } + record.contradictions
                + (record.duplicateOf.map { ["of " + $0] } ?? [])
            return [
                record.record, "\(record.revision)", record.standing, record.facility, record.kind, record.discharged,
                record.disease, record.minutesToBook.map(String.init) ?? "–",
                why.isEmpty ? "–" : why.joined(separator: " "),
            ]
        }
        let head = [
            "record", "revision", "standing", "facility", "kind", "discharged", "disease", "min to book", "why",
        ]
        return TextTable.text([head] + rows)
    }

    /// Repeated tests: the whole, by test, by facility, and the latest.
    public static func repeats(_ repeats: WarehouseRepeats) -> String {
        func rows(_ first: String, _ rows: [RepeatRow]) -> String {
            let lines = rows.map { row in
                [
                    row.title.isEmpty ? row.key : "\(row.key) \(row.title)", "\(row.tests)", "\(row.repeats)",
                    share(row.repeats, row.tests), "\(row.known)",
                ]
            }
            return TextTable.text([[first, "results", "repeats", "%", "known"]] + lines)
        }
        var lines = [
            "\(repeats.province) \(repeats.provinceName), \(repeats.month ?? "all months"), by discharge",
            "a repeat: the person has a result of the same test in another visit, at most \(repeats.days) days earlier",
            "known: that visit was in the book before this one began", "",
            rows("test", [repeats.total] + repeats.tests), "", rows("facility", repeats.facilities),
        ]
        if !repeats.records.isEmpty {
            let found = repeats.records.prefix(20).map { record in
                [
                    record.resulted, record.record, record.facility, record.service + " " + record.code,
                    "\(record.days)", record.earlierRecord, record.earlierFacility, record.wasKnown ? "yes" : "no",
                ]
            }
            lines += [
                "", "the latest:",
                TextTable.text(
                    [["result of", "record", "facility", "test", "days", "earlier record", "facility", "known"]] + found
                ),
            ]
        }
        return lines.joined(separator: "\n")
    }

    private static func head(_ first: String) -> [String] {
        [first, "visits", "đúng", "%", "đủ", "%", "sạch", "%", "sống", "%", "late"]
    }

    private static func row(_ name: String, _ row: WarehouseRow) -> [String] {
        [name, "\(row.visits)"]
            + [row.correct, row.complete, row.clean, row.live].flatMap { ["\($0)", share($0, row.visits)] }
            + ["\(row.late)"]
    }

    private static func name(_ row: WarehouseRow) -> String { row.title.isEmpty ? row.key : "\(row.key) \(row.title)" }

    /// Percent with one place, cut and not rounded up, so that 100.0 means all.
    private static func share(_ part: Int64, _ whole: Int64) -> String {
        guard whole > 0 else { return "–" }
        let thousandths = part * 1_000 / whole
        return "\(thousandths / 10).\(thousandths % 10)"
    }
}
