import ExchangeSchema
import Vocabulary

/// Reads the tables of one HOSO and judges them together.
struct VisitAssembler {
    /// Root, list, row, field; one more is told apart from a field that holds elements.
    static let depthLimit = 8

    private let profile: ValidationProfile
    /// The day whose rules count; nil for the day on which the visit ended.
    private let day: CivilDate?
    private var edition = StandardEdition.decision4750
    private var problems: VisitProblems
    private var warnings: VisitProblems
    private var record = VisitRecord()
    private var episodeCode: String?

    /// A visit as it was read, whatever its state; it is sound when there are no problems.
    struct Assembled {
        var record: VisitRecord
        var episodeCode: String?
        var problems: VisitProblems
        var warnings: VisitProblems
    }

    static func assemble(_ raw: RawVisit, profile: ValidationProfile, day: CivilDate? = nil) -> Assembled {
        var assembler = VisitAssembler(raw, profile: profile, day: day)
        assembler.record.otherTables = raw.otherTables
        assembler.readSummary(raw)
        for (table, document) in raw.tables { assembler.readDetails(table, document) }
        if !raw.carried.isEmpty { assembler.readCarried(raw) }
        return Assembled(
            record: assembler.record, episodeCode: assembler.episodeCode, problems: assembler.problems,
            warnings: assembler.warnings)
    }

    private init(_ raw: RawVisit, profile: ValidationProfile, day: CivilDate?) {
        self.profile = profile
        self.day = day
        problems = raw.problems
        warnings = raw.warnings
    }

    private mutating func readSummary(_ raw: RawVisit) {
        guard let document = raw.tables.first(where: { $0.table == .xml1 })?.document else {
            let isReported = problems.list.contains { problem in
                if case .visitTooLarge = problem.rule { true } else { problem.table == VisitTable.xml1.rawValue }
            }
            if !isReported { problems.add(.missingTable, table: VisitTable.xml1.rawValue) }
            return
        }
        let summaries: [SummaryRow] = rows(document)
        guard let row = summaries.first else { return }
        record.administrative = row.administrative
        record.insurance = row.insurance
        record.clinical = row.clinical
        let code = record.episodeCode
        episodeCode = code.isEmpty ? nil : code
    }

    private mutating func readCarried(_ raw: RawVisit) {
        let day = day ?? StandardEdition.day(ofDischarge: record.insurance.ngayRa)
        let reading = CarriedReading(raw, episodeCode: episodeCode, day: day, profile: profile)
        record.tables = reading.tables
        warnings.add(reading.warnings)
        let carried = Set(reading.tables.map(\.part))
        for (part, _) in raw.carried where !carried.contains(part) && !record.otherTables.contains(part.name) {
            record.otherTables.append(part.name)
        }
    }

    private mutating func readDetails(_ table: VisitTable, _ document: [UInt8]) {
        switch table {
        case .xml1: break
        case .xml2: record.details.drugs = rows(document)
        case .xml3: record.details.services = rows(document)
        case .xml4: record.details.results = rows(document)
        case .xml5: record.details.courses = rows(document)
        }
    }

    private mutating func rows<Row: TableRow>(_ document: [UInt8]) -> [Row] {
        let handler = TableDocument<Row>(problems: problems)
        do throws(XMLFault) {
            let finding = try XMLWalk.walk(document, depthLimit: Self.depthLimit, handler: handler)
            if let name = finding.falseEncoding { warnings.add(.falseEncoding(name), table: Row.table.rawValue) }
        } catch {
            // Whoever has no rows writes an empty table in one of many ways. A visit needs its summary.
            if error != .empty || Row.table == .xml1 { problems.add(.notXML(error), table: Row.table.rawValue) }
            return []
        }
        problems = handler.problems
        if let summary = handler.rows.first as? SummaryRow {
            edition = .on(day ?? StandardEdition.day(ofDischarge: summary.insurance.ngayRa))
        }
        let fields = FieldTable.of(Row.self, profile, edition)
        var previous = ""
        for (index, row) in handler.rows.enumerated() {
            check(row, index + 1, fields)
            checkOrder(row, index + 1, after: &previous)
        }
        return handler.rows
    }

    private mutating func check(_ row: some TableRow, _ number: Int, _ fields: FieldTable) {
        for (index, rule) in fields.rules.enumerated() {
            let value = row[field: index]
            if let fault = rule.fault(in: value) {
                report(fault, row, number, field: rule.name, value: fault == .required ? nil : value)
            }
        }
        // MA_LK is the first field of every table and joins them.
        let code = row[field: 0]
        if let episodeCode, !code.isEmpty, code != episodeCode {
            report(.otherEpisode(expected: episodeCode), row, number, field: "MA_LK", value: code)
        }
    }

    /// STT is the second field; the annex has it rise from 1 over one sending, so from row to row it must rise.
    private mutating func checkOrder<Row: TableRow>(_ row: Row, _ number: Int, after previous: inout String) {
        let value = row[field: 1]
        guard FieldShape.ordinal.accepts(value), value.utf8.count <= 18, let ordinal = Int(value) else { return }
        if let last = Int(previous), ordinal <= last {
            report(.notRising(previous: previous), row, number, field: "STT", value: value)
        }
        previous = value
    }

    private mutating func report<Row: TableRow>(
        _ rule: EnvelopeProblem.Rule, _ row: Row, _ number: Int, field: String, value: String?
    ) {
        problems.add(rule, table: Row.table.rawValue, row: number, field: field, value: value)
    }
}
