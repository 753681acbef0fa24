import Foundation
import GRDB
import Journal
import TransparencyLog

/// What a party keeps as a witness of others, and what others said of its own log.
///
///     published      the checkpoint that went to the witnesses last, the tree's edge there, and the request
///     witness        where the checkpoint topic is read next
///     witnessed      of each other log the last checkpoint cosigned
///     witness_keys   of each other log the keys that are believed
///     cosigned       cosignatures of this party's checkpoints
///     split_view     logs with two histories
enum WitnessTables {
    static let tables = """
        CREATE TABLE IF NOT EXISTS published (id INTEGER PRIMARY KEY CHECK (id = 1), size INTEGER NOT NULL,
            hashes BLOB NOT NULL, request BLOB NOT NULL) STRICT;
        CREATE TABLE IF NOT EXISTS witness (id INTEGER PRIMARY KEY CHECK (id = 1), next INTEGER NOT NULL) STRICT;
        CREATE TABLE IF NOT EXISTS witnessed (origin TEXT PRIMARY KEY, size INTEGER NOT NULL, note BLOB NOT NULL,
            cosignature TEXT NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS witness_keys (origin TEXT PRIMARY KEY, list BLOB NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS cosigned (size INTEGER, witness TEXT, line TEXT NOT NULL,
            PRIMARY KEY (size, witness)) STRICT, WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS split_view (origin TEXT, finder TEXT, notice BLOB,
            PRIMARY KEY (origin, finder, notice)) STRICT, WITHOUT ROWID;
        """

    /// Writes what a batch found; to be called inside its transaction.
    static func write(_ commit: WitnessCommit, _ database: Database) throws {
        func run(_ sql: String, _ arguments: StatementArguments) throws {
            try database.cachedStatement(sql: sql).execute(arguments: arguments)
        }
        try run("INSERT OR REPLACE INTO witness (id, next) VALUES (1, ?)", [commit.next])
        for entry in commit.witnessed {
            try run(
                "INSERT OR REPLACE INTO witnessed (origin, size, note, cosignature) VALUES (?, ?, ?, ?)",
                [
                    entry.origin.string, Int64(clamping: entry.seen.size), Data(entry.seen.note.bytes),
                    entry.cosignature.line,
                ])
        }
        for entry in commit.cosigned {
            try run(
                "INSERT OR REPLACE INTO cosigned (size, witness, line) VALUES (?, ?, ?)",
                [Int64(clamping: entry.size), entry.signature.name.string, entry.signature.line])
        }
        for list in commit.keys {
            try run(
                "INSERT OR REPLACE INTO witness_keys (origin, list) VALUES (?, ?)",
                [list.origin.string, Data(list.bytes)])
        }
        for entry in commit.splitViews {
            try run(
                "INSERT OR IGNORE INTO split_view (origin, finder, notice) VALUES (?, ?, ?)",
                [entry.view.origin.string, entry.finder, Data(entry.view.bytes)])
        }
    }

    /// Cosignatures of the checkpoint of a size, by the name of the witness.
    static func cosignatures(size: Int64, _ database: Database) throws -> [NoteSignature] {
        guard try database.tableExists("cosigned") else { return [] }
        let lines = try String.fetchAll(
            database, sql: "SELECT line FROM cosigned WHERE size = ? ORDER BY witness", arguments: [size])
        return lines.compactMap { NoteSignature(line: Array($0.utf8.dropLast())) }
    }

    /// Logs with two histories, and who noticed.
    static func splitViews(_ database: Database) throws -> [FoundSplitView] {
        guard try database.tableExists("split_view") else { return [] }
        return try Row.fetchAll(database, sql: "SELECT finder, notice FROM split_view ORDER BY origin, finder").map {
            let (finder, notice): (String, Data) = (try $0.stored(0), try $0.stored(1))
            guard let view = SplitView(Array(notice)) else {
                throw StoreError(.damaged, "what was kept of two histories is damaged; restore from a copy")
            }
            return FoundSplitView(view: view, finder: finder)
        }
    }

    /// What a party goes on with as a witness.
    static func stored(_ database: Database) throws -> StoredWitness {
        var stored = StoredWitness()
        stored.next = try Int64.fetchOne(database, sql: "SELECT next FROM witness")
        for row in try Row.fetchAll(database, sql: "SELECT origin, size, note, cosignature FROM witnessed") {
            let (origin, size, note, line): (String, Int64, Data, String) = (
                try row.stored(0), try row.stored(1), try row.stored(2), try row.stored(3)
            )
            guard let note = try? SignedNote(Array(note)), let checkpoint = try? Checkpoint(text: note.text),
                checkpoint.size == UInt64(exactly: size),
                let signature = NoteSignature(line: Array(line.utf8.dropLast()))
            else { throw damaged(origin) }
            stored.witnessed.append(
                WitnessedLog(
                    origin: ExactText(origin),
                    seen: WitnessState.Seen(size: checkpoint.size, root: checkpoint.root, note: note),
                    cosignature: signature))
        }
        for row in try Row.fetchAll(database, sql: "SELECT origin, list FROM witness_keys") {
            let (origin, list): (String, Data) = (try row.stored(0), try row.stored(1))
            guard let keys = try? KeyList(Array(list)) else { throw damaged(origin) }
            stored.keys.append(keys)
        }
        stored.splitViews = try splitViews(database)
        if let size = try Int64.fetchOne(database, sql: "SELECT size FROM published") {
            stored.cosigned = try cosignatures(size: size, database)
        }
        return stored
    }

    private static func damaged(_ origin: String) -> StoreError {
        StoreError(.damaged, "what was kept of the log \(origin) is damaged; restore the data directory from a copy")
    }
}
