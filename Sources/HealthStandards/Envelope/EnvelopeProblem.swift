import ExchangeSchema

/// One thing wrong in an envelope, with the place where a person finds it.
public struct EnvelopeProblem: Error, Sendable, Equatable, CustomStringConvertible {
    /// Number of the HOSO in the file, from 1; nil for the head of the envelope.
    public var visitOrdinal: Int?
    /// MA_LK of the visit, when XML1 could be read.
    public var episodeCode: String?
    /// Table, such as "XML2", when the problem lies in one.
    public var table: String?
    /// Row of the table, from 1.
    public var row: Int?
    /// Element name.
    public var field: String?
    /// The rule that does not hold.
    public var rule: Rule
    /// The value that breaks it, when there is one.
    public var value: String?
    /// Line of the envelope, for problems of its own elements; nil inside a table.
    public var line: Int?

    /// Makes a problem.
    public init(
        visitOrdinal: Int? = nil, episodeCode: String? = nil, table: String? = nil, row: Int? = nil,
        field: String? = nil, rule: Rule, value: String? = nil, line: Int? = nil
    ) {
        self.visitOrdinal = visitOrdinal
        self.episodeCode = episodeCode
        self.table = table
        self.row = row
        self.field = field
        self.rule = rule
        self.value = value
        self.line = line
    }

    /// For example `record 3 (MA_LK ABC): table XML2, row 2, field SO_LUONG: "x" is not a number`. A long value is cut.
    public var description: String {
        var place = visitOrdinal.map { "record \($0)" } ?? "envelope"
        if let episodeCode { place += " (MA_LK \(Self.shortened(episodeCode)))" }
        var parts: [String] = []
        if let line { parts.append("line \(line)") }
        if let table { parts.append("table \(Self.shortened(table))") }
        if let row { parts.append("row \(row)") }
        if let field { parts.append("field \(Self.shortened(field))") }
        if !parts.isEmpty { place += ": " + parts.joined(separator: ", ") }
        return "\(place): \(value.map { "\"\(Self.shortened($0))\" " } ?? "")\(rule)"
    }

    /// What stands in the file as it may be shown: cut, and without characters that a terminal acts upon.
    static func shortened(_ text: String) -> String { PrintableText.escaped(text, limit: 80) }
}
