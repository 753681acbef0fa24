import ExchangeSchema
import GRDB

/// Takes a file of people over into the registers of C06 and VSS, all of it or nothing.
///
/// Rows go straight from the file into the two databases, which lie beside their final places until the last row was
/// found right; so memory stays the same for ten people and for a million.
public enum PeopleImport {
    /// Reads the file and makes the registers, in place of older ones.
    /// - Parameters:
    ///   - path: CSV, JSON Lines or SQLite.
    ///   - files: Where to put them; the folder is made. Nil only checks the file.
    /// - Throws: ``RegisterFileError`` with what is wrong in it; ``UnreadableFile``, ``UnwritableRegister`` or SQLite's
    ///   error when a file cannot be read or written.
    public static func run(_ path: String, into files: RegisterFiles?) throws -> ImportedPeople {
        var rows = try RegisterFile.open(path, PeopleColumn.self)
        return try RegisterDraft.make(beside: files?.directory) { folder in
            let draft = RegisterFiles(directory: folder)
            let imported = try write(&rows, to: draft)
            if let files {
                try RegisterDraft.move(draft.population, to: files.population)
                try RegisterDraft.move(draft.insured, to: files.insured)
            }
            return imported
        }
    }

    private static func write(
        _ rows: inout any RegisterRows<PeopleColumn>, to draft: RegisterFiles
    ) throws -> ImportedPeople {
        let population = try RegisterDatabase.create(draft.population, schema: PopulationWriter.schema)
        let insured = try RegisterDatabase.create(draft.insured, schema: InsuredWriter.schema)
        let imported = try population.write { populationDatabase in
            try insured.write { insuredDatabase in
                let imported = try copy(
                    &rows, to: PopulationWriter(populationDatabase), and: InsuredWriter(insuredDatabase))
                try insuredDatabase.execute(sql: InsuredWriter.index)
                return imported
            }
        }
        try population.close()
        try insured.close()
        return imported
    }

    private static func copy(
        _ rows: inout any RegisterRows<PeopleColumn>, to population: PopulationWriter, and insured: InsuredWriter
    ) throws -> ImportedPeople {
        var imported = ImportedPeople()
        var problems = FoundProblems()
        let file = rows.path
        try rows.forEach(&problems) { row, problems in
            imported.people += 1
            var rules = PersonRules(row, file: file)
            guard let person = rules.person() else {
                problems.add(rules.problems)
                return
            }
            if person.citizenNumber != nil {
                imported.registered += 1
                problems.add(try population.add(person, row, file: file))
            }
            if let insurance = person.insurance {
                imported.insured += 1
                problems.add(try insured.add(person, insurance, row, file: file))
            }
        }
        problems.add(try population.numbersOfTwoPeople(file: file))
        if let error = problems.error { throw error }
        return imported
    }
}
