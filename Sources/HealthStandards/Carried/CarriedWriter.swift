import ExchangeSchema
import Vocabulary

/// Writes the documents of a table that travels as it is: every field of the annex in its order, an empty one as an empty
/// element, then what the annex does not have.
enum CarriedWriter {
    /// - Parameter day: On which the visit ended: by it goes the structure of XML13.
    /// - Returns: One document; of a table whose row is the root, one for each row.
    static func documents(_ table: TableRows, on day: CivilDate?) throws(EnvelopeProblem) -> [[UInt8]] {
        let path = table.part.path
        guard let rowName = path.last else { return [] }
        let fields = CarriedRuleBook.shipped.table(table.part, .portal, on: day)
        let head = Array("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n".utf8)
        var documents: [[UInt8]] = []
        var bytes = head
        for name in path.dropLast() { XMLText.open(name, to: &bytes) }
        for (index, row) in table.rows.enumerated() {
            do throws(EnvelopeProblem) {
                try write(row, rowName, fields, to: &bytes)
            } catch {
                var problem = error
                (problem.table, problem.row) = (table.part.name, index + 1)
                throw problem
            }
            if path.count == 1 {
                documents.append(bytes)
                bytes = head
            }
        }
        guard path.count > 1 else { return documents }
        for name in path.dropLast().reversed() { XMLText.close(name, to: &bytes) }
        return [bytes]
    }

    private static func write(
        _ row: CarriedRow, _ name: String, _ fields: FieldTable, to bytes: inout [UInt8]
    ) throws(EnvelopeProblem) {
        XMLText.open(name, to: &bytes)
        for rule in fields.rules {
            try TableWriter.write(rule.name, row.fields.first { $0.name == rule.name }?.value ?? "", to: &bytes)
        }
        for field in row.fields where fields.position(of: field.name, after: -1) == nil {
            guard XMLText.isName(field.name) else {
                throw EnvelopeProblem(field: field.name, rule: .notAnElementName, value: field.name)
            }
            try TableWriter.write(field.name, field.value, to: &bytes)
        }
        XMLText.close(name, to: &bytes)
    }
}
