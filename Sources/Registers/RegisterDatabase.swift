import Foundation
import GRDB

/// The databases of the registers: made once, then only read.
enum RegisterDatabase {
    /// Creates one. Until it is whole it lies apart and is thrown away on any error, so nothing is made safe meanwhile.
    static func create(_ path: String, schema: String) throws -> DatabaseQueue {
        var configuration = Configuration()
        configuration.prepareDatabase { database in
            try database.execute(
                sql: "PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF; PRAGMA cache_size = -65536")
        }
        let queue = try DatabaseQueue(path: path, configuration: configuration)
        try queue.write { try $0.execute(sql: schema) }
        return queue
    }

    /// Opens one to read from it. Nobody writes into it any more, so it is not looked at whether somebody does: another import
    /// puts a new file in its place, and whoever has this one open goes on with it.
    static func open(_ path: String) throws -> DatabaseQueue {
        var configuration = Configuration()
        configuration.readonly = true
        configuration.prepareDatabase { try $0.execute(sql: "PRAGMA cache_size = -16384") }
        let plain = CharacterSet.alphanumerics.union(CharacterSet(charactersIn: "/-._~"))
        let absolute = URL(fileURLWithPath: path).path
        let address = absolute.addingPercentEncoding(withAllowedCharacters: plain) ?? absolute
        return try DatabaseQueue(path: "file:\(address)?mode=ro&immutable=1", configuration: configuration)
    }
}

extension DatabaseQueue {
    /// Looks something up without a transaction, which would take longer than the look-up: the file does not change.
    func lookUp<Result>(_ body: (Database) throws -> Result) throws -> Result { try unsafeRead(body) }
}
