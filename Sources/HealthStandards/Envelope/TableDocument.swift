import ExchangeSchema

/// Collects the rows of one table's document while it is walked. Only layout is judged here, not values.
final class TableDocument<Row: TableRow>: XMLHandler {
    private(set) var rows: [Row] = []
    private(set) var problems: VisitProblems

    /// The names of the fields; they are those of every profile and edition.
    private let fields = FieldTable.of(Row.self, .portal, .decision4750)
    private let path = Row.table.path
    private var depth = 0
    private var skippedBelow: Int?
    private var row = Row()
    private var others: [OtherField] = []
    private var seen: [Bool] = []
    private var position = -1
    private var text = ""

    init(problems: VisitProblems) { self.problems = problems }

    func start(_ name: String, line: Int) {
        defer { depth += 1 }
        guard skippedBelow == nil else { return }
        if depth < path.count {
            guard name == path[depth] else {
                report(.unexpectedElement(expected: path[depth]), value: name)
                skippedBelow = depth
                return
            }
            if depth == path.count - 1 { startRow() }
        } else if depth > path.count {
            report(.holdsElements(first: name), field: fieldName)
            skippedBelow = depth
        } else {
            fieldName = name
            text = ""
        }
    }

    func text(_ piece: String) {
        guard skippedBelow == nil else { return }
        if depth == path.count + 1 {
            text += piece
        } else if piece.utf8.contains(where: { $0 > 0x20 }) {
            report(.strayText, value: piece.trimmingWhitespace())
        }
    }

    func end(_ name: String) {
        depth -= 1
        if let level = skippedBelow {
            if depth == level { skippedBelow = nil }
            return
        }
        if depth == path.count {
            endField(name)
        } else if depth == path.count - 1 {
            if !others.isEmpty { row.otherFields = others }
            rows.append(row)
        }
    }

    private var fieldName = ""

    private func startRow() {
        row = Row()
        others = []
        position = -1
        seen = Array(repeating: false, count: fields.rules.count)
    }

    private func endField(_ name: String) {
        guard let found = fields.position(of: name, after: position) else {
            var other = OtherField()
            other.name = name
            other.value = text
            others.append(other)
            return
        }
        position = found
        guard !seen[found] else { return report(.repeatedField, field: name) }
        seen[found] = true
        row[field: found] = text
    }

    private func report(_ rule: EnvelopeProblem.Rule, field: String? = nil, value: String? = nil) {
        let isInRow = depth >= path.count
        problems.add(
            rule, table: Row.table.rawValue, row: isInRow ? rows.count + 1 : nil, field: field, value: value)
    }
}
