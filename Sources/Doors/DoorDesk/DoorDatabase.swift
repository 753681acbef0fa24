import Foundation
public import GRDB

/// The file in which a dialect keeps what it was given and what it answered.
public enum DoorDatabase {
    /// Opens the file, or makes it; only its own user may read it.
    /// - Parameters:
    ///   - path: Where it lies.
    ///   - tables: SQL that makes what is not there yet.
    /// - Throws: What SQLite says.
    public static func open(path: String, tables: String) throws -> DatabaseQueue {
        var configuration = Configuration()
        configuration.prepareDatabase { database in
            try database.execute(sql: "PRAGMA journal_mode = WAL")
            try database.execute(sql: "PRAGMA synchronous = NORMAL")
            // What is too old is deleted, and what is deleted is overwritten: it is about people.
            try database.execute(sql: "PRAGMA secure_delete = ON")
        }
        if !FileManager.default.fileExists(atPath: path) {
            _ = FileManager.default.createFile(atPath: path, contents: nil, attributes: [.posixPermissions: 0o600])
        }
        let database = try DatabaseQueue(path: path, configuration: configuration)
        try database.write { try $0.execute(sql: tables) }
        return database
    }
}
