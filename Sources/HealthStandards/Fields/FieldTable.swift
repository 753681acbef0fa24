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

    static func of<Row: TableRow>(_ row: Row.Type, _ profile: ValidationProfile) -> FieldTable {
        switch (Row.table, profile) {
        case (.xml1, .annex): xml1.annex
        case (.xml1, .portal): xml1.portal
        case (.xml2, .annex): xml2.annex
        case (.xml2, .portal): xml2.portal
        case (.xml3, .annex): xml3.annex
        case (.xml3, .portal): xml3.portal
        case (.xml4, .annex): xml4.annex
        case (.xml4, .portal): xml4.portal
        case (.xml5, .annex): xml5.annex
        case (.xml5, .portal): xml5.portal
        }
    }

    private typealias Pair = (annex: FieldTable, portal: FieldTable)
    private static let xml1: Pair = pair(SummaryRow.definitions)
    private static let xml2: Pair = pair(DrugLine.definitions)
    private static let xml3: Pair = pair(ServiceLine.definitions)
    private static let xml4: Pair = pair(ResultLine.definitions)
    private static let xml5: Pair = pair(CourseLine.definitions)

    private static func pair(_ definitions: [FieldDefinition]) -> Pair {
        (FieldTable(definitions.map(\.annex)), FieldTable(definitions.map(\.portal)))
    }
}
