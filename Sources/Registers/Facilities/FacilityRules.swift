import ExchangeSchema
import PartyCore

/// Reads a row of a file of facilities by the rules of its columns.
struct FacilityRules {
    let file: String
    let row: RegisterRow<FacilityColumn>
    private(set) var problems: [RowProblem] = []

    init(_ row: RegisterRow<FacilityColumn>, file: String) {
        self.row = row
        self.file = file
    }

    /// The facility of this row; nil when ``problems`` says why not.
    mutating func facility() -> FacilityEntry? {
        let code = read(.code, IdentifierError.Rule.facilityCodeLength.text) { try? FacilityCode(parsing: $0) }
        let identifier = row[.identifier]
        if !identifier.isEmpty, identifier.utf8.count != 13 || !identifier.isDigits {
            report(.identifier, "a facility's identifier has 13 digits")
        }
        if row[.name].isEmpty { report(.name, "is needed and is blank") }
        let province = read(.province, PersonRules.provinceRule) { FormerProvince(twoDigits: $0)?.province }
        let kinds = FacilityKind.allCases.map(\.rawValue).joined(separator: ", ")
        let kind = read(.kind, "a kind is one of \(kinds)") { FacilityKind(rawValue: $0) }
        let isConnected = read(.connected, Self.answerRule, Self.answer)
        let hasRecords = read(.electronicRecords, Self.answerRule, Self.answer)
        let practitioners = list(.practitioners)
        if let long = practitioners.first(where: { $0.utf8.count > 255 }) {
            report(.practitioners, "\(PrintableText.escaped(long, limit: 20)) has more than 255 bytes")
        }
        guard problems.isEmpty, let code, let province, let kind, let isConnected, let hasRecords else { return nil }
        return FacilityEntry(
            facility: RegisteredFacility(
                code: code, identifier: identifier.isEmpty ? nil : identifier, province: province, kind: kind,
                isConnected: isConnected, hasElectronicRecords: hasRecords, namesPractitioners: !practitioners.isEmpty),
            name: row[.name], specialties: list(.specialties), practitioners: practitioners)
    }

    private static let answerRule = "is yes or no"

    private static func answer(_ text: String) -> Bool? {
        switch text.lowercased() {
        case "yes", "true", "1": true
        case "no", "false", "0": false
        default: nil
        }
    }

    private func list(_ column: FacilityColumn) -> [String] {
        row[column].split(separator: ";").map { $0.trimmingBlanks }.filter { !$0.isEmpty }
    }

    private mutating func read<Value>(
        _ column: FacilityColumn, _ rule: String, _ read: (String) -> Value?
    ) -> Value? {
        if row[column].isEmpty {
            report(column, "is needed and is blank")
            return nil
        }
        let value = read(row[column])
        if value == nil { report(column, rule) }
        return value
    }

    private mutating func report(_ column: FacilityColumn, _ rule: String) {
        problems.append(
            RowProblem(file: file, line: row.line, column: column.name, value: row[column], rule: rule))
    }
}
