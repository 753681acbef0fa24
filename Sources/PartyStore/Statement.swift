public import ExchangeSchema
import GRDBSQLite

/// A prepared SQLite statement for the hot path: bound by position, run many times, one allocation in its life.
/// Confined to the store's thread like everything here. Positions count from 1, columns from 0. Safe to use: nobody
/// else has the handle, and SQLite checks it.
@safe public final class Statement {
    /// Nil once finalized; SQLite then answers every call with "misuse", which becomes an error.
    private var handle: OpaquePointer?

    init(_ connection: OpaquePointer, _ sql: String) throws(StoreError) {
        var handle: OpaquePointer?
        let code = unsafe sqlite3_prepare_v3(connection, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &handle, nil)
        guard code == SQLITE_OK, let handle = unsafe handle else { throw unsafe Statement.error(connection, code) }
        unsafe self.handle = handle
    }

    deinit { finalize() }

    /// Lets go of the statement, so that its database can be closed.
    public func finalize() {
        unsafe sqlite3_finalize(handle)
        unsafe handle = nil
    }

    /// Binds a number.
    public func bind(_ value: Int64, at position: Int32) throws(StoreError) {
        try unsafe check(sqlite3_bind_int64(handle, position, value))
    }

    /// Binds a number.
    public func bind(real value: Double, at position: Int32) throws(StoreError) {
        try unsafe check(sqlite3_bind_double(handle, position, value))
    }

    /// Binds text, which is copied.
    public func bind(text: String, at position: Int32) throws(StoreError) {
        let count = text.utf8.count
        // -1 is SQLITE_TRANSIENT: SQLite makes a copy of its own.
        let copied = unsafe unsafeBitCast(-1, to: sqlite3_destructor_type.self)
        let code = unsafe text.withCString {
            unsafe sqlite3_bind_text64(handle, position, $0, UInt64(count), copied, UInt8(SQLITE_UTF8))
        }
        try check(code)
    }

    /// Binds the absence of a value.
    public func bindNull(at position: Int32) throws(StoreError) {
        try unsafe check(sqlite3_bind_null(handle, position))
    }

    /// Binds bytes without copying them: they must stay as they are until ``reset()``.
    /// - Throws: ``StoreError`` for more bytes than SQLite takes (a thousand million), a place that the statement does not
    ///   have, or a statement that runs.
    public func bind(borrowed bytes: UnsafeRawBufferPointer, at position: Int32) throws(StoreError) {
        if let base = bytes.baseAddress, bytes.count > 0 {
            try unsafe check(sqlite3_bind_blob64(handle, position, base, UInt64(bytes.count), nil))
        } else {
            try unsafe check(sqlite3_bind_zeroblob(handle, position, 0))
        }
    }

    /// Binds text in UTF-8 without copying it: its bytes must stay as they are until ``reset()``.
    public func bind(borrowedText text: UnsafeRawBufferPointer, at position: Int32) throws(StoreError) {
        // Without an address SQLite would take it for the absence of a value.
        let code =
            if let base = text.baseAddress {
                unsafe sqlite3_bind_text64(
                    handle, position, base.assumingMemoryBound(to: CChar.self), UInt64(text.count), nil,
                    UInt8(SQLITE_UTF8))
            } else {
                unsafe sqlite3_bind_text64(handle, position, "", 0, nil, UInt8(SQLITE_UTF8))
            }
        try check(code)
    }

    private func check(_ code: Int32) throws(StoreError) {
        guard code == SQLITE_OK else { throw unsafe Statement.error(sqlite3_db_handle(handle), code) }
    }

    /// Runs a statement that gives no rows, and resets it.
    public func run() throws(StoreError) {
        let code = unsafe sqlite3_step(handle)
        let problem = unsafe code == SQLITE_DONE ? nil : Statement.error(sqlite3_db_handle(handle), code)
        reset()
        if let problem { throw problem }
    }

    /// Moves to the next row; false when there is none.
    public func step() throws(StoreError) -> Bool {
        let code = unsafe sqlite3_step(handle)
        if code == SQLITE_ROW { return true }
        guard code == SQLITE_DONE else { throw unsafe Statement.error(sqlite3_db_handle(handle), code) }
        return false
    }

    /// A column of the current row as a number; 0 where it is none.
    public func integer(_ column: Int32) -> Int64 { unsafe sqlite3_column_int64(handle, column) }

    /// A column of the current row as a record identifier: 16 bytes, big-endian; nil where it is none.
    public func record(_ column: Int32) -> RecordIdentifier? {
        unsafe withBytes(column) { bytes -> RecordIdentifier? in
            guard bytes.count == 16 else { return nil }
            return unsafe RecordIdentifier(
                high: UInt64(bigEndian: bytes.loadUnaligned(as: UInt64.self)),
                low: UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self)))
        }
    }

    /// A column of the current row as text; empty where it has none.
    public func text(_ column: Int32) -> String {
        unsafe withBytes(column) { unsafe String(decoding: $0, as: UTF8.self) }
    }

    /// Whether a column of the current row has no value.
    public func isNull(_ column: Int32) -> Bool { unsafe sqlite3_column_type(handle, column) == SQLITE_NULL }

    /// Lends the bytes of a column of the current row.
    public func withBytes<Result>(_ column: Int32, _ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        let count = unsafe Int(sqlite3_column_bytes(handle, column))
        return unsafe body(UnsafeRawBufferPointer(start: sqlite3_column_blob(handle, column), count: count))
    }

    /// Makes it ready to be run again.
    public func reset() { unsafe sqlite3_reset(handle) }

    static func execute(_ connection: OpaquePointer, _ sql: String) throws(StoreError) {
        let code = unsafe sqlite3_exec(connection, sql, nil, nil, nil)
        guard code == SQLITE_OK else { throw unsafe error(connection, code) }
    }

    static func error(_ connection: OpaquePointer?, _ code: Int32) -> StoreError {
        // SQLite answers "misuse" where there is no connection to ask.
        guard let connection = unsafe connection else {
            return StoreError(sqlite: code, path: "a closed database", "misuse")
        }
        let path = unsafe sqlite3_db_filename(connection, "main").map { unsafe String(cString: $0) } ?? ""
        return unsafe StoreError(
            sqlite: code, path: path.isEmpty ? "the database" : path, String(cString: sqlite3_errmsg(connection)))
    }
}
