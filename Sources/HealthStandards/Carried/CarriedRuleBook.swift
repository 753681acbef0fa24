public import ExchangeSchema
public import Vocabulary

/// The rules of the fields of tables that travel as they are, in every edition. XML13 has two structures by date: which
/// fields it has, the set `XML13` of ``DatedTables`` says.
struct CarriedRuleBook: Sendable {
    static let shipped = CarriedRuleBook(.shipped)

    private let amendments: [DatedTable]
    private let referrals: [DatedTable]
    private let base: [ValidationProfile: [RecordPart: FieldTable]]
    private let referralRules: [ValidationProfile: [FieldTable]]

    init(_ all: DatedTables) {
        amendments = all.editions("field-rules")
        let referrals = all.editions("XML13")
        self.referrals = referrals
        var base: [ValidationProfile: [RecordPart: FieldTable]] = [:]
        var referralRules: [ValidationProfile: [FieldTable]] = [:]
        for profile in ValidationProfile.allCases {
            var tables: [RecordPart: FieldTable] = [:]
            for part in RecordPart.tables { tables[part] = FieldTable(Self.rules(of: part, profile)) }
            base[profile] = tables
            referralRules[profile] = referrals.map { FieldTable(Self.rules(by: $0, profile)) }
        }
        (self.base, self.referralRules) = (base, referralRules)
    }

    /// The rules of a table for a visit that ended on a day; the oldest where the day is not known.
    func table(_ part: RecordPart, _ profile: ValidationProfile, on day: CivilDate?) -> FieldTable {
        if part == .xml13, let place = referralEdition(on: day), let tables = referralRules[profile] {
            return tables[place]
        }
        guard let table = base[profile]?[part] else { return FieldTable([]) }
        // Few amendments name these tables, and most visits have none of them: nothing is worked out before.
        let inForce = amendments.filter { amendment in
            day.map { amendment.isInForce(on: $0) } == true
                && amendment.keys.contains { $0.hasPrefix(part.name + ".") }
        }
        guard !inForce.isEmpty else { return table }
        return FieldTable(
            table.rules.map { rule in
                inForce.reduce(rule) { rule, amendment in
                    guard let text = amendment["\(part.name).\(rule.name)"] else { return rule }
                    return FieldAmendment(text)?.applied(to: rule) ?? rule
                }
            })
    }

    private func referralEdition(on day: CivilDate?) -> Int? {
        guard let day else { return referrals.indices.first }
        return referrals.lastIndex { $0.isInForce(on: day) }
    }

    private static func rules(of part: RecordPart, _ profile: ValidationProfile) -> [FieldRule] {
        CarriedFields.definitions(of: part).map { profile == .annex ? $0.annex : $0.portal }
    }

    /// The fields of one structure of XML13. Of those that the table of Decision 4750 does not have, nothing is known but
    /// that codes of facilities have five characters.
    private static func rules(by structure: DatedTable, _ profile: ValidationProfile) -> [FieldRule] {
        let known = rules(of: .xml13, profile)
        return structure.keys.map { name in
            let rule = known.first { $0.name == name }
            let isCode = name.hasPrefix("MA_CSKCB")
            return FieldRule(
                name: name, kind: rule?.kind ?? .text, maximumLength: rule.map(\.maximumLength) ?? (isCode ? 5 : nil),
                isRequired: structure[name] == "required", shape: rule?.shape ?? .plain)
        }
    }
}

extension RecordPart {
    /// The rules of a table's fields for a visit that ended on a day, in the order of the annex; none for a block.
    public func fieldRules(_ profile: ValidationProfile, on day: CivilDate?) -> [FieldRule] {
        CarriedRuleBook.shipped.table(self, profile, on: day).rules
    }
}
