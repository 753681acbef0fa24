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
        var imported = ImportedPeople()
        var problems = FoundProblems()
        let writing = PeopleWriting(to: draft, file: rows.path)
        var batch: [PeopleWriting.Row] = []
        batch.reserveCapacity(PeopleWriting.batchSize)
        do {
            let file = rows.path
            try rows.forEach(&problems) { row, problems in
                imported.people += 1
                var rules = PersonRules(row, file: file)
                guard let person = rules.person() else {
                    problems.add(rules.problems)
                    return
                }
                if person.citizenNumber != nil { imported.registered += 1 }
                if person.insurance != nil { imported.insured += 1 }
                batch.append(PeopleWriting.Row(person: person, line: row.line))
                guard batch.count == PeopleWriting.batchSize else { return }
                try writing.put(batch)
                batch.removeAll(keepingCapacity: true)
            }
            try writing.put(batch)
        } catch {
            writing.giveUp()
            throw error
        }
        problems.add(try writing.finish())
        if let error = problems.error { throw error }
        return imported
    }
}
