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

    /// Opens one to read from it.
    static func open(_ path: String) throws -> DatabaseQueue {
        var configuration = Configuration()
        configuration.readonly = true
        configuration.busyMode = .timeout(5)
        return try DatabaseQueue(path: path, configuration: configuration)
    }
}
