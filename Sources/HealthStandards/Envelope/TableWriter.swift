import ExchangeSchema

/// Writes the document of one table.
enum TableWriter {
    static func document<Row: TableRow>(_ rows: [Row]) throws(EnvelopeProblem) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.append(contentsOf: "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n".utf8)
        let around = Row.table.path.dropLast()
        for name in around { XMLText.open(name, to: &bytes) }
        for (index, row) in rows.enumerated() {
            do throws(EnvelopeProblem) {
                try write(row, to: &bytes)
            } catch {
                var problem = error
                problem.table = Row.table.rawValue
                problem.row = index + 1
                throw problem
            }
        }
        for name in around.reversed() { XMLText.close(name, to: &bytes) }
        return bytes
    }

    private static func write<Row: TableRow>(_ row: Row, to bytes: inout [UInt8]) throws(EnvelopeProblem) {
        let name = Row.table.path.last ?? ""
        XMLText.open(name, to: &bytes)
        for (index, definition) in Row.definitions.enumerated() {
            try write(definition.name, row[field: index], to: &bytes)
        }
        for other in row.otherFields {
            guard XMLText.isName(other.name) else {
                throw EnvelopeProblem(field: other.name, rule: .notAnElementName, value: other.name)
            }
            guard !Row.definitions.contains(where: { $0.name == other.name }) else {
                throw EnvelopeProblem(field: other.name, rule: .nameOfAField, value: other.name)
            }
            try write(other.name, other.value, to: &bytes)
        }
        XMLText.close(name, to: &bytes)
    }

    static func write(_ name: String, _ value: String, to bytes: inout [UInt8]) throws(EnvelopeProblem) {
        if let scalar = XMLText.forbiddenScalar(in: value) {
            throw EnvelopeProblem(field: name, rule: .forbiddenCharacter(codePoint: scalar.value))
        }
        XMLText.append(element: name, value, to: &bytes)
    }
}
