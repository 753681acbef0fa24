/// The rules of all fields in every edition.
struct FieldRuleBook: Sendable {
    static let shipped = FieldRuleBook(.shipped)

    private let amendments: [DatedTable]
    private let tables: [StandardEdition: [FieldTable]]

    init(_ all: DatedTables) {
        let amendments = all.editions("field-rules")
        self.amendments = amendments
        // An edition begins on the first day of an amendment, and on the day after its last one.
        let days = amendments.flatMap { [$0.first, $0.last == .max ? $0.last : $0.last + 1] }
        var tables: [StandardEdition: [FieldTable]] = [:]
        for day in days + [.min] {
            let edition = Self.edition(amendments, onDay: day)
            if tables[edition] == nil { tables[edition] = Self.tables(edition.amendments.map { amendments[$0] }) }
        }
        if tables[.decision4750] == nil { tables[.decision4750] = Self.tables([]) }
        self.tables = tables
    }

    /// - Parameter day: `yyyymmdd`.
    func edition(onDay day: Int32) -> StandardEdition { Self.edition(amendments, onDay: day) }

    func table(_ table: VisitTable, _ profile: ValidationProfile, _ edition: StandardEdition) -> FieldTable {
        let place = VisitTable.allCases.firstIndex(of: table) ?? 0
        let found = tables[edition] ?? tables[.decision4750] ?? []
        return found[place * 2 + (profile == .annex ? 0 : 1)]
    }

    private static func edition(_ amendments: [DatedTable], onDay day: Int32) -> StandardEdition {
        StandardEdition(amendments: amendments.indices.filter { amendments[$0].isInForce(onDay: day) })
    }

    /// Every table, for the annex and then for the portal.
    private static func tables(_ amendments: [DatedTable]) -> [FieldTable] {
        VisitTable.allCases.flatMap { table in
            let definitions = table.definitions
            return [
                FieldTable(definitions.map { amended($0.annex, table, amendments) }),
                FieldTable(definitions.map { amended($0.portal, table, amendments) }),
            ]
        }
    }

    private static func amended(_ rule: FieldRule, _ table: VisitTable, _ amendments: [DatedTable]) -> FieldRule {
        amendments.reduce(rule) { rule, amendment in
            guard let text = amendment["\(table.rawValue).\(rule.name)"] else { return rule }
            return FieldAmendment(text)?.applied(to: rule) ?? rule
        }
    }
}

/// A value of the set `field-rules`: `length=4` (a field may be that long; it is never made shorter) or `required`.
enum FieldAmendment: Equatable {
    case length(Int)
    case required

    init?(_ text: String) {
        if text == "required" {
            self = .required
        } else if text.hasPrefix("length="), let length = Int(text.dropFirst("length=".count)), length > 0 {
            self = .length(length)
        } else {
            return nil
        }
    }

    func applied(to rule: FieldRule) -> FieldRule {
        switch self {
        case .required:
            FieldRule(
                name: rule.name, kind: rule.kind, maximumLength: rule.maximumLength, isRequired: true,
                shape: rule.shape)
        case .length(let length):
            FieldRule(
                name: rule.name, kind: rule.kind, maximumLength: rule.maximumLength.map { max($0, length) },
                isRequired: rule.isRequired, shape: rule.shape)
        }
    }
}
