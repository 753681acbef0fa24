import ExchangeSchema

/// What is wrong with one value of a file of people, facilities or vaccinations, so that it can be found and mended.
public struct RowProblem: Error, Equatable, Sendable, CustomStringConvertible {
    /// Path of the file, as it was given.
    public var file: String
    /// Line of the file on which the row begins, from 1; in SQLite the row's `rowid`.
    public var line: Int
    /// Heading of the column; nil when the row as a whole is meant.
    public var column: String?
    /// The value as it was written.
    public var value: String
    /// The rule it breaks, in words.
    public var rule: String

    /// Takes all fields.
    public init(file: String, line: Int, column: String?, value: String, rule: String) {
        self.file = file
        self.line = line
        self.column = column
        self.value = value
        self.rule = rule
    }

    /// For example `patients.csv:7: birthDate "31/02/1980": there is no such day`.
    public var description: String {
        let place = "\(PrintableText.escaped(file)):\(line): "
        guard let column else { return place + rule }
        return place
            + "\(PrintableText.escaped(column, limit: 40)) \"\(PrintableText.escaped(value, limit: 80))\": \(rule)"
    }
}

/// Everything that is wrong with a file of people, facilities or vaccinations. Nothing of it was taken over.
public struct RegisterFileError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The first problems, in the order of the file; at most ``shown``.
    public var problems: [RowProblem]
    /// How many there are in all.
    public var count: Int

    /// Most problems that are kept and shown.
    public static let shown = 100

    /// One line each, and how many more there are.
    public var description: String {
        let lines = problems.map(\.description)
        let rest = count - problems.count
        return (lines + (rest > 0 ? ["and \(rest) more"] : [])).joined(separator: "\n")
    }
}

/// Problems found so far, in any order; only the first of the file are kept.
struct FoundProblems: Sendable {
    private var kept: [RowProblem] = []
    private var count = 0

    mutating func add(_ problems: [RowProblem]) {
        if problems.isEmpty { return }
        count += problems.count
        kept += problems
        if kept.count > 2 * RegisterFileError.shown { kept = first }
    }

    mutating func add(_ others: FoundProblems) {
        add(others.kept)
        count += others.count - others.kept.count
    }

    var isEmpty: Bool { count == 0 }

    private var first: [RowProblem] {
        Array(
            kept.enumerated().sorted { ($0.element.line, $0.offset) < ($1.element.line, $1.offset) }
                .prefix(RegisterFileError.shown).map(\.element))
    }

    var error: RegisterFileError? { count == 0 ? nil : RegisterFileError(problems: first, count: count) }
}
