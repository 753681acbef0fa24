import ExchangeSchema
import GRDBSQLite
import PartyCore

/// Holds what a party finds in its tables against its journal before it acts on it: a row must have the seal that the last
/// leaf about its subject has. So what was changed behind a party's back stops it, and nothing is sent of it.
@safe final class RowProof {
    private let rows: Statement
    private let connection: OpaquePointer
    private let directory: String
    private var key: SaltKey?

    init(_ connection: OpaquePointer, directory: String) throws(StoreError) {
        unsafe self.connection = unsafe connection
        self.directory = directory
        rows = try unsafe Statement(
            connection, "SELECT first FROM journal WHERE first <= ?1 ORDER BY first DESC LIMIT 1")
    }

    func finalize() { rows.finalize() }

    /// - Throws: ``StoreError`` `damaged` where the row is not what its leaf says.
    func check(_ row: SubjectRow) throws(StoreError) {
        // The secret is made when the party begins, after its store. Whoever has none has sealed nothing.
        if key == nil { key = SecretFile.existingSaltKey(directory: directory) }
        guard let key else { return }
        guard let seal = try seal(ofLeaf: row.link.last), seal == row.seal(key) else {
            throw StoreError(
                .damaged,
                "what is stored about \(row.subject) is not what leaf \(row.link.last) of the journal says: somebody has "
                    + "changed the database or keys/salt.key. Nothing was sent of it; see cycle audit verify, and restore "
                    + "the data directory from a copy")
        }
    }

    /// Reads 16 bytes out of a row of the journal, which may have hundreds of thousands.
    private func seal(ofLeaf number: Int64) throws(StoreError) -> ShortDigest? {
        guard number >= 0 else { return nil }
        try rows.bind(number, at: 1)
        let found = try rows.step()
        let first = rows.integer(0)
        rows.reset()
        guard found, let place = Int32(exactly: (number - first) * Int64(JournalLeaf.width)) else { return nil }
        var blob: OpaquePointer?
        let code = unsafe sqlite3_blob_open(connection, "main", "journal", "leaves", first, 0, &blob)
        defer { unsafe sqlite3_blob_close(blob) }
        guard code == SQLITE_OK else { throw unsafe Statement.error(connection, code) }
        var bytes = [UInt8](repeating: 0, count: JournalLeaf.width)
        let count = Int32(JournalLeaf.width)
        guard unsafe sqlite3_blob_bytes(blob) >= place + count,
            unsafe bytes.withUnsafeMutableBytes({ unsafe sqlite3_blob_read(blob, $0.baseAddress, count, place) })
                == SQLITE_OK
        else { return nil }
        return JournalLeaf(stored: bytes[...])?.state
    }
}
