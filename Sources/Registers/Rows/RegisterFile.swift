import Foundation

/// The rows of a register file, one after the other, with no more of it in memory than one piece.
protocol RegisterRows<Column> {
    associatedtype Column: RegisterColumn
    /// Path, as it was given.
    var path: String { get }
    /// Reads the next row.
    /// - Returns: Nil at the end.
    /// - Throws: ``RowProblem`` for a row that cannot be read (the next call goes on behind it), or an error that ends
    ///   the reading.
    mutating func next() throws -> RegisterRow<Column>?
}

extension RegisterRows {
    /// Goes over all rows; those that cannot be read are reported, and the others go on.
    /// - Throws: What ends the reading, or what `body` throws.
    mutating func forEach(
        _ problems: inout FoundProblems, _ body: (RegisterRow<Column>, inout FoundProblems) throws -> Void
    ) throws {
        var count = 0
        while true {
            do {
                guard let row = try next() else { break }
                count += 1
                try body(row, &problems)
            } catch let problem as RowProblem {
                count += 1
                problems.add([problem])
            }
        }
        if count == 0 {
            problems.add([RowProblem(file: path, line: 1, column: nil, value: "", rule: "the file has no rows")])
        }
    }
}

/// Opens a register file by its first bytes: SQLite, JSON Lines, or CSV.
enum RegisterFile {
    /// - Throws: ``RegisterFileError`` when the file is none of the three, or its headings are wrong;
    ///   ``UnreadableFile``; SQLite's error.
    static func open<Column: RegisterColumn>(_ path: String, _: Column.Type) throws -> any RegisterRows<Column> {
        do {
            return try rows(path)
        } catch let problem as RowProblem {
            throw RegisterFileError(problems: [problem], count: 1)
        }
    }

    private static func rows<Column: RegisterColumn>(_ path: String) throws -> any RegisterRows<Column> {
        var pieces = try FilePieces(path)
        let start = try pieces.peek(16)
        if start.starts(with: Array("SQLite format 3".utf8)) { return try TableRows<Column>(path) }
        if start.starts(with: [0xFF, 0xFE]) || start.starts(with: [0xFE, 0xFF]) {
            throw RowProblem(
                file: path, line: 1, column: nil, value: "", rule: "the text is UTF-16; save it as UTF-8 and try again")
        }
        let isObject = start.first { $0 != 0xEF && $0 != 0xBB && $0 != 0xBF && $0 > 0x20 } == UInt8(ascii: "{")
        return isObject ? ObjectRows<Column>(path, pieces) : try DelimitedRows<Column>(path, pieces)
    }
}

/// A file that cannot be opened or read.
public struct UnreadableFile: Error, CustomStringConvertible {
    /// Path, as it was given.
    public let path: String
    /// What the system says.
    public let reason: String

    /// For people.
    public var description: String { "cannot read \(path): \(reason)" }
}
