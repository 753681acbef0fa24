import FoundationEssentials

/// A file of people, opened: where its rows come from, one after the other, with no more of it in memory than one piece.
public protocol PeopleRows {
    /// Path, as it was given.
    var path: String { get }
    /// Reads the next row.
    /// - Returns: Nil at the end.
    /// - Throws: ``RowProblem`` for a row that cannot be read (the next call goes on behind it), or an error that ends
    ///   the reading.
    mutating func next() throws -> PeopleRow?
}

/// One row, as it was written.
public struct PeopleRow: Sendable, Equatable {
    /// Line on which it begins, from 1; in SQLite the `rowid`.
    public var line: Int
    private var values: [String]

    /// A row without values.
    public init(line: Int) {
        self.line = line
        values = Array(repeating: "", count: PeopleColumn.allCases.count)
    }

    /// The text in this column, without blanks around it; empty when there is none.
    public subscript(column: PeopleColumn) -> String {
        get { values[column.position] }
        set { values[column.position] = newValue }
    }
}

extension PeopleColumn {
    /// Place among all columns.
    var position: Int { Self.positions[self] ?? 0 }

    private static let positions = Dictionary(
        uniqueKeysWithValues: allCases.enumerated().map { ($0.element, $0.offset) })

    /// The column of this heading.
    /// - Throws: ``RowProblem``, naming the headings there are.
    static func named(_ heading: String, file: String, line: Int) throws(RowProblem) -> PeopleColumn {
        if let column = PeopleColumn(rawValue: heading) { return column }
        throw RowProblem(
            file: file, line: line, column: heading, value: heading,
            rule: "no such column; there are \(names.joined(separator: ", "))")
    }
}

extension PeopleRow {
    /// The headings of CSV, as a first line.
    public static var headings: String { PeopleColumn.names.joined(separator: ",") }

    /// The row as a line of CSV under ``headings``, without its end.
    public var delimited: String { values.map(Self.quoted).joined(separator: ",") }

    /// RFC 4180, section 2: in quotes where a comma, a quote or a line's end stands in it.
    private static func quoted(_ value: String) -> String {
        guard value.contains(where: { $0 == "," || $0 == "\"" || $0.isNewline }) else { return value }
        return "\"" + value.replacing("\"", with: "\"\"") + "\""
    }
}

/// Opens a file of people by its first bytes: SQLite, JSON Lines, or CSV.
public enum PeopleFile {
    /// - Throws: ``RowProblem`` when the file is none of the three, or its headings are wrong; Foundation's error when it
    ///   cannot be read.
    public static func open(_ path: String) throws -> any PeopleRows {
        var pieces = try FilePieces(path)
        let start = try pieces.peek(16)
        if start.starts(with: Array("SQLite format 3".utf8)) { return try TableOfPeople(path) }
        if start.starts(with: [0xFF, 0xFE]) || start.starts(with: [0xFE, 0xFF]) {
            throw RowProblem(
                file: path, line: 1, column: nil, value: "", rule: "the text is UTF-16; save it as UTF-8 and try again")
        }
        let isObject = start.first { $0 != 0xEF && $0 != 0xBB && $0 != 0xBF && $0 > 0x20 } == UInt8(ascii: "{")
        return isObject ? PeopleObjects(path, pieces) : try DelimitedPeople(path, pieces)
    }
}
