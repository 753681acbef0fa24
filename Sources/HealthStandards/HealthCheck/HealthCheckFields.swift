import ExchangeSchema

/// The fields of the tables of a health check: what each may hold, and where it goes. `health-check-fields.tsv` has them;
/// lengths that the text at hand does not give clearly are not checked.
enum HealthCheckFields {
    /// A place of its own in a record.
    typealias Place = any WritableKeyPath<HealthCheckRecord, String> & Sendable

    /// A field.
    struct Entry: Sendable {
        let rule: FieldRule
        /// Nil of what travels by its name.
        let place: Place?

        init(
            _ name: String, _ kind: FieldRule.Kind, _ length: Int?, _ isRequired: Bool, _ shape: FieldShape,
            _ place: Place?
        ) {
            rule = FieldRule(name: name, kind: kind, maximumLength: length, isRequired: isRequired, shape: shape)
            self.place = place
        }
    }

    private struct Table: Sendable {
        let entries: [Entry]
        let positions: [String: Int]

        init(_ entries: [Entry]) {
            self.entries = entries
            positions = Dictionary(
                entries.enumerated().map { ($0.element.rule.name, $0.offset) }, uniquingKeysWith: { first, _ in first })
        }
    }

    private static let tables: [HealthCheckBlock: Table] = all.mapValues { Table($0) }

    /// A field by its name; nil for one that the annex does not have.
    static func entry(_ name: String, in block: HealthCheckBlock) -> Entry? {
        guard let table = tables[block], let position = table.positions[name] else { return nil }
        return table.entries[position]
    }

    /// The rules of a table, in the order of the annex.
    static func rules(of block: HealthCheckBlock) -> [FieldRule] { tables[block]?.entries.map(\.rule) ?? [] }

    /// Fields in the order of the annex, then what it does not have as it came.
    static func ordered(_ fields: [HealthCheckField], in block: HealthCheckBlock) -> [HealthCheckField] {
        guard let positions = tables[block]?.positions else { return fields }
        let known = fields.compactMap { field in positions[field.name].map { ($0, field) } }
        return known.sorted { $0.0 < $1.0 }.map(\.1) + fields.filter { positions[$0.name] == nil }
    }
}
