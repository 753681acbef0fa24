import ExchangeSchema

/// Reads a file of vaccinations: CSV, JSON Lines or SQLite, a row at a time.
public enum VaccinationFile {
    /// Goes over the whole file and keeps nothing of it but its numbers.
    /// - Returns: How many vaccinations it has.
    /// - Throws: ``RegisterFileError`` with every problem by line, column, value and rule; ``UnreadableFile``.
    public static func check(_ path: String) throws -> Int {
        var lines: [String: Int] = [:]
        try read(path) { entry, line, problems in
            if let first = lines[entry.number] {
                problems.add([
                    RowProblem(
                        file: path, line: line, column: VaccinationColumn.number.name, value: entry.number,
                        rule: "the number stands on line \(first) as well")
                ])
            } else {
                lines[entry.number] = line
            }
        }
        return lines.count
    }

    /// Goes over the vaccinations of a file, in its order.
    /// - Throws: As ``check(_:)``, once it has gone over all; what the body throws.
    public static func forEach(_ path: String, _ body: (VaccinationEntry) throws -> Void) throws {
        try read(path) { entry, _, _ in try body(entry) }
    }

    /// Reads one row by the rules of a file, for whoever has it from elsewhere.
    /// - Returns: The vaccination, or what is wrong with the row.
    public static func read(
        _ row: RegisterRow<VaccinationColumn>
    ) -> (entry: VaccinationEntry?, problems: [RowProblem]) {
        var rules = VaccinationRowRules(row, file: "")
        let entry = rules.entry()
        return (entry, rules.problems)
    }

    private static func read(
        _ path: String, _ body: (VaccinationEntry, Int, inout FoundProblems) throws -> Void
    ) throws {
        var rows = try RegisterFile.open(path, VaccinationColumn.self)
        var problems = FoundProblems()
        try rows.forEach(&problems) { row, problems in
            var rules = VaccinationRowRules(row, file: path)
            if let entry = rules.entry() {
                try body(entry, row.line, &problems)
            } else {
                problems.add(rules.problems)
            }
        }
        if let error = problems.error { throw error }
    }
}
