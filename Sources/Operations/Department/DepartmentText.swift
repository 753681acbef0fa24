public import BookStore
import HealthBook
public import ReportPage
import Supervision
import WarehouseStore

/// A department's report as plain text.
public enum DepartmentText {
    /// The report.
    public static func report(_ report: DepartmentReport) -> String {
        let place = report.province.map { "\($0) \(report.provinceName)" } ?? report.provinceName
        let standings = report.facilities
        var lines = [
            "\(place), \(report.month ?? "all months")", "", coverage(report),
            "facilities connected  \(standings.connected) of \(standings.registered), "
                + share(standings.connected, standings.registered),
            "facilities with electronic records  "
                + (standings.electronicRecords.map {
                    "\($0) of \(standings.registered), \(share($0, standings.registered))"
                } ?? "the register does not say"),
            "facilities sending  \(standings.sending) of \(standings.registered), "
                + share(standings.sending, standings.registered),
            "connected, and nothing on \(report.day)  \(standings.silent.count)",
            "people with a visit in a book  \(report.people)", "withdrawn  \(report.withdrawn)",
            "earlier revisions  \(report.superseded)", "",
        ]
        var rows = [row("all", report.total)]
        if let before = report.before { rows.append(row("the month before", before)) }
        lines.append(TextTable.text([head("visits")] + rows))
        lines += ["", TextTable.text([head("kind")] + report.kinds.map { row(name($0), $0) })]
        lines += ["", TextTable.text([head("facility")] + report.senders.prefix(most).map { row(name($0), $0) })]
        lines += ["", refusals(report.refusals)]
        let repeats = report.repeats.total
        lines += [
            "",
            "tests repeated within \(report.repeats.days) days  \(repeats.repeats) of \(repeats.tests), "
                + "\(share(repeats.repeats, repeats.tests)); known before  \(repeats.known)",
        ]
        if !standings.unregistered.isEmpty {
            lines.append("facilities that are not on the register  \(standings.unregistered.joined(separator: ", "))")
        }
        if !standings.silent.isEmpty {
            lines += ["", "connected, and nothing on \(report.day):"]
            lines += standings.silent.prefix(most).map { "  \($0.code)  \($0.name)" }
            let rest = standings.silent.count - most
            if rest > 0 { lines.append("  and \(rest) more; all of them with --csv") }
        }
        return lines.joined(separator: "\n")
    }

    /// Records behind a number of refusals.
    public static func refused(_ records: [RefusedRecord]) -> String {
        let rows = records.map { record in
            [
                record.record, "\(record.revision)", record.facility, record.code, PresentedBook.time(record.refusedAt),
                record.stands ? "last word" : "sent again since",
            ]
        }
        return TextTable.text([["record", "revision", "facility", "code", "returned", "stands"]] + rows)
    }

    private static let most = 20

    private static func coverage(_ report: DepartmentReport) -> String {
        guard let coverage = report.coverage else { return "residents with a book  not counted; see cycle book enrol" }
        return "residents with a book  \(coverage.withBook) of \(coverage.residents), \(coverage.percent), of "
            + (report.countedProvinces.count == 1
                ? "province \(report.countedProvinces[0])" : "\(report.countedProvinces.count) provinces")
            + ", counted at \(PresentedBook.time(coverage.countedAt))"
    }

    private static func refusals(_ refusals: DepartmentReport.RefusalFigures) -> String {
        let before = refusals.before.map { ", the month before \($0)" } ?? ""
        var lines = ["returned to facilities  \(refusals.ever)\(before); last word  \(refusals.standing)"]
        lines += refusals.unknown.map { "what \($0) returned is kept elsewhere" }
        func table(_ first: String, _ sums: [DepartmentReport.RefusalFigures.Sum]) -> String {
            TextTable.text(
                [[first, "all", "last word"]]
                    + sums.map { [$0.key.isEmpty ? "–" : $0.key, "\($0.ever)", "\($0.standing)"] })
        }
        guard !refusals.counts.isEmpty else { return lines.joined(separator: "\n") }
        lines += ["", table("code", refusals.codes), "", table("facility", Array(refusals.facilities.prefix(most)))]
        return lines.joined(separator: "\n")
    }

    private static func head(_ first: String) -> [String] {
        [first, "visits", "đúng", "%", "đủ", "%", "sạch", "%", "sống", "%", "late"]
    }

    private static func row(_ name: String, _ row: WarehouseRow) -> [String] {
        [name, "\(row.visits)"]
            + [row.correct, row.complete, row.clean, row.live].flatMap {
                ["\($0)", share($0, row.visits).replacing(" %", with: "")]
            }
            + ["\(row.late)"]
    }

    private static func name(_ row: WarehouseRow) -> String { row.title.isEmpty ? row.key : "\(row.key) \(row.title)" }

    /// Percent with one place, cut and not rounded up, so that 100.0 % means all.
    private static func share(_ part: Int64, _ whole: Int64) -> String {
        guard whole > 0 else { return "–" }
        let thousandths = part * 1_000 / whole
        return "\(thousandths / 10).\(thousandths % 10) %"
    }
}
