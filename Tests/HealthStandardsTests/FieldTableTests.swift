import ExchangeSchema
import Foundation
import SwiftProtobuf
import Testing

@testable import HealthStandards

@Suite struct FieldTableTests {
    /// The rows of xml130-fields.tsv, header left out.
    private static func rows() throws -> [[String]] {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let file = root.appending(path: "Sources/HealthStandards/Fields/xml130-fields.tsv")
        let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n").dropFirst()
        return lines.map { $0.split(separator: "\t").map(String.init) }
    }

    @Test(arguments: ValidationProfile.allCases)
    func swiftTablesAgreeWithTheList(profile: ValidationProfile) throws {
        let column = profile == .annex ? 3 : 5
        let listed = try Self.rows().map { row in
            [row[0], row[1], row[column], row[column + 1], String(row[7] == "yes"), row[8]]
        }
        let compiled = VisitTable.allCases.flatMap { table in
            table.rules(profile).map { rule in
                [
                    table.rawValue, rule.name, rule.kind.rawValue, rule.maximumLength.map(String.init) ?? "n",
                    String(rule.isRequired), rule.shape.rawValue,
                ]
            }
        }
        #expect(listed.count == 173)
        #expect(listed == compiled)
    }

    /// Each field, set by its position, appears under its own name in the message that the list gives it.
    @Test func everyFieldIsItsOwnPropertyOfTheMessage() throws {
        for (table, lines) in Dictionary(grouping: try Self.rows(), by: { $0[0] }) {
            for (index, line) in lines.enumerated() {
                let name = line[1].lowercased()
                let found =
                    switch table {
                    case "XML1": try summaryNames(index)
                    case "XML2": try names(index, DrugLine.self)
                    case "XML3": try names(index, ServiceLine.self)
                    case "XML4": try names(index, ResultLine.self)
                    default: try names(index, CourseLine.self)
                    }
                #expect(found == [table == "XML1" ? "\(line[2]).\(name)" : name])
            }
        }
    }

    private func names<Row: TableRow & Message>(_ index: Int, _ type: Row.Type) throws -> [String] {
        var row = Row()
        row[field: index] = "v"
        #expect(row[field: index] == "v")
        return try names(row)
    }

    private func summaryNames(_ index: Int) throws -> [String] {
        var row = SummaryRow()
        row[field: index] = "v"
        #expect(row[field: index] == "v")
        return try names(row.administrative).map { "AdministrativeBlock.\($0)" }
            + names(row.insurance).map { "InsuranceBlock.\($0)" } + names(row.clinical).map { "ClinicalBlock.\($0)" }
    }

    private func names(_ message: some Message) throws -> [String] {
        var options = JSONEncodingOptions()
        options.preserveProtoFieldNames = true
        let data: Data = try message.jsonUTF8Data(options: options)
        return try JSONDecoder().decode([String: String].self, from: data).keys.sorted()
    }

    @Test func annexAndPortalDifferWhereThePublishedTablesDo() {
        let annex = VisitTable.xml1.rules(.annex)
        let portal = VisitTable.xml1.rules(.portal)
        #expect(annex[4].name == "SO_CCCD" && annex[4].kind == .number && portal[4].kind == .text)
        #expect(annex[7].maximumLength == 5 && portal[7].maximumLength == 10)
    }
}
