import Foundation

/// Rows of JSON Lines: an object on each line, whose keys are the names of columns and whose values are texts, numbers,
/// null, or lists of these.
struct ObjectRows<Column: RegisterColumn>: RegisterRows {
    let path: String
    private var pieces: FilePieces
    private var line = 0

    init(_ path: String, _ pieces: FilePieces) {
        self.path = path
        self.pieces = pieces
    }

    mutating func next() throws -> RegisterRow<Column>? {
        while let bytes = try readLine() {
            if bytes.allSatisfy({ $0 <= 0x20 }) { continue }
            return try row(bytes)
        }
        return nil
    }

    private mutating func readLine() throws -> [UInt8]? {
        guard var byte = try pieces.next() else { return nil }
        line += 1
        var bytes: [UInt8] = []
        while byte != UInt8(ascii: "\n") {
            bytes.append(byte)
            guard let following = try pieces.next() else { break }
            byte = following
        }
        if line == 1, bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes.removeFirst(3) }
        return bytes
    }

    private func row(_ bytes: [UInt8]) throws -> RegisterRow<Column> {
        let object: [String: ColumnValue]
        do {
            object = try JSONDecoder().decode([String: ColumnValue].self, from: Data(bytes))
        } catch {
            throw RowProblem(
                file: path, line: line, column: nil, value: "",
                rule: "no JSON object whose values are texts, numbers, null or lists of them")
        }
        var row = RegisterRow<Column>(line: line)
        for (key, value) in object.sorted(by: { $0.key < $1.key }) {
            row[try Column.named(key, file: path, line: line)] = value.text
        }
        return row
    }
}

/// A value of JSON that can stand in a column.
private struct ColumnValue: Decodable {
    let text: String

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            text = ""
        } else if let value = try? container.decode(String.self) {
            text = value.trimmingCharacters(in: .whitespaces)
        } else if let number = try? container.decode(Int.self) {
            text = String(number)
        } else {
            text = try container.decode([ColumnValue].self).map(\.text).joined(separator: " ")
        }
    }
}
