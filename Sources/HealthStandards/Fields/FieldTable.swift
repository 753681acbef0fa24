import ExchangeSchema

/// The rules of one table under one profile, with the way from an element name to its position.
struct FieldTable: Sendable {
    let rules: [FieldRule]
    private let positions: [String: Int]

    private init(_ rules: [FieldRule]) {
        self.rules = rules
        var positions: [String: Int] = [:]
        for (index, rule) in rules.enumerated() { positions[rule.name] = index }
        self.positions = positions
    }

    /// The position of a field; files mostly keep the order of the annex, so the next one is tried first.
    func position(of name: String, after last: Int) -> Int? {
        let next = last + 1
        if next < rules.count, rules[next].name == name { return next }
        return positions[name]
    }

    static func of<Row: TableRow>(
        _ row: Row.Type, _ profile: ValidationProfile, _ edition: StandardEdition
    ) -> FieldTable {
        let tables =
            switch Row.table {
            case .xml1: xml1
            case .xml2: xml2
            case .xml3: xml3
            case .xml4: xml4
            case .xml5: xml5
            }
        return tables[edition.rawValue * 2 + (profile == .annex ? 0 : 1)]
    }

    private static let xml1 = all(SummaryRow.self)
    private static let xml2 = all(DrugLine.self)
    private static let xml3 = all(ServiceLine.self)
    private static let xml4 = all(ResultLine.self)
    private static let xml5 = all(CourseLine.self)

    /// The tables of every edition, in order, each for the annex and then for the portal.
    private static func all<Row: TableRow>(_ row: Row.Type) -> [FieldTable] {
        StandardEdition.allCases.flatMap { edition in
            [
                FieldTable(Row.definitions.map { edition.amended($0.annex, in: Row.table) }),
                FieldTable(Row.definitions.map { edition.amended($0.portal, in: Row.table) }),
            ]
        }
    }
}
