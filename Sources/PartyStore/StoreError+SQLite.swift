import GRDB
import GRDBSQLite

extension StoreError {
    /// What a result code of SQLite means to a person. The only place that says so.
    /// - Parameters:
    ///   - path: The database, or its directory.
    ///   - text: What SQLite adds.
    init(sqlite code: Int32, path: String, _ text: String) {
        switch code & 0xFF {
        case SQLITE_FULL, SQLITE_IOERR:
            self.init(.diskFull, "\(path): the disk is full or cannot be written (\(text)); make room and start again")
        case SQLITE_NOTADB, SQLITE_CORRUPT:
            self.init(.damaged, "\(path): the database is damaged (\(text)); restore the directory from a copy")
        case SQLITE_BUSY, SQLITE_LOCKED:
            self.init(.inUse, "\(path): another process uses the database (\(text)); end it, or try again")
        case SQLITE_READONLY:
            self.init(.database, "\(path) may only be read here (\(text)); what writes needs the permission to")
        default:
            self.init(.database, "\(path): SQLite says: \(text) (code \(code))")
        }
    }

    init(_ error: DatabaseError, path: String) {
        self.init(sqlite: error.extendedResultCode.rawValue, path: path, error.message ?? "no message")
    }
}
