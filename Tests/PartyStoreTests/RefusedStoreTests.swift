import Foundation
import GRDB
import PartyCore
import StoreTestSupport
import Testing

@testable import PartyStore

/// Directories that a store does not open, and damage that it finds.
@Suite struct RefusedStoreTests {
    private let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    private func open(_ identity: StoreIdentity = .sample) throws -> PartyStore<SampleRecord> {
        try PartyStore(directory: directory.path, identity: identity, durability: .process)
    }

    /// Fills a store with one batch, closes it, and changes its database behind its back.
    private func damage(_ sql: String) throws {
        let store = try open()
        var batch = SampleBatch(continuing: store.progress)
        for _ in 0..<2 { try store.batch { try batch.fill(&$0) } }
        try store.close()
        let queue = try DatabaseQueue(path: directory.path + "/party.sqlite")
        try queue.write { try $0.execute(sql: sql) }
        try queue.close()
    }

    private func error(_ body: () throws -> Void) throws -> StoreError {
        try #require(throws: StoreError.self, performing: body)
    }

    @Test func anotherVersionIsRefusedWithBoth() throws {
        try damage("UPDATE meta SET value = '99' WHERE key = 'format'")
        let error = try error { _ = try open() }
        #expect(error.code == .otherVersion)
        #expect(error.description.contains("has format 99, this program reads 5; give another --data"))
    }

    @Test func anotherPartyIsRefusedByName() throws {
        try open().close()
        let error = try error { _ = try open(StoreIdentity(party: "vss", exchange: "exchange-1")) }
        #expect(error.code == .otherExchange)
        #expect(error.description.contains("holds the data of party moh; give vss its own --data"))
    }

    @Test func anotherExchangeIsRefusedWithBoth() throws {
        try open().close()
        let error = try error { _ = try open(StoreIdentity(party: "moh", exchange: "exchange-2")) }
        #expect(error.code == .otherExchange)
        #expect(error.description.contains("belongs to another run (exchange exchange-1, the broker is exchange-2)"))
        #expect(error.description.contains("give another --data"))
        _ = try open()
    }

    @Test func aDirectoryInUseIsRefusedUntilItIsFree() throws {
        let store = try open()
        for _ in 0..<3 {
            let error = try error { _ = try open() }
            #expect(error.code == .inUse && error.description.contains("is used by another process; stop it"))
        }
        try store.close()
        _ = try open()
    }

    @Test func aStoreThatIsLetGoFreesItsDirectory() throws {
        var store: PartyStore<SampleRecord>? = try open()
        var batch = SampleBatch(continuing: try #require(store).progress)
        try store?.batch { try batch.fill(&$0) }
        store = nil
        #expect(try open().progress.ledger.submitted == 20)
    }

    @Test func aFileThatIsNoDatabaseIsDamaged() throws {
        try Data(repeating: 0x41, count: 40_000).write(to: URL(fileURLWithPath: directory.path + "/party.sqlite"))
        let error = try error { _ = try open() }
        #expect(error.code == .damaged && error.description.contains("restore"))
    }

    @Test func aPathThatCannotBeADirectoryIsSaid() throws {
        let path = directory.path + "/file"
        try Data().write(to: URL(fileURLWithPath: path))
        let error = try error {
            _ = try PartyStore<SampleRecord>(directory: path + "/moh", identity: .sample, durability: .process)
        }
        #expect(error.code == .database && error.description.contains("cannot make \(path)/moh"))
    }

    static let damagedAtOpening = [
        "UPDATE progress SET books = X'7B'",
        "UPDATE progress SET books = X''",
        "UPDATE offset SET partition = 4294967296",
    ]

    @Test(arguments: damagedAtOpening) func damageIsFoundAtOpening(sql: String) throws {
        try damage(sql)
        #expect(try error { _ = try open() }.code == .damaged)
    }

    static let damagedRows = [
        "UPDATE record SET words = X'01'",
        "UPDATE record SET words = zeroblob(40)",
        "UPDATE kept SET record = X'00'",
        "UPDATE journal SET leaves = substr(leaves, 2)",
        "UPDATE journal SET leaves = zeroblob(1920)",
        "UPDATE journal SET count = 9223372036854775807",
        "UPDATE journal SET count = -1",
        "UPDATE journal SET first = first + 1",
        "DELETE FROM journal WHERE first = 0",
        "UPDATE outbox SET chunk = substr(chunk, 1, 40)",
        "UPDATE outbox SET chunk = X''",
        "UPDATE record SET phase = 999",
        "UPDATE record SET phase = -1",
        "UPDATE record SET phase = 0",
    ]

    @Test(arguments: damagedRows) func aDamagedRowIsFoundWhenItIsRead(sql: String) throws {
        try damage(sql)
        let store = try open()
        let error = try error {
            _ = try store.countByPhase()
            try store.forEachLeaf { _, _ in }
            for number in store.progress.unsentChunks { _ = try store.outboxChunk(number) }
            try store.batch { state in
                _ = try state.record(.stored(1))
                _ = try state.oldestKept(limit: 5)
                return nil
            }
        }
        #expect(error.code == .damaged, "\(error)")
    }
}
