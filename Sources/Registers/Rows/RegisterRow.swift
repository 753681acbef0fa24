/// One row of a register file, as it was written.
public struct RegisterRow<Column: RegisterColumn>: Sendable, Equatable {
    /// Line on which it begins, from 1; in SQLite the `rowid`.
    public var line: Int
    private var values: [String]

    /// A row without values.
    public init(line: Int) {
        self.line = line
        values = Array(repeating: "", count: Column.allCases.count)
    }

    /// A row of these values, one for each column, in the order of the columns.
    init(line: Int, values: [String]) {
        self.line = line
        self.values = values
    }

    /// The text in this column, without blanks around it; empty when there is none.
    public subscript(column: Column) -> String {
        get { values[column.rawValue] }
        set { values[column.rawValue] = newValue }
    }

    /// The headings of CSV, as a first line.
    public static var headings: String { Column.names.joined(separator: ",") }

    /// The row as a line of CSV under ``headings``, without its end.
    public var delimited: String { values.map(Self.quoted).joined(separator: ",") }

    /// RFC 4180, section 2: in quotes where a comma, a quote or a line's end stands in it.
    private static func quoted(_ value: String) -> String {
        guard value.contains(where: { $0 == "," || $0 == "\"" || $0.isNewline }) else { return value }
        return "\"" + value.replacing("\"", with: "\"\"") + "\""
    }
}
