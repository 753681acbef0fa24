import ExchangeSchema
import GRDB

/// Writes C06's register: numbers, names, birth dates, residence and death, with their dates; nothing of insurance.
struct PopulationWriter {
    static let schema = """
        CREATE TABLE person (
          number INTEGER PRIMARY KEY, name TEXT NOT NULL, birth INTEGER NOT NULL, sex INTEGER NOT NULL,
          province INTEGER NOT NULL, ward TEXT NOT NULL, died INTEGER, moved INTEGER, former INTEGER, missing INTEGER,
          line INTEGER NOT NULL);
        CREATE TABLE earlier (
          number TEXT NOT NULL, person INTEGER NOT NULL, until INTEGER, line INTEGER NOT NULL,
          PRIMARY KEY (number, person)) WITHOUT ROWID;
        """

    private let database: Database
    private let person: RowInsertion
    private let earlier: RowInsertion
    private let lineOfEarlier: Statement

    init(_ database: Database) throws {
        self.database = database
        person = try RowInsertion(database, "INSERT OR IGNORE INTO person VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
        earlier = try RowInsertion(database, "INSERT OR IGNORE INTO earlier VALUES (?, ?, ?, ?)")
        lineOfEarlier = try database.makeStatement(
            sql: "SELECT line FROM earlier WHERE number = ? AND (length(number) = 12 OR person = ?)")
    }

    /// Adds somebody with a number in force.
    /// - Parameter line: Of the file.
    /// - Returns: What is wrong: a number that stands in another row already.
    func add(_ entry: PersonEntry, line: Int, file: String) throws -> [RowProblem] {
        guard let number = entry.citizenNumber else { return [] }
        var problems: [RowProblem] = []
        let key = Int64(number.number)
        person.add(key)
        person.add(entry.fullName)
        person.add(entry.birthDate)
        person.add(Int64(entry.sex.rawValue))
        person.add(Int64(entry.residence.number))
        person.add(entry.ward)
        person.add(entry.death?.stored)
        person.add(entry.movedOn)
        person.add(entry.formerProvince.map { Int64($0.number) })
        person.add(entry.missingSince)
        person.add(Int64(line))
        if try !person.run() {
            let first = try Int.fetchOne(database, sql: "SELECT line FROM person WHERE number = ?", arguments: [key])
            problems.append(Self.twice(.citizenNumber, number.description, first, line, file))
        }
        for old in entry.earlierNumbers {
            // A number of the old identity card may have been two people's: such numbers were given. One of twelve digits
            // is one person's, so it is looked for before.
            if old.number.utf8.count == 12, let first = try lineOfEarlier(old.number, key) {
                problems.append(Self.twice(.earlierNumbers, old.number, first, line, file))
                continue
            }
            earlier.add(old.number)
            earlier.add(key)
            earlier.add(old.replacedOn)
            earlier.add(Int64(line))
            if try !earlier.run() {
                problems.append(
                    Self.twice(.earlierNumbers, old.number, try lineOfEarlier(old.number, key), line, file))
            }
        }
        return problems
    }

    private func lineOfEarlier(_ number: String, _ person: Int64) throws -> Int? {
        try Int.fetchOne(lineOfEarlier, arguments: [number, person])
    }

    /// Numbers that one person has and another had.
    func numbersOfTwoPeople(file: String) throws -> [RowProblem] {
        try Row.fetchAll(
            database,
            sql: """
                SELECT earlier.number, earlier.line, person.line FROM earlier
                JOIN person ON length(earlier.number) = 12 AND person.number = CAST(earlier.number AS INTEGER)
                ORDER BY earlier.line LIMIT ?
                """, arguments: [RegisterFileError.shown]
        ).map { found in
            RowProblem(
                file: file, line: found[1], column: PeopleColumn.earlierNumbers.name, value: found[0],
                rule: "is in force for the person of line \(found[2] as Int)")
        }
    }

    static func twice(
        _ column: PeopleColumn, _ value: String, _ first: Int?, _ line: Int, _ file: String
    ) -> RowProblem {
        RowProblem(
            file: file, line: line, column: column.name, value: value,
            rule: "stands in line \(first ?? line) already; a number is one person's")
    }
}
