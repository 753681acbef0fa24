/// Rows of CSV: the first line holds the headings, fields are parted by `,`, `;` or a tab, and may stand in quotes
/// (RFC 4180, section 2). UTF-8, with or without a byte order mark.
///
/// Read by hand, byte by byte: a file of a million rows is read in one pass and never whole in memory.
struct DelimitedRows<Column: RegisterColumn>: RegisterRows {
    let path: String
    private var pieces: FilePieces
    private var line = 1
    private var delimiter = UInt8(ascii: ",")
    private var columns: [Column] = []
    /// Places of the columns in a row: looked up once and not for each value of a million rows.
    private var places: [Int] = []
    private let blank = [String](repeating: "", count: Column.allCases.count)
    private var field: [UInt8] = []

    /// - Throws: ``RowProblem`` when there are no headings, or one is unknown or stands twice.
    init(_ path: String, _ pieces: FilePieces) throws {
        self.path = path
        self.pieces = pieces
        if try self.pieces.peek(3).elementsEqual([0xEF, 0xBB, 0xBF]) { for _ in 0..<3 { _ = try self.pieces.next() } }
        delimiter = try findDelimiter()
        guard let headings = try readFields() else {
            throw RowProblem(
                file: path, line: 1, column: nil, value: "",
                rule:
                    "the file is empty; its first line names the columns: \(Column.names.joined(separator: ", "))"
            )
        }
        for heading in headings.fields {
            let column = try Column.named(heading, file: path, line: 1)
            guard !columns.contains(column) else {
                throw RowProblem(file: path, line: 1, column: heading, value: heading, rule: "the column stands twice")
            }
            columns.append(column)
            places.append(column.rawValue)
        }
    }

    mutating func next() throws -> RegisterRow<Column>? {
        while let (start, fields) = try readFields() {
            if fields.count == 1, fields[0].isEmpty { continue }
            guard fields.count == places.count else {
                throw RowProblem(
                    file: path, line: start, column: nil, value: "",
                    rule: "the row has \(fields.count) fields, the headings are \(places.count)")
            }
            var values = blank
            for place in places.indices { values[places[place]] = fields[place] }
            return RegisterRow(line: start, values: values)
        }
        return nil
    }

    /// The mark that stands most often in the line of headings.
    private mutating func findDelimiter() throws -> UInt8 {
        let marks: [UInt8] = [UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\t")]
        let headings = try pieces.peek(4_096).prefix { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") }
        var best = (mark: marks[0], count: 0)
        for mark in marks {
            let count = headings.count { $0 == mark }
            if count > best.count { best = (mark, count) }
        }
        return best.mark
    }

    /// The fields of the next line, which quotes may carry over several; nil at the end.
    private mutating func readFields() throws -> (line: Int, fields: [String])? {
        guard var byte = try pieces.next() else { return nil }
        let start = line
        var fields: [String] = []
        fields.reserveCapacity(places.count)
        var isQuoted = false
        var wasQuoted = false
        field.removeAll(keepingCapacity: true)
        while true {
            if isQuoted {
                if byte == UInt8(ascii: "\"") {
                    if try pieces.peek(1).first == UInt8(ascii: "\"") {
                        _ = try pieces.next()
                        field.append(byte)
                    } else {
                        isQuoted = false
                    }
                } else {
                    if byte == UInt8(ascii: "\n") { line += 1 }
                    field.append(byte)
                }
            } else if byte == delimiter {
                fields.append(try text(of: field, wasQuoted: wasQuoted, line: start, index: fields.count))
                field.removeAll(keepingCapacity: true)
                wasQuoted = false
            } else if byte == UInt8(ascii: "\n") {
                line += 1
                break
            } else if byte == UInt8(ascii: "\""), !wasQuoted, field.allSatisfy({ $0 == 0x20 }) {
                field.removeAll(keepingCapacity: true)
                isQuoted = true
                wasQuoted = true
            } else {
                field.append(byte)
            }
            guard let following = try pieces.next() else { break }
            byte = following
        }
        if isQuoted {
            throw EndlessQuote(path: path, line: start)
        }
        fields.append(try text(of: field, wasQuoted: wasQuoted, line: start, index: fields.count))
        return (start, fields)
    }

    /// Blanks around a value that is not in quotes are not part of it; nor is the `\r` of a line's end.
    private func text(of bytes: [UInt8], wasQuoted: Bool, line: Int, index: Int) throws(UnreadableField) -> String {
        // Most fields of a row are blank.
        if bytes.isEmpty { return "" }
        var slice = bytes[...]
        while let last = slice.last, last == 0x0D || last == 0x20 || last == 0x09 { slice.removeLast() }
        while let first = slice.first, first == 0x20 || first == 0x09 { slice.removeFirst() }
        guard let text = String(validating: slice, as: UTF8.self) else {
            throw UnreadableField(path: path, line: line, field: index + 1)
        }
        return text
    }
}

/// A quote that is opened and never closed: where the row ends cannot be told.
struct EndlessQuote: Error, CustomStringConvertible {
    let path: String
    let line: Int

    var description: String { "\(path):\(line): a quotation mark is opened here and never closed" }
}

/// Bytes that are no UTF-8.
struct UnreadableField: Error, CustomStringConvertible {
    let path: String
    let line: Int
    let field: Int

    var description: String {
        "\(path):\(line): field \(field) is not UTF-8; save the file as UTF-8 (in Excel: \"CSV UTF-8\") and try again"
    }
}
