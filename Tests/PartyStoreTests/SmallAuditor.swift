import ExchangeSchema
import Foundation
import PartyCore
import StoreTestSupport
import TransparencyLog

@testable import PartyStore

/// An auditor's directory filled by hand: batches of records on two topics, ten of them about each visit.
struct SmallAuditor {
    static let identity = StoreIdentity(party: "auditor", exchange: "exchange-1")
    static let topics = ["facility.records", "moh.book-entries", "audit.access"]
    static let batchSize: Int64 = 60
    let directory: String

    /// Number of the citizen whose visit has this number: each has three.
    static func citizen(ofVisit visit: Int64) -> UInt64 { 1_090_000_000 + UInt64(visit / 3) }

    /// What a record holds.
    static func value(_ number: Int64) -> [UInt8] { Array("payload of record \(number)".utf8) }

    /// The visit a record is about; none for every tenth.
    static func visit(of number: Int64) -> Int64? { number % 10 == 9 ? nil : number / 10 }

    static func place(of number: Int64) -> (topic: Int, partition: Int32, offset: Int64) {
        (Int(number % 2), Int32(number / 2 % 3), number / 6)
    }

    func fill(batches: Int64, keyFile: String? = nil) throws {
        let store = try PartyStore<NoRecord>(
            directory: directory, identity: Self.identity, durability: .process)
        _ = try store.sign(directory: directory, identity: Self.identity)
        let vault = try Vault(store, directory: directory, topics: Self.topics, keyFile: keyFile)
        for _ in 0..<batches {
            let first = Int64(store.tree.size)
            try store.batch { _ in
                try vault.begin()
                var leaves: [UInt8] = []
                for number in first..<first + Self.batchSize { try add(number, to: vault, &leaves) }
                try vault.flush(firstLeaf: first)
                return BatchCommit(
                    books: PartyBooks(), offsets: [], firstLeaf: first, leaves: leaves, chunk: nil, sentChunks: [])
            }
        }
        try store.sealCheckpoint(now: 1, force: true)
        vault.close()
        try store.close()
    }

    private func add(_ number: Int64, to vault: Vault, _ leaves: inout [UInt8]) throws {
        let (topic, partition, offset) = Self.place(of: number)
        let value = Self.value(number)
        let visit = Self.visit(of: number)
        let record = visit.map { RecordIdentifier.stored($0) } ?? RecordIdentifier(high: 0, low: 0)
        let name = Array("ce_subject".utf8)
        // A key, the value, a header, and every fifth without a key.
        let parts = (number % 5 == 0 ? [] : [UInt8(7)]) + value + name + [1, 2]
        let lengths: [Int32] = [number % 5 == 0 ? -1 : 1, Int32(value.count), Int32(name.count), 2]
        try vault.add(
            record, topic: topic, partition: partition, offset: offset, timestamp: 1_000 + number, lengths: lengths,
            bytes: parts.span.bytes)
        if let visit { vault.note(citizen: Self.citizen(ofVisit: visit), of: record) }
        JournalLeaf(
            decision: .observed, type: 1, reason: 0, topic: UInt8(topic), partition: partition, offset: offset,
            message: .none, cause: .none, time: 5, digest: PayloadDigest(of: value)
        ).append(to: &leaves)
    }

    /// What the record with this number must be.
    static func expected(_ number: Int64) -> TrafficRecord {
        let place = place(of: number)
        return TrafficRecord(
            topic: topics[place.topic], partition: place.partition, offset: place.offset, timestamp: 1_000 + number,
            key: number % 5 == 0 ? nil : [7], value: value(number),
            headers: [TrafficHeader("ce_subject", [1, 2])])
    }

    /// All bytes of the database's files.
    func bytes() throws -> Data {
        var all = Data()
        for suffix in ["", "-wal", "-shm"] {
            all += FileManager.default.contents(atPath: directory + "/party.sqlite" + suffix) ?? Data()
        }
        return all
    }
}
