import ExchangeSchema
import Foundation
import GRDB

/// A look into a party's table of records.
enum FirstRow {
    struct NoRow: Error {}

    /// The identifier of the first record.
    static func identifier(database path: String) throws -> String {
        let queue = try DatabaseQueue(path: path)
        let id = try queue.read { try Data.fetchOne($0, sql: "SELECT id FROM record ORDER BY id LIMIT 1") }
        try queue.close()
        guard let id, id.count == 16 else { throw NoRow() }
        func word(_ bytes: Data) -> UInt64 { bytes.reduce(0) { $0 << 8 | UInt64($1) } }
        return RecordIdentifier(high: word(id.prefix(8)), low: word(id.suffix(8))).description
    }
}
