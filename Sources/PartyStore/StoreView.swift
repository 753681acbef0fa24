import Foundation
import GRDB

/// One state of a store, which does not change while it is looked at, and which looking at does not change: no lock is
/// taken, nothing is written, and a directory that may only be read will do.
///
/// A party that runs is read beside it, as of its last commit (SQLite's write-ahead log keeps that state until the view is
/// closed). The database of one that does not run is read as a file: its log, where the end of the process left one, is
/// taken into account in memory and stays as it is. Should the party start meanwhile, the view says so and ends.
final class StoreView {
    /// Whether a process held the directory.
    let isLive: Bool
    /// Clock reading before the state was fixed: what the party commits later is not in it. Unix milliseconds.
    let takenAt: Int64
    let directory: String
    private let queue: DatabaseQueue
    /// The files of a store at rest.
    private let files: [FileState?]

    /// How often to look again when a party starts or ends at the same moment.
    private static let mostTries = 5

    /// Opens the store of a directory, as of now.
    /// - Throws: ``StoreError`` when the database cannot be read.
    static func open(_ directory: String) throws -> StoreView {
        for _ in 1..<mostTries {
            let isLive = DirectoryLock.isHeld(directory: directory)
            do {
                return try StoreView(directory: directory, isLive: isLive)
            } catch  where DirectoryLock.isHeld(directory: directory) != isLive {
                continue
            }
        }
        return try StoreView(directory: directory, isLive: DirectoryLock.isHeld(directory: directory))
    }

    private init(directory: String, isLive: Bool) throws {
        self.directory = directory
        self.isLive = isLive
        files = isLive ? [] : Self.states(directory)
        takenAt = Int64(Date().timeIntervalSince1970 * 1_000)
        let hasLog = (files.last ?? nil).map { $0.size > 0 } ?? false
        if !isLive, let journal = FileState(path: StorePath.rollbackJournal(directory)), journal.size > 0 {
            throw StoreError(
                .interrupted, "\(directory) ends within a transaction that must be taken back; start its party once")
        }
        var configuration = Configuration()
        configuration.readonly = true
        // The view is one transaction, from here to its end.
        configuration.allowsUnsafeTransactions = true
        configuration.busyMode = .timeout(5)
        configuration.prepareDatabase { database in
            try database.execute(sql: "PRAGMA temp_store = MEMORY")
            // Without shared memory beside the database, which would have to be written.
            if hasLog { try database.execute(sql: "PRAGMA locking_mode = EXCLUSIVE") }
        }
        let query = isLive ? "mode=ro" : hasLog ? "mode=ro&vfs=unix-none" : "mode=ro&immutable=1"
        do {
            queue = try DatabaseQueue(path: Self.address(directory) + "?" + query, configuration: configuration)
            try queue.unsafeRead { database in
                try database.execute(sql: "BEGIN; SELECT count(*) FROM sqlite_schema")
                try RecordChangeTable.show(database)
            }
        } catch let error as DatabaseError {
            throw StoreError(error, path: directory)
        }
        try requireUnchanged()
    }

    /// The database as SQLite's URI takes it.
    private static func address(_ directory: String) -> String {
        let path = URL(fileURLWithPath: StorePath.database(directory)).path
        let plain = CharacterSet.alphanumerics.union(CharacterSet(charactersIn: "/-._~"))
        return "file:" + (path.addingPercentEncoding(withAllowedCharacters: plain) ?? path)
    }

    private static func states(_ directory: String) -> [FileState?] {
        [FileState(path: StorePath.database(directory)), FileState(path: StorePath.log(directory))]
    }

    /// Reads; what is read together with what was read before is one state.
    /// - Throws: What the body throws; ``StoreError`` when the database is damaged, or its party was started.
    func read<Result>(_ body: (Database) throws -> Result) throws -> Result {
        do {
            let result = try queue.unsafeRead(body)
            try requireUnchanged()
            return result
        } catch let error as DatabaseError {
            try requireUnchanged()
            throw StoreError(error, path: directory)
        }
    }

    /// Whether what was read is still what the directory has: of a party that runs the view itself sees to that; of one
    /// that rested when it was opened, not any more once it is started.
    var isUnchanged: Bool { isLive || Self.states(directory) == files }

    private func requireUnchanged() throws(StoreError) {
        guard !isUnchanged else { return }
        throw StoreError(.inUse, "\(directory) was started, or put back, while it was read; read it again")
    }
}

/// What tells that a file is another or was written.
struct FileState: Equatable {
    let size: Int
    private let inode: UInt
    private let seconds: Int
    private let nanoseconds: Int

    /// Nil when there is no such file.
    init?(path: String) {
        var status = stat()
        guard unsafe stat(path, &status) == 0 else { return nil }
        size = Int(status.st_size)
        inode = UInt(status.st_ino)
        seconds = status.st_mtim.tv_sec
        nanoseconds = status.st_mtim.tv_nsec
    }
}
