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
    private let person: Statement
    private let earlier: Statement
    private let lineOfEarlier: Statement

    init(_ database: Database) throws {
        self.database = database
        person = try database.makeStatement(
            sql: "INSERT OR IGNORE INTO person VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
        earlier = try database.makeStatement(sql: "INSERT OR IGNORE INTO earlier VALUES (?, ?, ?, ?)")
        // A number of the old identity card may have been two people's: such numbers were given.
        lineOfEarlier = try database.makeStatement(
            sql: "SELECT line FROM earlier WHERE number = ? AND (length(number) = 12 OR person = ?)")
    }

    /// Adds somebody with a number in force.
    /// - Returns: What is wrong: a number that stands in another row already.
    func add(_ entry: PersonEntry, _ row: RegisterRow<PeopleColumn>, file: String) throws -> [RowProblem] {
        guard let number = entry.citizenNumber else { return [] }
        var problems: [RowProblem] = []
        let key = Int64(number.number)
        try person.execute(arguments: [
            key, entry.fullName, Int64(entry.birthDate.number), Int64(entry.sex.rawValue),
            Int64(entry.residence.number), entry.ward, entry.death?.stored, entry.movedOn.map { Int64($0.number) },
            entry.formerProvince.map { Int64($0.number) }, entry.missingSince.map { Int64($0.number) },
            Int64(row.line),
        ])
        if database.changesCount == 0 {
            let first = try Int.fetchOne(database, sql: "SELECT line FROM person WHERE number = ?", arguments: [key])
            problems.append(Self.twice(.citizenNumber, row[.citizenNumber], first, row, file))
        }
        for old in entry.earlierNumbers {
            let first = try Int.fetchOne(lineOfEarlier, arguments: [old.number, key])
            guard first == nil else {
                problems.append(Self.twice(.earlierNumbers, old.number, first, row, file))
                continue
            }
            try earlier.execute(arguments: [
                old.number, key, old.replacedOn.map { Int64($0.number) }, Int64(row.line),
            ])
        }
        return problems
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
        _ column: PeopleColumn, _ value: String, _ first: Int?, _ row: RegisterRow<PeopleColumn>, _ file: String
    ) -> RowProblem {
        RowProblem(
            file: file, line: row.line, column: column.name, value: value,
            rule: "stands in line \(first ?? row.line) already; a number is one person's")
    }
}
