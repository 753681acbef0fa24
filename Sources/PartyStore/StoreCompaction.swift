import Foundation
import GRDB

/// Writes a party's database anew without what was deleted from it. SQLite leaves deleted contents in free pages until it
/// needs the room: a visit that was handed on long ago can still be read there by whoever has the file.
public enum StoreCompaction {
    /// Needs, for its time, room for another database of that size.
    /// - Parameter directory: Of a party that does not run; one without a database is left alone.
    /// - Throws: ``StoreError`` when the party runs, or the disk is full; the database is then as it was.
    public static func run(directory: String) throws {
        try StorePath.check(directory)
        let path = StorePath.database(directory)
        guard FileManager.default.fileExists(atPath: path) else { return }
        let lock = try DirectoryLock(directory: directory)
        defer { withExtendedLifetime(lock) {} }
        do {
            var configuration = Configuration()
            configuration.journalMode = .wal
            let queue = try DatabaseQueue(path: path, configuration: configuration)
            try queue.writeWithoutTransaction { database in
                try database.execute(sql: "PRAGMA synchronous = FULL; VACUUM; PRAGMA wal_checkpoint(TRUNCATE)")
            }
            try queue.close()
        } catch let error as DatabaseError {
            throw StoreError(error, path: path)
        }
    }
}
