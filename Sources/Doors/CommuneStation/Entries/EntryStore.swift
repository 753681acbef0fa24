import DoorDesk
import Foundation
import GRDB

/// What was entered at stations, so that it can be shown and corrected. How it stands is not told here but by the facility.
struct EntryStore: Sendable {
    /// One entry.
    struct Entry: Sendable, Equatable {
        /// MA_LK.
        var number: String
        /// MA_CSKCB of the station.
        var facility: String
        var kind: RecordKind
        /// When it was last given to the facility; Unix milliseconds.
        var givenAt: Int64
        /// The revision that the facility is known to have taken in; 0 for none.
        var revision: UInt32
        /// What that revision says, as it was typed.
        var sent: [String: String]?
        /// What was given last, where it is not known to be taken in.
        var offer: Offer?

        /// What the form of it shows.
        var typed: TypedRecord { TypedRecord(kind, number: number, values: offer?.values ?? sent ?? [:]) }
    }

    /// What was given, and as which revision.
    struct Offer: Sendable, Equatable {
        var revision: UInt32
        var values: [String: String]
    }

    private let database: DatabaseQueue

    /// Opens the file, or makes it.
    /// - Throws: What SQLite says.
    init(path: String) throws {
        database = try DoorDatabase.open(
            path: path,
            tables: """
                CREATE TABLE IF NOT EXISTS entry (
                    number TEXT PRIMARY KEY, facility TEXT NOT NULL, kind TEXT NOT NULL, given INTEGER NOT NULL,
                    revision INTEGER NOT NULL, sent TEXT, offered INTEGER, offer TEXT
                ) WITHOUT ROWID;
                CREATE INDEX IF NOT EXISTS entry_given ON entry (facility, given);
                """)
    }

    /// Writes down what is about to be given to the facility. What is known to have been taken in stays.
    /// - Parameter oldest: What was given earlier is forgotten; Unix milliseconds.
    func offer(
        _ typed: TypedRecord, of facility: String, as revision: UInt32, at now: Int64, forgettingBefore oldest: Int64
    ) async throws {
        let values = try Self.text(typed.values)
        try await database.write { database in
            try database.execute(sql: "DELETE FROM entry WHERE given < ?", arguments: [oldest])
            try database.execute(
                sql: """
                    INSERT INTO entry VALUES (?, ?, ?, ?, 0, NULL, ?, ?) ON CONFLICT (number) DO UPDATE
                    SET given = excluded.given, offered = excluded.offered, offer = excluded.offer
                    """,
                arguments: [typed.number, facility, typed.kind.rawValue, now, Int64(revision), values])
        }
    }

    /// The facility has taken these values in.
    func take(_ typed: TypedRecord, as revision: UInt32) async throws {
        let values = try Self.text(typed.values)
        try await database.write { database in
            try database.execute(
                sql: "UPDATE entry SET sent = ?, revision = ?, offered = NULL, offer = NULL WHERE number = ?",
                arguments: [values, Int64(revision), typed.number])
        }
    }

    /// Whoever ended before an answer: what was given as a revision that the facility has by now was taken in.
    /// - Parameter revision: The last one with contents that the facility has; 0 for none.
    /// - Returns: The entry as it stands then; nil where there is none.
    func settle(_ number: String, at revision: UInt32) async throws -> Entry? {
        try await database.write { database in
            try database.execute(
                sql: """
                    UPDATE entry SET sent = offer, revision = offered, offered = NULL, offer = NULL
                    WHERE number = ? AND offered IS NOT NULL AND offered > revision AND offered <= ?
                    """, arguments: [number, Int64(revision)])
            // One that another form was faster than.
            try database.execute(
                sql: "UPDATE entry SET offered = NULL, offer = NULL WHERE number = ? AND offered <= revision",
                arguments: [number])
            return try Self.entries("number = ?", [number], database).first
        }
    }

    /// The entry with this number; nil where the station has none.
    func entry(_ number: String, of facility: String) async throws -> Entry? {
        try await database.read { try Self.entries("number = ? AND facility = ?", [number, facility], $0).first }
    }

    /// The last entries of a station, latest first.
    func latest(of facility: String, _ count: Int) async throws -> [Entry] {
        try await database.read {
            try Self.entries("facility = ? ORDER BY given DESC LIMIT ?", [facility, count], $0)
        }
    }

    private static func entries(
        _ which: String, _ arguments: StatementArguments, _ database: Database
    ) throws -> [Entry] {
        try Row.fetchAll(database, sql: "SELECT * FROM entry WHERE \(which)", arguments: arguments).compactMap { row in
            guard let kind = RecordKind(rawValue: row["kind"]) else { return nil }
            let (revision, given): (Int64, Int64) = (row["revision"], row["given"])
            let (offered, offer, sent): (Int64?, String?, String?) = (row["offered"], row["offer"], row["sent"])
            var entry = Entry(
                number: row["number"], facility: row["facility"], kind: kind, givenAt: given,
                revision: UInt32(clamping: revision), sent: try sent.map(values))
            if let offered, let offer {
                entry.offer = Offer(revision: UInt32(clamping: offered), values: try values(offer))
            }
            return entry
        }
    }

    private static func text(_ values: [String: String]) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        return String(decoding: try encoder.encode(values), as: UTF8.self)
    }

    private static func values(_ text: String) throws -> [String: String] {
        try JSONDecoder().decode([String: String].self, from: Data(text.utf8))
    }
}
