public import ExchangeSchema
import GRDB

extension WarehouseFile {
    /// The revisions of a record that it has, each with the word in `standing`.
    /// - Throws: `StoreError`.
    public func standings(ofRecord record: RecordIdentifier) throws -> [UInt32: String] {
        try read { database in
            let rows = try Row.fetchAll(
                database, sql: "SELECT revision, standing FROM visit WHERE record = ?",
                arguments: [record.description])
            return Dictionary(
                rows.map { (UInt32(clamping: $0["revision"] as Int64), $0["standing"] as String) },
                uniquingKeysWith: { first, _ in first })
        }
    }
}
