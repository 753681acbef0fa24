import ExchangeSchema

/// The rules of one table under one profile, with the way from an element name to its position.
struct FieldTable: Sendable {
    let rules: [FieldRule]
    private let positions: [String: Int]

    init(_ rules: [FieldRule]) {
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
        FieldRuleBook.shipped.table(Row.table, profile, edition)
    }
}
