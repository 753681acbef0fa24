import ExchangeSchema

/// Collects the rows of a table that travels as it is, whatever its root and list are called and however deep a row lies: a
/// row is an element that holds fields, and a field one that holds text.
final class CarriedDocument: XMLHandler {
    private(set) var rows: [[OtherField]] = []
    private(set) var problems: VisitProblems
    /// The element that the document is.
    private(set) var rootName = ""

    private struct Element {
        let name: String
        var text = ""
        var fields: [OtherField] = []
        var holdsElements = false
        /// A row that a list inside it made.
        var holdsRows = false
    }

    private let table: String
    private var open: [Element] = []
    /// Elements to skip: a signature is no row.
    private var skipped = 0

    /// - Parameter table: What problems call it.
    init(_ table: String, problems: VisitProblems) {
        self.table = table
        self.problems = problems
    }

    func start(_ name: String, line: Int) {
        guard skipped == 0, name != "CHUKYDONVI" else { return skipped += 1 }
        if let last = open.indices.last {
            if !open[last].text.isBlank {
                problems.add(.strayText, table: table, value: open[last].text.trimmingWhitespace())
            }
            open[last].text = ""
            open[last].holdsElements = true
        }
        if open.isEmpty { rootName = name }
        open.append(Element(name: name))
    }

    func text(_ piece: String) {
        guard skipped == 0, let last = open.indices.last else { return }
        open[last].text += piece
    }

    func end(_ name: String) {
        guard skipped == 0 else { return skipped -= 1 }
        guard let element = open.popLast() else { return }
        guard element.holdsElements else { return close(field: element) }
        if !element.text.isBlank {
            problems.add(.strayText, table: table, value: element.text.trimmingWhitespace())
        }
        let isRow = element.fields.contains { !$0.value.isBlank }
        if isRow, element.holdsRows {
            problems.add(.holdsElements(first: name), table: table, row: rows.count, field: element.fields.first?.name)
        }
        if isRow { rows.append(element.fields) }
        if let parent = open.indices.last, isRow || element.holdsRows { open[parent].holdsRows = true }
    }

    private func close(field element: Element) {
        guard let parent = open.indices.last else {
            // The root alone: a document without rows, or one of text.
            if !element.text.isBlank {
                problems.add(.strayText, table: table, value: element.text.trimmingWhitespace())
            }
            return
        }
        if open[parent].fields.contains(where: { $0.name == element.name }) {
            problems.add(.repeatedField, table: table, row: rows.count + 1, field: element.name)
        }
        var field = OtherField()
        field.name = element.name
        field.value = element.text
        open[parent].fields.append(field)
    }
}
