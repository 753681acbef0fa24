/// The columns of one kind of register file. A case's name is the heading of CSV, the key of JSON Lines, and the column of
/// the table in SQLite; its raw value is its place, from 0 on.
public protocol RegisterColumn: CaseIterable, Hashable, Sendable, RawRepresentable where RawValue == Int {
    /// Name of the table in a SQLite file.
    static var table: String { get }
}

extension RegisterColumn {
    /// The heading.
    public var name: String { String(describing: self) }

    /// All headings, in the order in which they are written.
    public static var names: [String] { allCases.map(\.name) }

    /// The column of this heading.
    /// - Throws: ``RowProblem``, naming the headings there are.
    static func named(_ heading: String, file: String, line: Int) throws(RowProblem) -> Self {
        if let column = allCases.first(where: { $0.name == heading }) { return column }
        throw RowProblem(
            file: file, line: line, column: heading, value: heading,
            rule: "no such column; there are \(names.joined(separator: ", "))")
    }
}
