import Foundation
import GRDB

/// When a store sweeps: soon after it has become quiet, and otherwise at a steady pace.
struct SweepClock {
    /// So long nothing was written.
    static let quiet = Duration.seconds(1)
    /// So long after the first batch since the last sweep at the latest.
    static let pace = Duration.seconds(30)

    private var first: ContinuousClock.Instant?
    private var last: ContinuousClock.Instant?

    /// A batch was written.
    mutating func note(_ now: ContinuousClock.Instant) {
        if first == nil { first = now }
        last = now
    }

    func isDue(_ now: ContinuousClock.Instant) -> Bool {
        guard let first, let last else { return false }
        return last.duration(to: now) >= Self.quiet || first.duration(to: now) >= Self.pace
    }

    /// It was done, wholly or in part; what is left waits for the pace.
    mutating func swept(wholly: Bool, _ now: ContinuousClock.Instant) {
        (first, last) = wholly ? (nil, nil) : (now, now + Self.pace)
    }
}

extension PartyStore {
    /// Tables whose rows come and go, and hold what was said of people.
    private static var passing: [(table: String, key: String, bytes: String)] {
        [("kept", "position", "bytes"), ("outbox", "number", "chunk"), ("read_model_change", "leaves", "changes")]
    }

    /// A table is written anew up to so many rows, and bytes in them: it is held in memory meanwhile.
    private static var mostRows: Int { 4_096 }
    private static var mostBytes: Int64 { 16 << 20 }
    /// A database is written anew up to so many pages of 16 KiB.
    private static var mostPages: Int { 2_048 }

    /// Overwrites what deleted rows have left behind. `secure_delete` overwrites a row where it lay, and pages that become
    /// free. What stays are copies that SQLite leaves in the gaps of a page when it moves rows to others, and what lies in
    /// the write-ahead log. So tables whose rows come and go are written anew, in pages that were overwritten before, and
    /// the log is cut to nothing.
    ///
    /// A table that holds more than 4,096 rows or 16 MiB is left for another time; so is the log while somebody reads.
    /// - Throws: `DatabaseError`; ``StoreError``.
    func sweepDeleted() throws {
        let isWhole = try queue.writeWithoutTransaction { database in
            var isWhole = true
            try catchUp(database)
            try database.inTransaction(.immediate) {
                try readModel?.forgetApplied()
                for (table, key, bytes) in Self.passing {
                    if try !Self.rewrite(table, key, bytes, database) { isWhole = false }
                }
                return .commit
            }
            readModel?.forgot()
            return try Self.cutLog(database) && isWhole
        }
        sweep.swept(wholly: isWhole, .now)
    }

    /// - Returns: False where it is too much.
    private static func rewrite(_ table: String, _ key: String, _ bytes: String, _ database: Database) throws -> Bool {
        // A length is read without the bytes, and no more rows than may be.
        let row = try Row.fetchOne(
            database,
            sql: """
                SELECT count(*), coalesce(sum(size), 0)
                FROM (SELECT length(\(bytes)) AS size FROM \(table) LIMIT \(mostRows + 1))
                """)
        let (rows, size): (Int, Int64) = (try row?.stored(0) ?? 0, try row?.stored(1) ?? 0)
        guard rows <= mostRows, size <= mostBytes else { return false }
        // Without a condition SQLite clears whole pages instead of taking out row by row.
        guard rows > 0 else {
            try database.execute(sql: "DELETE FROM \(table)")
            return true
        }
        // Temporary tables are in memory.
        try database.execute(
            sql: """
                CREATE TEMP TABLE standing AS SELECT * FROM \(table);
                DELETE FROM \(table);
                INSERT INTO \(table) SELECT * FROM standing ORDER BY \(key);
                DROP TABLE standing;
                """)
        return true
    }

    /// Writes a small database anew where an eighth of it or more is free: a queue that was full for a moment leaves as much as
    /// all the rest of a run of 5,000 visits (a facility 4.9 of 7.0 MB, a locality 5.7 of 7.2). That takes 13 to 57 ms there.
    /// A larger one has more rows than room that was free once, and is left as it is: it is held in memory meanwhile.
    /// - Throws: `DatabaseError`, but for a disk that is full or fails, when the database stays as it was.
    func giveBackFreePages() throws {
        do {
            try queue.writeWithoutTransaction { database in
                let pages = try Int.fetchOne(database, sql: "PRAGMA page_count") ?? 0
                let free = try Int.fetchOne(database, sql: "PRAGMA freelist_count") ?? 0
                guard pages <= Self.mostPages, free * 8 >= pages, free > 0 else { return }
                try database.execute(sql: "VACUUM")
                _ = try Self.cutLog(database)
            }
        } catch let error as DatabaseError where [.SQLITE_FULL, .SQLITE_IOERR].contains(error.resultCode) {}
    }

    /// Puts the log into the database and cuts it to nothing.
    /// - Returns: False while somebody reads.
    private static func cutLog(_ database: Database) throws -> Bool {
        let row = try Row.fetchOne(database, sql: "PRAGMA wal_checkpoint(TRUNCATE)")
        let isBusy: Int = try row?.stored(0) ?? 0
        return isBusy == 0
    }
}
