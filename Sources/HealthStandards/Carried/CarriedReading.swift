import ExchangeSchema
import Vocabulary

/// Reads and judges the tables of a visit that travel as they are. A table with a fault is kept back by itself: the visit goes
/// without it, and its sender is told why.
struct CarriedReading {
    private let profile: ValidationProfile
    private let day: CivilDate?
    private let episodeCode: String?
    private let ordinal: Int
    /// What was found, in the order of the tables' numbers.
    private(set) var tables: [TableRows] = []
    /// What is told of the tables.
    private(set) var warnings: [EnvelopeProblem] = []
    /// Tables that were read and have no rows.
    private(set) var empty: [RecordPart] = []

    /// - Parameter day: On which the visit ended.
    init(_ raw: RawVisit, episodeCode: String?, day: CivilDate?, profile: ValidationProfile) {
        (self.profile, self.day, self.episodeCode) = (profile, day, episodeCode)
        ordinal = raw.ordinal
        for part in RecordPart.tables {
            let documents = raw.carried.filter { $0.part == part }.map(\.content)
            if !documents.isEmpty { read(part, documents) }
        }
    }

    private mutating func read(_ part: RecordPart, _ documents: [Result<[UInt8], Base64Text.Fault>]) {
        var problems = VisitProblems(ordinal: ordinal)
        var rows: [CarriedRow] = []
        let fields = CarriedRuleBook.shipped.table(part, profile, on: day)
        for document in documents {
            switch document {
            case .failure(let fault): problems.add(fault.rule, table: part.name, field: "NOIDUNGFILE")
            case .success(let bytes): rows += self.rows(part, bytes, fields, &problems)
            }
        }
        warnings += problems.list
        if !problems.list.isEmpty {
            warnings.append(EnvelopeProblem(visitOrdinal: ordinal, table: part.name, rule: .tableKeptBack))
        } else if rows.isEmpty {
            empty.append(part)
        } else {
            tables.append(TableRows(part, rows))
        }
    }

    private mutating func rows(
        _ part: RecordPart, _ document: [UInt8], _ fields: FieldTable, _ problems: inout VisitProblems
    ) -> [CarriedRow] {
        let handler = CarriedDocument(part.name, problems: problems)
        do throws(XMLFault) {
            let finding = try XMLWalk.walk(document, depthLimit: VisitAssembler.depthLimit, handler: handler)
            if let name = finding.falseEncoding {
                warnings.append(
                    EnvelopeProblem(visitOrdinal: ordinal, table: part.name, rule: .falseEncoding(name)))
            }
        } catch {
            if error != .empty { problems.add(.notXML(error), table: part.name) }
            return []
        }
        problems = handler.problems
        return handler.rows.enumerated().map { index, found in
            judge(found, index + 1, part, fields, &problems)
            return ordered(found, fields)
        }
    }

    private func judge(
        _ found: [OtherField], _ number: Int, _ part: RecordPart, _ fields: FieldTable, _ problems: inout VisitProblems
    ) {
        for rule in fields.rules {
            let value = found.first { $0.name == rule.name }?.value ?? ""
            if let fault = rule.fault(in: value) {
                problems.add(
                    fault, table: part.name, row: number, field: rule.name, value: fault == .required ? nil : value)
            }
        }
        if let episodeCode, let code = found.first(where: { $0.name == "MA_LK" })?.value, !code.isBlank,
            code != episodeCode
        {
            problems.add(
                .otherEpisode(expected: episodeCode), table: part.name, row: number, field: "MA_LK", value: code)
        }
    }

    /// The fields of the annex in their order, then the others; empty ones are left out.
    private func ordered(_ found: [OtherField], _ fields: FieldTable) -> CarriedRow {
        var row = CarriedRow()
        let given = found.filter { !$0.value.isBlank }
        let known = given.compactMap { field in fields.position(of: field.name, after: -1).map { ($0, field) } }
        row.fields = known.sorted { $0.0 < $1.0 }.map(\.1)
        row.fields += given.filter { fields.position(of: $0.name, after: -1) == nil }
        return row
    }
}
