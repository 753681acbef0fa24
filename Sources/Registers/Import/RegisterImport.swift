import ExchangeSchema
import Foundation
import GRDB

/// Takes a file of people over into the registers, all of it or nothing.
///
/// Rows go straight from the file into the two databases, which lie beside their final places until the last row was
/// found right; so memory stays the same for ten people and for a million.
public enum RegisterImport {
    /// Reads the file and makes the registers, in place of older ones.
    /// - Parameters:
    ///   - path: CSV, JSON Lines or SQLite (``PeopleFile``).
    ///   - files: Where to put them; the folder is made. Nil only checks the file.
    /// - Throws: ``PeopleFileError`` with what is wrong in it; other errors when a file cannot be read or written.
    public static func run(_ path: String, into files: RegisterFiles?) throws -> ImportedPeople {
        let folder = files.map { ($0.population as NSString).deletingLastPathComponent } ?? NSTemporaryDirectory()
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let draft = RegisterFiles(directory: folder + "/.people-\(UUID().uuidString)")
        let draftFolder = (draft.population as NSString).deletingLastPathComponent
        try FileManager.default.createDirectory(atPath: draftFolder, withIntermediateDirectories: false)
        defer { try? FileManager.default.removeItem(atPath: draftFolder) }
        let imported = try write(path, to: draft)
        if let files {
            try replace(files.population, by: draft.population)
            try replace(files.insured, by: draft.insured)
        }
        return imported
    }

    private static func write(_ path: String, to draft: RegisterFiles) throws -> ImportedPeople {
        var rows: any PeopleRows
        do {
            rows = try PeopleFile.open(path)
        } catch let problem as RowProblem {
            throw PeopleFileError(problems: [problem], count: 1)
        }
        let population = try RegisterDatabase.create(draft.population, schema: PopulationWriter.schema)
        let insured = try RegisterDatabase.create(draft.insured, schema: InsuredWriter.schema)
        let imported = try population.write { populationDatabase in
            try insured.write { insuredDatabase in
                try copy(
                    &rows, to: PopulationWriter(populationDatabase), and: InsuredWriter(insuredDatabase))
            }
        }
        try population.close()
        try insured.close()
        return imported
    }

    private static func copy(
        _ rows: inout any PeopleRows, to population: PopulationWriter, and insured: InsuredWriter
    ) throws -> ImportedPeople {
        var imported = ImportedPeople()
        var problems = FoundProblems()
        let file = rows.path
        while let row = try nextRow(&rows, &problems) {
            imported.people += 1
            var rules = PersonRules(row, file: file)
            guard let person = rules.person() else {
                problems.add(rules.problems)
                continue
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
        if imported.people == 0, problems.error == nil {
            problems.add([RowProblem(file: file, line: 1, column: nil, value: "", rule: "the file names nobody")])
        }
        if let error = problems.error { throw error }
        return imported
    }

    /// The next row that can be read; those that cannot are reported.
    private static func nextRow(
        _ rows: inout any PeopleRows, _ problems: inout FoundProblems
    ) throws -> PeopleRow? {
        while true {
            do {
                return try rows.next()
            } catch let problem as RowProblem {
                problems.add([problem])
            }
        }
    }

    private static func replace(_ path: String, by draft: String) throws {
        guard rename(draft, path) == 0 else {
            throw CocoaError(.fileWriteUnknown, userInfo: [NSFilePathErrorKey: path])
        }
    }
}

/// Problems found so far; only the first are kept.
private struct FoundProblems {
    private var kept: [RowProblem] = []
    private var count = 0

    mutating func add(_ problems: [RowProblem]) {
        count += problems.count
        kept += problems.prefix(PeopleFileError.shown - kept.count)
    }

    var error: PeopleFileError? {
        count == 0 ? nil : PeopleFileError(problems: kept.sorted { $0.line < $1.line }, count: count)
    }
}
