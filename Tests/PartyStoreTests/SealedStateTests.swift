import ExchangeSchema
import Foundation
import GRDB
import PartyCore
import StoreTestSupport
import Testing
import Vocabulary

@testable import PartyStore

/// What a party finds in its tables must be what its journal says: else it stops, and nothing is sent of it.
@Suite struct SealedStateTests {
    private let directory: TemporaryDirectory
    private let salts: SaltKey
    private static let records: Range<Int64> = 1..<9

    /// A store with a row and something kept for each of some records, closed.
    init() throws {
        directory = try TemporaryDirectory()
        salts = try SecretFile.saltKey(directory: directory.path)
        let store = try open()
        try batch(store) { state in
            for number in Self.records {
                let position = state.keep([UInt8(number)], for: .stored(number), since: 5)
                state.set(SampleRecord(.held, UInt64(number), keptAt: position), for: .stored(number))
            }
            return Self.records.map { (.held, .stored($0)) }
        }
        try store.close()
    }

    private func open() throws -> PartyStore<SampleRecord> {
        try PartyStore(directory: directory.path, identity: .sample, durability: .process)
    }

    private func batch(
        _ store: PartyStore<SampleRecord>, first: Int64 = 0,
        _ body: (inout StoreState<SampleRecord>) throws -> [(Decision, RecordIdentifier)]
    ) throws {
        try store.batch { state in
            var leaves: [UInt8] = []
            for (place, written) in try body(&state).enumerated() {
                let leaf = JournalLeaf(
                    decision: written.0, type: 1, reason: 0, topic: 0, partition: 0, offset: Int64(place),
                    message: MessageIdentifier(.facilityRecord, record: written.1, revision: 1), cause: .none, time: 7,
                    digest: PayloadDigest(of: [1]))
                try LeafChain.append(
                    leaf, about: written.1, number: first + Int64(place), in: &state, to: &leaves)
            }
            try LeafChain.seal(&leaves, first: first, in: &state, key: salts, now: 7)
            return BatchCommit(
                books: PartyBooks(), offsets: [], firstLeaf: first, leaves: leaves, chunk: nil, sentChunks: [])
        }
    }

    /// Lets go of what is held for a record, as C06 does once an agreement is signed.
    private func release(_ number: Int64) throws {
        let store = try open()
        try batch(store, first: store.progress.nextSequence) { state in
            let record = try #require(try state.record(.stored(number)))
            #expect(try state.kept(at: record.keptAt) == [UInt8(number)])
            state.drop(record.keptAt)
            state.set(SampleRecord(.shared, record.value), for: .stored(number))
            return [(.sent, .stored(number))]
        }
        try store.close()
    }

    private func alter(_ sql: String) throws {
        let queue = try DatabaseQueue(path: directory.path + "/party.sqlite")
        try queue.write { try $0.execute(sql: sql) }
        try queue.close()
    }

    @Test func whatNobodyTouchedGoesOn() throws {
        for number in Self.records { try release(number) }
        let store = try open()
        var leaves: [JournalLeaf] = []
        try store.forEachLeaf { leaves.append($1) }
        #expect(leaves.prefix(8).allSatisfy { $0.previous == .first && $0.state != .none })
        #expect(leaves.dropFirst(8).map(\.previous) == (0..<8).map { .leaf($0) })
    }

    @Test(arguments: [
        "UPDATE kept SET bytes = X'09' WHERE position = 3", "UPDATE kept SET since = 6 WHERE position = 3",
        "UPDATE kept SET record = (SELECT record FROM kept WHERE position = 4) WHERE position = 3",
        "UPDATE record SET words = zeroblob(64) WHERE id = (SELECT record FROM kept WHERE position = 3)",
        "UPDATE record SET words = (SELECT words FROM record WHERE id = (SELECT record FROM kept WHERE position = 4)) "
            + "WHERE id = (SELECT record FROM kept WHERE position = 3)",
        "UPDATE record SET words = CAST(substr(words, 1, 48) || zeroblob(16) AS BLOB)",
    ]) func whatWasChangedBehindItsBackStopsTheParty(sql: String) throws {
        try alter(sql)
        let store = try open()
        let error = #expect(throws: StoreError.self) {
            try batch(store, first: 8) { state in
                let record = try #require(try state.record(.stored(3)))
                state.drop(record.keptAt)
                state.set(SampleRecord(.shared, record.value), for: .stored(3))
                return [(.sent, .stored(3))]
            }
        }
        #expect(error?.code == .damaged && error.map { "\($0)".contains("restore") } == true, "\(sql)")
        try store.close()
        let again = try StoreInspection(directory: directory.path)
        #expect(again.progress.nextSequence == 8, "nothing of the batch was kept")
    }

    @Test func anotherSecretStopsThePartyToo() throws {
        let path = SecretFile.saltPath(directory.path)
        var bytes = try Data(contentsOf: URL(fileURLWithPath: path))
        bytes[5] ^= 1
        try bytes.write(to: URL(fileURLWithPath: path))
        #expect(throws: StoreError.self) { try release(3) }
    }

    @Test func whatIsNoRecordYetIsChainedAndTakenOver() throws {
        let store = try open()
        let stranger = RecordIdentifier.stored(77)
        try batch(store, first: 8) { _ in [(.unknownRecord, stranger)] }
        try store.close()
        let again = try open()
        try batch(again, first: 9) { state in
            state.set(SampleRecord(.pending, 1), for: stranger)
            return [(.accepted, stranger), (.sent, stranger)]
        }
        var leaves: [JournalLeaf] = []
        try again.forEachLeaf { leaves.append($1) }
        #expect(leaves.suffix(3).map(\.previous) == [.first, .leaf(8), .leaf(9)])
        #expect(leaves.suffix(3).map { $0.state == .none } == [false, true, false], "the last of a batch has the seal")
        try again.close()
        let inspection = try StoreInspection(directory: directory.path)
        var loose = 0
        try inspection.forEachSubject { _, isRecord, _ in if !isRecord { loose += 1 } }
        #expect(loose == 0)
    }

    @Test func aRecordThatChangesByTheWayHasALeaf() throws {
        let store = try open()
        try batch(store, first: 8) { state in
            _ = try state.record(.stored(2))
            state.set(SampleRecord(.refused, 9), for: .stored(2))
            return [(.accepted, .stored(1))]
        }
        var leaves: [JournalLeaf] = []
        try store.forEachLeaf { leaves.append($1) }
        #expect(leaves.last?.decision == .changed && leaves.last?.message.uuid == .stored(2))
        #expect(leaves.last?.previous == .leaf(1) && leaves.count == 10)
    }
}
