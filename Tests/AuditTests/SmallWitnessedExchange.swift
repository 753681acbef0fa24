import Audit
import ExchangeSchema
import Foundation
import PartyCore
import PartyStore
import StoreTestSupport
import Topology
import TransparencyLog
import Vocabulary

/// The auditor of the small exchange, with its store and vault.
final class SmallObserver {
    private let store: PartyStore<NoRecord>
    private let vault: Vault
    private let exchange: SmallExchange
    private var next: [String: Int64] = [:]
    private let topics = Topology.small.topicsToCreate.map(\.name)

    init(_ exchange: SmallExchange) throws {
        self.exchange = exchange
        let identity = StoreIdentity(party: "auditor", exchange: "exchange-1")
        let directory = exchange.directory("auditor")
        store = try PartyStore(directory: directory, identity: identity, durability: .process)
        vault = try Vault(store, directory: directory, topics: topics)
        try store.sign(directory: directory, identity: identity).publish(inFolder: exchange.evidence)
    }

    /// Sees messages in the order in which the small parties number them.
    /// - Parameter offsets: The first offset of each partition.
    func observe(_ messages: [SmallParty.Message], from offset: Int64 = 0) throws {
        let first = Int64(store.tree.size)
        try store.batch { _ in
            try vault.begin()
            var leaves: [UInt8] = []
            var moved: [PartitionOffset] = []
            for message in messages {
                let name = message.type == .acceptedRecord ? "moh.records" : "vss.assessments"
                let topic = topics.firstIndex(of: name) ?? 0
                let partition = Int32(message.record.low % 2)
                let place = next["\(name)/\(partition)"] ?? offset
                next["\(name)/\(partition)"] = place + 1
                moved.append(PartitionOffset(topic: name, partition: partition, next: place + 1))
                try vault.add(
                    message.record, topic: topic, partition: partition, offset: place, timestamp: 1,
                    lengths: [-1, Int32(message.payload.count)], bytes: message.payload.span.bytes)
                JournalLeaf(
                    decision: .observed, type: message.type.rawValue, reason: 0, topic: UInt8(topic),
                    partition: partition, offset: place,
                    message: MessageIdentifier(message.type, record: message.record, revision: 1), cause: .none,
                    time: 1_000_000,
                    digest: ObservedPayload.digest(
                        of: message.payload.span.bytes, type: message.type, salt: [UInt8]().span.bytes)
                ).append(to: &leaves)
            }
            try vault.flush(firstLeaf: first)
            return BatchCommit(
                books: PartyBooks(), offsets: moved, firstLeaf: first, leaves: leaves, chunk: nil, sentChunks: [])
        }
    }

    func close() throws {
        try store.sealCheckpoint(now: 2_000_000, force: true)
        for path in [exchange.directory("auditor") + "/checkpoint", "\(exchange.evidence)/auditor.checkpoint"] {
            if let note = store.checkpoint { try Data(note).write(to: URL(fileURLWithPath: path)) }
        }
        vault.close()
        try store.close()
    }
}

extension SmallExchange {
    /// Everything that crosses when the exchange is filled, as the broker has it.
    static let traffic: [SmallParty.Message] = (0..<Int64(batches * batchSize)).flatMap {
        [.init(.acceptedRecord, .stored($0)), .init(.assessment, .stored($0))]
    }

    /// Fills the exchange, lets an auditor see some traffic, and verifies.
    func witnessed(_ observe: (SmallObserver) throws -> Void) throws -> AuditReport {
        try fill()
        let observer = try SmallObserver(self)
        try observe(observer)
        try observer.close()
        return try verifyWithAuditor()
    }

    func verifyWithAuditor() throws -> AuditReport {
        let subjects = Topology.small.parties.map {
            AuditSubject(party: $0, topology: .small, directory: directory($0.name), evidenceDirectory: evidence)
        }
        let auditor = AuditSubject(
            auditorOf: .small, directory: directory("auditor"), evidenceDirectory: evidence)
        return try ExchangeAudit(data: path, subjects: subjects, auditor: auditor, outside: []).verify()
    }
}
