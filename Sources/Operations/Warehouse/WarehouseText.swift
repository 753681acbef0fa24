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
            "people with a visit in the book  \(report.people)", "withdrawn  \(report.withdrawn)",
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
