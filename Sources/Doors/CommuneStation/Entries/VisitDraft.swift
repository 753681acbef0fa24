import ExchangeSchema
import Foundation
import HealthStandards

/// A visit as the form says it, with what can be computed: sums, shares, and what is the same in every row.
struct VisitDraft {
    /// The visit.
    let record: VisitRecord
    private let facility: String
    private let typed: TypedRecord
    /// Of each row that goes, its number in the form.
    private let rowNumbers: [VisitTable: [Int]]

    init(_ typed: TypedRecord, facility: String) {
        self.typed = typed
        self.facility = facility
        var summary = NamedRow(.xml1)
        for field in VisitFields.sections.flatMap(\.fields) where field.name.hasPrefix("XML1.") {
            summary[field.code] = WrittenValue.standard(typed[field.name], field.kind)
        }
        summary["MA_LK"] = typed.number
        summary["STT"] = "1"
        summary["MA_CSKCB"] = facility
        summary["NGAY_TTOAN"] = summary["NGAY_RA"]
        summary["NAM_QT"] = String(summary["NGAY_RA"].prefix(4))
        summary["THANG_QT"] = String(summary["NGAY_RA"].dropFirst(4).prefix(2))
        var rowNumbers: [VisitTable: [Int]] = [:]
        for table in VisitFields.rowTables {
            rowNumbers[table] = (1...typed.rows(of: table)).filter { number in
                VisitFields.row(table, number).contains { !typed[$0.name].isEmpty }
            }
        }
        self.rowNumbers = rowNumbers
        var details = ClinicalDetails()
        var claim = ClaimSums()
        let rows = VisitRows(typed: typed, summary: summary)
        func all(_ table: VisitTable) -> [NamedRow] {
            (rowNumbers[table] ?? []).enumerated().map { rows.row(table, number: $1, ordinal: $0 + 1) }
        }
        for row in all(.xml2) {
            details.drugs.append(row.drug)
            claim.add(row)
        }
        for row in all(.xml3) {
            details.services.append(row.service)
            claim.add(row)
        }
        details.results = all(.xml4).map(\.result)
        claim.write(into: &summary)
        record = summary.visit(details)
    }

    /// What the rules of the tables find, as of an envelope with this visit.
    func faults(on day: String) -> [JudgedRecord.Fault] {
        thousands
            + envelopeProblems(on: day).map { problem in
                JudgedRecord.Fault(
                    input: input(of: problem),
                    finding: ValidationFinding(problem, isWarning: false, profile: .portal))
            }
    }

    private func envelopeProblems(on day: String) -> [EnvelopeProblem] {
        do throws(EnvelopeProblem) {
            let bytes = try EnvelopeWriter.write([record], facilityCode: facility, createdOn: day)
            // What was written by the rules of the layout can be read.
            return (try? EnvelopeReader.read(bytes))?.problems ?? []
        } catch {
            return [error]
        }
    }

    /// Who writes ten thousand as 10.000 would be taken to mean ten.
    private var thousands: [JudgedRecord.Fault] {
        VisitFields.rowTables.flatMap { table in
            (rowNumbers[table] ?? []).enumerated().compactMap { place, number in
                let field = VisitFields.row(table, number).first { $0.code.contains("DON_GIA") }
                guard let field, case let parts = typed[field.name].split(separator: "."), parts.count > 1,
                    parts.dropFirst().allSatisfy({ $0.utf8.count == 3 })
                else { return nil }
                return JudgedRecord.Fault(
                    input: field.name,
                    finding: ValidationFinding(
                        severity: .error, table: table.rawValue, row: place + 1,
                        field: String(field.code.dropFirst(5)),
                        value: PrintableText.escaped(typed[field.name], limit: 80), rule: "thousands-mark",
                        english: "dong are written without a mark between thousands: 10000",
                        vietnamese: "số tiền viết liền, không có dấu ngăn hàng nghìn: 10000",
                        source: "simulator-defined"))
            }
        }
    }

    /// The field of the form in which a problem stands.
    private func input(of problem: EnvelopeProblem) -> String {
        guard let table = problem.table.flatMap(VisitTable.init(rawValue:)), let field = problem.field else {
            return ""
        }
        if table != .xml1, let row = problem.row, let numbers = rowNumbers[table], numbers.indices.contains(row - 1) {
            let fields = VisitFields.row(table, numbers[row - 1])
            if let own = fields.first(where: { $0.code == "\(table.rawValue).\(field)" }) { return own.name }
            // What is computed from the price.
            if field.hasPrefix("T_") || field.hasPrefix("THANH_TIEN") {
                return fields.first { $0.code.contains("DON_GIA") }?.name ?? ""
            }
        }
        let name = Self.sources[field] ?? field
        return VisitFields.sections.flatMap(\.fields).first { $0.code == name }?.name ?? ""
    }

    /// Fields that have their value from another one of the form.
    private static let sources = [
        "MA_BENH": "MA_BENH_CHINH", "NGAY_YL": "NGAY_VAO", "NGAY_TTOAN": "NGAY_RA", "NAM_QT": "NGAY_RA",
        "THANG_QT": "NGAY_RA", "MA_BS_DOC_KQ": "MA_BAC_SI",
    ]
}

/// Makes the rows of a visit.
private struct VisitRows {
    let typed: TypedRecord
    let summary: NamedRow

    func row(_ table: VisitTable, number: Int, ordinal: Int) -> NamedRow {
        var row = NamedRow(table)
        for field in VisitFields.row(table, number) {
            row[String(field.code.dropFirst(5))] = WrittenValue.standard(typed[field.name], field.kind)
        }
        row["MA_LK"] = summary["MA_LK"]
        row["STT"] = String(ordinal)
        let practitioner = WrittenValue.standard(typed["XML3.MA_BAC_SI"], .line)
        guard table != .xml4 else {
            row["MA_BS_DOC_KQ"] = practitioner
            return row
        }
        row["MA_BAC_SI"] = practitioner
        row["MA_KHOA"] = summary["MA_KHOA"]
        row["NGAY_YL"] = summary["NGAY_VAO"]
        row["MA_PTTT"] = "1"
        row["PHAM_VI"] = "1"
        row["TYLE_TT_BH"] = "100"
        if table == .xml2 {
            row["MA_NHOM"] = "4"
            row["NGUON_CTRA"] = "1"
        } else {
            row["DON_GIA_BH"] = row["DON_GIA_BV"]
            row["TYLE_TT_DV"] = "100"
            row["MA_BENH"] = summary["MA_BENH_CHINH"]
        }
        price(&row)
        return row
    }

    /// T_BHTT = THANH_TIEN_BH x MUC_HUONG / 100, T_BNCCT the rest; without a card the patient pays all (Decision 130/QD-BYT,
    /// annex, XML2 and XML3).
    private func price(_ row: inout NamedRow) {
        let isInsured = !summary["MA_THE_BHYT"].isEmpty
        row["MUC_HUONG"] = isInsured ? WrittenValue.standard(typed[VisitFields.share], .digits) : "0"
        let price = Amount.read(row["DON_GIA"].isEmpty ? row["DON_GIA_BV"] : row["DON_GIA"])
        let whole = Amount.rounded((Amount.read(row["SO_LUONG"]) ?? 0) * (price ?? 0))
        let covered = isInsured ? whole : 0
        let fund = Amount.rounded(covered * (Amount.read(row["MUC_HUONG"]) ?? 0) / 100)
        row["THANH_TIEN_BV"] = Amount.text(whole)
        row["THANH_TIEN_BH"] = Amount.text(covered)
        row["T_BHTT"] = Amount.text(fund)
        row["T_BNCCT"] = Amount.text(covered - fund)
        row["T_BNTT"] = Amount.text(whole - covered)
        for source in ["_NSNN", "_VTNN", "_VTTN", "_CL", ""] { row["T_NGUONKHAC\(source)"] = "0" }
    }
}

/// The sums of XML1 over XML2 and XML3.
private struct ClaimSums {
    private var sums: [String: Decimal] = [:]

    mutating func add(_ row: NamedRow) {
        for (sum, field) in [
            ("T_TONGCHI_BV", "THANH_TIEN_BV"), ("T_TONGCHI_BH", "THANH_TIEN_BH"), ("T_BNTT", "T_BNTT"),
            ("T_BNCCT", "T_BNCCT"), ("T_BHTT", "T_BHTT"),
        ] { sums[sum, default: 0] += Amount.read(row[field]) ?? 0 }
        if row.table == .xml2 { sums["T_THUOC", default: 0] += Amount.read(row["THANH_TIEN_BV"]) ?? 0 }
    }

    func write(into summary: inout NamedRow) {
        for name in [
            "T_THUOC", "T_VTYT", "T_TONGCHI_BV", "T_TONGCHI_BH", "T_BNTT", "T_BNCCT", "T_BHTT", "T_NGUONKHAC",
            "T_BHTT_GDV",
        ] { summary[name] = Amount.text(sums[name] ?? 0) }
    }
}

/// Amounts in dong, with two decimals at most.
private enum Amount {
    /// Nil for what is no number from 0 on.
    static func read(_ text: String) -> Decimal? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), text.utf8.count <= 15,
            parts.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy { (0x30...0x39).contains($0) } })
        else { return nil }
        return Decimal(string: text, locale: Locale(identifier: "en_US_POSIX"))
    }

    static func rounded(_ amount: Decimal) -> Decimal {
        var (from, to) = (amount, Decimal())
        NSDecimalRound(&to, &from, 2, .plain)
        return to
    }

    static func text(_ amount: Decimal) -> String { "\(amount)" }
}
