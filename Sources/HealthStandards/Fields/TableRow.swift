import ExchangeSchema

/// A row whose fields can be reached by their position in the annex. Conformances are generated from
/// xml130-fields.tsv by scripts/generate-fields.
protocol TableRow: Sendable, Equatable {
    static var table: VisitTable { get }
    /// The fields in the order of the annex, which is also the order of the elements on the wire.
    static var definitions: [FieldDefinition] { get }
    /// The text of the field at a position in `definitions`.
    subscript(field index: Int) -> String { get set }
    var otherFields: [OtherField] { get set }
    init()
}
