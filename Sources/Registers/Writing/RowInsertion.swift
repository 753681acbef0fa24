import ExchangeSchema
import GRDB
import GRDBSQLite

/// An insertion whose values are bound one after the other, by SQLite's own calls: a value of GRDB for each of a million
/// rows' columns is a third of the writing.
final class RowInsertion {
    private let statement: Statement
    private let handle: OpaquePointer
    private var position: Int32 = 0

    /// - Parameter sql: The insertion, with a `?` for each value.
    init(_ database: Database, _ sql: String) throws {
        statement = try database.makeStatement(sql: sql)
        handle = statement.sqliteStatement
    }

    /// Binds a number.
    func add(_ number: Int64?) {
        position += 1
        if let number { sqlite3_bind_int64(handle, position, number) } else { sqlite3_bind_null(handle, position) }
    }

    /// Binds a day, as its number.
    func add(_ day: CivilDate?) { add(day.map { Int64($0.number) }) }

    /// Binds a text, which is copied.
    func add(_ text: String) {
        position += 1
        var text = text
        // -1 is SQLITE_TRANSIENT: SQLite makes a copy of its own.
        let copied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
        text.withUTF8 { bytes in
            bytes.withMemoryRebound(to: CChar.self) { characters in
                if let base = characters.baseAddress {
                    _ = sqlite3_bind_text64(
                        handle, position, base, UInt64(characters.count), copied, UInt8(SQLITE_UTF8))
                } else {
                    _ = sqlite3_bind_text64(handle, position, "", 0, nil, UInt8(SQLITE_UTF8))
                }
            }
        }
    }

    /// Inserts the row whose values were bound.
    /// - Returns: Whether it was; false where its key is there already and the statement ignores that.
    /// - Throws: SQLite's error.
    func run() throws -> Bool {
        position = 0
        let code = sqlite3_step(handle)
        sqlite3_reset(handle)
        guard code == SQLITE_DONE else {
            throw DatabaseError(
                resultCode: ResultCode(rawValue: code),
                message: String(cString: sqlite3_errmsg(sqlite3_db_handle(handle))))
        }
        return sqlite3_changes(sqlite3_db_handle(handle)) > 0
    }
}
