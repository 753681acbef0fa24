public import ExchangeSchema

/// A row of one of the tables XML1 to XML5 whose fields are reached by their names in the annex: for whoever writes a visit
/// in another form and says of each field what becomes of it.
public struct NamedRow: Sendable, Equatable {
    /// The table.
    public let table: VisitTable
    /// The texts, in the order of the annex.
    private var values: [String]
    /// Elements outside the annex.
    public var others: [OtherField]

    /// An empty row.
    public init(_ table: VisitTable) {
        self.table = table
        values = Array(repeating: "", count: table.definitions.count)
        others = []
    }

    private init(of row: some TableRow) {
        table = type(of: row).table
        values = table.definitions.indices.map { row[field: $0] }
        others = row.otherFields
    }

    /// XML1.
    public init(_ administrative: AdministrativeBlock, _ insurance: InsuranceBlock, _ clinical: ClinicalBlock) {
        self.init(of: SummaryRow(administrative: administrative, insurance: insurance, clinical: clinical))
    }

    /// XML2.
    public init(_ row: DrugLine) { self.init(of: row) }
    /// XML3.
    public init(_ row: ServiceLine) { self.init(of: row) }
    /// XML4.
    public init(_ row: ResultLine) { self.init(of: row) }
    /// XML5.
    public init(_ row: CourseLine) { self.init(of: row) }

    /// The text of a field; empty where the table has no such field.
    public subscript(name: String) -> String {
        get { Self.place(name, table).map { values[$0] } ?? "" }
        set { if let place = Self.place(name, table) { values[place] = newValue } }
    }

    /// Whether the table has a field of this name.
    public static func has(_ name: String, in table: VisitTable) -> Bool { place(name, table) != nil }

    /// Fields that are not empty, in the order of the annex.
    public var filled: [(name: String, value: String)] {
        zip(table.definitions, values).filter { !$1.isEmpty }.map { ($0.name, $1) }
    }

    /// As XML2; of another table, nothing.
    public var drug: DrugLine { row() }
    /// As XML3; of another table, nothing.
    public var service: ServiceLine { row() }
    /// As XML4; of another table, nothing.
    public var result: ResultLine { row() }
    /// As XML5; of another table, nothing.
    public var course: CourseLine { row() }

    /// As the blocks of XML1; of another table, nothing. Elements outside the annex go to the clinical block, as an envelope's.
    public func visit(_ details: ClinicalDetails) -> VisitRecord {
        let row: SummaryRow = row()
        return VisitRecord(
            administrative: row.administrative, insurance: row.insurance, clinical: row.clinical, details: details)
    }

    private func row<Row: TableRow>() -> Row {
        var row = Row()
        guard Row.table == table else { return row }
        for (place, value) in values.enumerated() where !value.isEmpty { row[field: place] = value }
        row.otherFields = others
        return row
    }

    private static func place(_ name: String, _ table: VisitTable) -> Int? { places[table]?[name] }

    private static let places: [VisitTable: [String: Int]] = Dictionary(
        uniqueKeysWithValues: VisitTable.allCases.map { table in
            (
                table,
                Dictionary(uniqueKeysWithValues: table.definitions.enumerated().map { ($0.element.name, $0.offset) })
            )
        })
}
