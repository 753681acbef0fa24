import Audit
import ExchangeSchema
import Foundation
import GRDB
import PartyCore
import Testing

/// One bit of a data directory is flipped, anywhere in any file that an exchange with an auditor leaves behind. Whatever
/// then reads differently of the evidence is noticed, and named; what nobody reads may go unnoticed.
@Suite struct FlippedByteTests {
    private static let shares = 8
    /// Positions tried in all are eight times as many. Each is a whole verification: `FLIPPED_BYTES=260` tries more.
    private static let positionsInAShare =
        ProcessInfo.processInfo.environment["FLIPPED_BYTES"].flatMap { Int($0) } ?? 80

    /// What the evidence consists of in a party's database.
    private static let tables = [
        "journal": "first", "checkpoint": "size", "frontier": "id", "tile": "level, place",
        "offset": "topic, partition",
        "progress": "id", "meta": "key", "vault": "first", "vault_key": "record", "access": "leaf",
        "cosigned": "size, witness", "split_view": "origin, finder",
        // What decides about records, and what is kept for them.
        "record": "id", "chain": "id", "kept": "position", "witnessed": "origin",
    ]

    /// All that is read of a database, or nothing when SQLite refuses.
    private func content(_ path: String) -> [String: [[DatabaseValue]]]? {
        try? {
            let queue = try DatabaseQueue(path: path)
            defer { try? queue.close() }
            return try queue.read { database in
                var content: [String: [[DatabaseValue]]] = [:]
                for (table, order) in Self.tables where try database.tableExists(table) {
                    content[table] = try Row.fetchAll(database, sql: "SELECT * FROM \(table) ORDER BY \(order)").map {
                        Array($0.databaseValues)
                    }
                }
                return content
            }
        }()
    }

    private func files(_ exchange: SmallExchange) throws -> [String] {
        let folder = URL(fileURLWithPath: exchange.path)
        let names = try #require(FileManager.default.enumerator(atPath: exchange.path))
        return names.compactMap { $0 as? String }.filter { name in
            // The lock says nothing, and no citizen's number stands in what is seen here.
            !["lock", "citizen.key"].contains { name.hasSuffix($0) }
                && (try? folder.appendingPathComponent(name).resourceValues(forKeys: [.isRegularFileKey]))?
                    .isRegularFile
                    == true
        }.sorted().map { exchange.path + "/" + $0 }
    }

    @Test(arguments: 0..<shares)
    func whateverReadsDifferentlyIsNoticed(share: Int) throws {
        let exchange = try SmallExchange()
        #expect(try exchange.witnessed { try $0.observe(SmallExchange.traffic) }.holds)
        var generator = Positions(state: UInt64(share))
        let files = try files(exchange)
        #expect(files.count > 15)
        var noticed = 0
        for _ in 0..<Self.positionsInAShare {
            // Every file gets its turn, however small it is.
            let path = files[.random(in: files.indices, using: &generator)]
            let original = try Data(contentsOf: URL(fileURLWithPath: path))
            guard !original.isEmpty else { continue }
            let place = Int.random(in: original.indices, using: &generator)
            let bit = UInt8(1) << UInt8.random(in: 0...7, using: &generator)
            let before = path.hasSuffix(".sqlite") ? content(path) : nil
            var damaged = original
            damaged[place] ^= bit
            try damaged.write(to: URL(fileURLWithPath: path))
            let isChanged = !path.hasSuffix(".sqlite") || content(path) != before
            let findings = try? exchange.verifyWithAuditor().findings
            if isChanged {
                noticed += 1
                #expect(findings?.isEmpty != true, "\(path), byte \(place), bit \(bit) of share \(share)")
                #expect(findings?.allSatisfy { !$0.party.isEmpty && !$0.text.isEmpty } != false)
            }
            for rest in ["-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + rest) }
            try original.write(to: URL(fileURLWithPath: path))
        }
        #expect(noticed > Self.positionsInAShare / 3)
        #expect(try exchange.verifyWithAuditor().holds, "put back, it holds again")
    }
}

/// The same positions in every run.
private struct Positions: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var word = state
        word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
        return word ^ (word >> 31)
    }
}
