import Foundation
import GRDB
import PartyCore
import StoreTestSupport
import Testing

@testable import PartyStore

/// What can be seen of a party's directory.
@Suite struct StoreInspectionTests {
    private let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    private func fill() throws {
        let store = try PartyStore<SampleRecord>(directory: directory.path, identity: .sample, durability: .process)
        var batch = SampleBatch(continuing: store.progress)
        for _ in 0..<3 { try store.batch { try batch.fill(&$0) } }
        try store.close()
    }

    private func alter(_ sql: String) throws {
        let queue = try DatabaseQueue(path: directory.path + "/party.sqlite")
        try queue.write { try $0.execute(sql: sql) }
        try queue.close()
    }

    @Test func itSaysWhatWasCommitted() throws {
        try fill()
        let inspection = try StoreInspection(directory: directory.path)
        #expect(inspection.party == "moh" && inspection.exchange == "exchange-1")
        #expect(inspection.progress.ledger.submitted == 60)
        #expect(try inspection.countByPhase() == [.pending: 40, .shared: 20])
        #expect(try inspection.words(of: .stored(0)) == SampleRecord(.shared, 0).words)
        #expect(try inspection.words(of: .stored(60)) == nil)
        let journal = try inspection.journal()
        #expect(journal.leaves == 60 && journal.firstFault == nil && journal.strays == 0)
        #expect(journal.count(.accepted, type: 1) == 60 && journal.count(.refused, type: 1) == 0)
    }

    static let faults: [(String, Int64)] = [
        ("DELETE FROM journal WHERE first = 20", 20),
        ("UPDATE journal SET first = first + 1", 0),
        ("UPDATE journal SET leaves = substr(leaves, 2) WHERE first = 20", 20),
        ("UPDATE journal SET count = 9223372036854775807 WHERE first = 40", 40),
        ("UPDATE journal SET count = -1 WHERE first = 0", 0),
        ("UPDATE journal SET leaves = X'' WHERE first = 20", 20),
    ]

    @Test(arguments: faults) func aFaultOfTheJournalIsFound(sql: String, leaf: Int64) throws {
        try fill()
        try alter(sql)
        #expect(try StoreInspection(directory: directory.path).journal().firstFault == leaf)
    }

    @Test(arguments: [999, -1, 0]) func aPhaseThatIsNoneIsDamaged(phase: Int) throws {
        try fill()
        try alter("UPDATE record SET phase = \(phase)")
        let inspection = try StoreInspection(directory: directory.path)
        #expect(throws: StoreError(.damaged, "")) { try inspection.countByPhase() }
    }

    @Test func anEmptyDirectoryIsRefused() throws {
        #expect(throws: StoreError(.database, "")) { try StoreInspection(directory: directory.path) }
    }

    @Test func anotherVersionIsRefused() throws {
        try fill()
        try alter("UPDATE meta SET value = '0' WHERE key = 'format'")
        let error = try #require(throws: StoreError.self) { try StoreInspection(directory: directory.path) }
        #expect(error.code == .otherVersion && error.description.contains("has format 0, this program reads 5"))
    }
}
