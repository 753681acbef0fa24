import WarehouseStore

/// Visits and the four words, a row for each grouping: as reports of provinces and departments show them.
enum QualityTable {
    static func markup(_ caption: String, _ first: String, _ rows: [[ReportTable.Cell]]) -> Markup {
        ReportTable(
            caption: caption,
            columns: [.text(first)]
                + ["Visits", "đúng", "đủ", "sạch", "sống", "Later than 24 h"].map { ReportTable.Column.number($0) },
            rows: rows, isSortable: true
        ).markup
    }

    static func row(_ name: String, _ row: WarehouseRow) -> [ReportTable.Cell] {
        [.text(name), .count(row.visits)]
            + [row.correct, row.complete, row.clean, row.live].map { share($0, row.visits) }
            + [.count(row.late, style: row.late > 0 ? "waits" : "")]
    }

    /// The number, and its share with one place, cut so that 100.0 % means all.
    private static func share(_ part: Int64, _ whole: Int64) -> ReportTable.Cell {
        guard whole > 0 else { return .count(part) }
        let thousandths = part * 1_000 / whole
        return ReportTable.Cell(
            Markup("\(NumberText.count(part)) (\(thousandths / 10).\(thousandths % 10) %)"), order: part)
    }
}
