import ExchangeSchema
import GRDB

/// Takes a file of facilities over into MoH's register, all of it or nothing.
public enum FacilityImport {
    /// Reads the file and makes the register, in place of an older one.
    /// - Parameters:
    ///   - path: CSV, JSON Lines or SQLite.
    ///   - files: Where to put it; the folder is made. Nil only checks the file.
    /// - Returns: How many facilities it names.
    /// - Throws: As ``PeopleImport``.
    public static func run(_ path: String, into files: RegisterFiles?) throws -> Int {
        var rows = try RegisterFile.open(path, FacilityColumn.self)
        return try RegisterDraft.make(beside: files?.directory) { folder in
            let draft = RegisterFiles(directory: folder).facilities
            let database = try RegisterDatabase.create(draft, schema: FacilityWriter.schema)
            let count = try database.write { try copy(&rows, to: FacilityWriter($0)) }
            try database.close()
            if let files { try RegisterDraft.move(draft, to: files.facilities) }
            return count
        }
    }

    private static func copy(
        _ rows: inout any RegisterRows<FacilityColumn>, to writer: FacilityWriter
    ) throws -> Int {
        var count = 0
        var problems = FoundProblems()
        let file = rows.path
        try rows.forEach(&problems) { row, problems in
            count += 1
            var rules = FacilityRules(row, file: file)
            if let facility = rules.facility() {
                problems.add(try writer.add(facility, row, file: file))
            } else {
                problems.add(rules.problems)
            }
        }
        if let error = problems.error { throw error }
        return count
    }
}
