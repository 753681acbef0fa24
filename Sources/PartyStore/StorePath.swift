import Foundation

/// Where a store's database lies, and whether SQLite can open it there.
enum StorePath {
    /// Most bytes of a database's full path: SQLite's limit of 512 leaves room for the names beside it.
    static let mostBytes = 504

    /// Path of the database in a party's directory.
    static func database(_ directory: String) -> String { directory + "/party.sqlite" }

    /// Path of the log that SQLite keeps beside it.
    static func log(_ directory: String) -> String { database(directory) + "-wal" }

    /// Path of the journal that an older version kept beside the auditor's database.
    static func rollbackJournal(_ directory: String) -> String { database(directory) + "-journal" }

    /// - Throws: ``StoreError`` for a path that SQLite would only say it cannot open.
    static func check(_ directory: String) throws(StoreError) {
        let path = database(URL(fileURLWithPath: directory).standardizedFileURL.resolvingSymlinksInPath().path)
        let count = path.utf8.count
        guard count <= mostBytes else {
            throw StoreError(
                .database,
                "the path \(path.prefix(60))… has \(count) bytes, and a database's may have \(mostBytes): give a shorter --data"
            )
        }
    }
}
