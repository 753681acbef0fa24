/// One thing wrong in a topology or scenario file.
public struct TopologyError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The file's name as the caller gave it.
    public var file: String
    /// Line, from 1.
    public var line: Int
    /// Column, from 1.
    public var column: Int
    /// What stands there, beginning with its path in the file.
    public var found: String
    /// What should stand there.
    public var expected: String

    /// Takes all fields.
    public init(file: String, line: Int, column: Int, found: String, expected: String) {
        self.file = file
        self.line = line
        self.column = column
        self.found = found
        self.expected = expected
    }

    init(_ location: SourceLocation, found: String, expected: String) {
        self.init(
            file: location.file, line: location.line, column: location.column, found: found, expected: expected)
    }

    /// One line: `file:line:column: what was found; expected what`.
    public var description: String { "\(file):\(line):\(column): \(found); expected \(expected)" }
}

/// Everything wrong in one file: never empty, in the order of the lines.
public struct TopologyErrors: Error, Sendable, Hashable, CustomStringConvertible {
    /// The errors, ordered by line and column.
    public let errors: [TopologyError]

    init(_ errors: [TopologyError]) {
        self.errors = errors.enumerated().sorted { left, right in
            (left.element.line, left.element.column, left.offset)
                < (right.element.line, right.element.column, right.offset)
        }.map(\.element)
    }

    /// One line for each error.
    public var description: String { errors.map(\.description).joined(separator: "\n") }
}
