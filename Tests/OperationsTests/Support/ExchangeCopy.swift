import Audit
import Foundation
import GRDB
import Operations
import Supervision

/// A copy of a data directory that is to be spoiled.
struct ExchangeCopy {
    let data: String

    init(_ original: String) throws {
        data = FileManager.default.temporaryDirectory.appendingPathComponent("taken-\(UUID().uuidString)").path
        try FileManager.default.copyItem(atPath: original, toPath: data)
    }

    func remove() { try? FileManager.default.removeItem(atPath: data) }

    func delete(_ path: String) throws { try FileManager.default.removeItem(atPath: data + "/" + path) }

    /// Keeps a folder as it is now.
    func keep(_ folder: String) throws {
        try FileManager.default.copyItem(atPath: "\(data)/\(folder)", toPath: "\(data)/before-\(folder)")
    }

    /// Puts a folder back as it was kept.
    func putBack(_ folder: String) throws {
        try delete(folder)
        try FileManager.default.moveItem(atPath: "\(data)/before-\(folder)", toPath: "\(data)/\(folder)")
    }

    func alter(_ party: String, _ sql: String) throws {
        let queue = try DatabaseQueue(path: "\(data)/\(party)/party.sqlite")
        try queue.write { try $0.execute(sql: sql) }
        try queue.close()
    }

    func verify() throws -> AuditReport { try ExchangeEvidence(layout: ExchangeLayout(data)).verify() }

    /// Does something with a party's database, and puts the database back as it was.
    func keepingDatabase(of party: String, _ act: () throws -> Void) throws {
        let path = "\(data)/\(party)/party.sqlite"
        // What a process left beside it goes into it first.
        let queue = try DatabaseQueue(path: path)
        try queue.writeWithoutTransaction { _ = try $0.checkpoint(.truncate) }
        try queue.close()
        let before = try Data(contentsOf: URL(fileURLWithPath: path))
        defer {
            for end in ["-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + end) }
            try? before.write(to: URL(fileURLWithPath: path))
        }
        try act()
    }

    /// Flips a bit in a table.
    /// - Returns: Where; nil when the table is not there or has no rows.
    func flip(_ party: String, _ table: String, _ column: String, _ chance: inout Chance) throws -> String? {
        let queue = try DatabaseQueue(path: "\(data)/\(party)/party.sqlite")
        defer { try? queue.close() }
        return try queue.write { database in
            guard try database.tableExists(table) else { return nil }
            let values = try Row.fetchAll(database, sql: "SELECT \(column) FROM \(table) ORDER BY \(column)")
            guard !values.isEmpty else { return nil }
            let place = chance.next(below: values.count)
            let old: DatabaseValue = values[place][0]
            var isText = false
            if case .string = old.storage { isText = true }
            var bytes = Data.fromDatabaseValue(old) ?? Data((String.fromDatabaseValue(old) ?? "").utf8)
            guard !bytes.isEmpty else { return nil }
            // Of text a low bit, so that it stays text.
            let (at, bit) = (chance.next(below: bytes.count), chance.next(below: isText ? 3 : 8))
            bytes[bytes.startIndex + at] ^= 1 << UInt8(bit)
            let new = isText ? String(decoding: bytes, as: UTF8.self).databaseValue : bytes.databaseValue
            try database.execute(
                sql: "UPDATE \(table) SET \(column) = ? WHERE \(column) = ?", arguments: [new, old])
            return "\(party), \(table).\(column), row \(place), byte \(at), bit \(bit)"
        }
    }

    /// Bytes of a file; nil where there is none.
    func size(_ path: String) -> Int? { FileManager.default.contents(atPath: "\(data)/\(path)")?.count }

    /// Flips a bit of a file.
    func flip(file path: String, _ place: Int, _ bit: Int) throws {
        let url = URL(fileURLWithPath: "\(data)/\(path)")
        var bytes = try Data(contentsOf: url)
        bytes[place] ^= 1 << UInt8(bit)
        let file = try FileHandle(forWritingTo: url)
        try file.write(contentsOf: bytes)
        try file.close()
    }
}
