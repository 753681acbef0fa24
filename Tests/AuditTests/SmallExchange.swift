import Audit
import ExchangeSchema
import Foundation
import GRDB
import PartyCore
import PartyStore
import StoreTestSupport
import Topology
import Vocabulary

/// Two parties that have exchanged messages and stopped: MoH sent records, VSS received them and answered.
final class SmallExchange {
    static let batches = 6
    static let batchSize = 40

    let path: String
    init() throws {
        path = FileManager.default.temporaryDirectory.appendingPathComponent("audit-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func directory(_ party: String) -> String { "\(path)/\(party)" }
    var evidence: String { path + "/evidence" }

    /// Runs all batches.
    func fill() throws {
        let moh = try SmallParty("moh", self)
        let vss = try SmallParty("vss", self)
        for batch in 0..<Self.batches {
            let records = (0..<Self.batchSize).map { RecordIdentifier.stored(Int64(batch * Self.batchSize + $0)) }
            try moh.commit(sending: records.map { .init(.acceptedRecord, $0) })
            try vss.commit(
                receiving: records.map { .init(.acceptedRecord, $0) }, sending: records.map { .init(.assessment, $0) })
            try moh.commit(receiving: records.map { .init(.assessment, $0) })
        }
        try moh.close()
        try vss.close()
    }

    func verify() throws -> AuditReport {
        try audit.verify()
    }

    func reconcile() throws -> Reconciliation {
        try Reconciliation(
            audit, facilities: UnknownFacilities())
    }

    func bound(_ choice: CheckpointChoice) throws -> BoundFigures {
        try BoundFigures(
            audit, at: choice, facilities: UnknownFacilities())
    }

    var audit: ExchangeAudit { ExchangeAudit(data: path, subjects: subjects, outside: []) }

    /// Sizes of a party's stored checkpoints.
    func sizes(_ party: String) throws -> [Int64] {
        let queue = try DatabaseQueue(path: directory(party) + "/party.sqlite")
        defer { try? queue.close() }
        return try queue.read { try Int64.fetchAll($0, sql: "SELECT size FROM checkpoint ORDER BY size") }
    }

    func trace(_ record: RecordIdentifier) throws -> RecordTrace { try RecordTrace(record, subjects: subjects) }

    var subjects: [AuditSubject] {
        Topology.small.parties.map {
            AuditSubject(party: $0, topology: .small, directory: directory($0.name), evidenceDirectory: evidence)
        }
    }

    /// Changes a party's database behind its back.
    func alter(_ party: String, _ change: (Database) throws -> Void) throws {
        let queue = try DatabaseQueue(path: directory(party) + "/party.sqlite")
        try queue.write { try change($0) }
        try queue.close()
    }

    func alter(_ party: String, _ sql: String) throws { try alter(party) { try $0.execute(sql: sql) } }

    /// Flips one bit of a file.
    func flip(_ file: String, at place: Int) throws {
        var data = try Data(contentsOf: URL(fileURLWithPath: file))
        data[place] ^= 0x04
        try data.write(to: URL(fileURLWithPath: file))
    }
}

/// One party of the small exchange, with its store.
final class SmallParty {
    struct Message {
        var type: MessageType
        var record: RecordIdentifier
        var payload: [UInt8]

        init(_ type: MessageType, _ record: RecordIdentifier, payload: [UInt8]? = nil) {
            self.type = type
            self.record = record
            self.payload = payload ?? Array("\(type) \(record)".utf8)
        }
    }

    private let store: PartyStore<SampleRecord>
    private let name: String
    private let exchange: SmallExchange
    private var next: Int64
    private var offsets: [Int32: Int64] = [:]
    private var clock: Int64
    private var ledger: Ledger
    private let salts: SaltKey

    /// - Parameter clock: Where its clock begins; Unix milliseconds.
    init(_ name: String, _ exchange: SmallExchange, clock: Int64 = 1_000_000) throws {
        self.name = name
        self.clock = clock
        self.exchange = exchange
        let identity = StoreIdentity(party: name, exchange: "exchange-1")
        store = try PartyStore(directory: exchange.directory(name), identity: identity, durability: .process)
        try store.sign(directory: exchange.directory(name), identity: identity).publish(inFolder: exchange.evidence)
        salts = try SecretFile.saltKey(directory: exchange.directory(name))
        next = store.progress.nextSequence
        ledger = store.progress.ledger
        for entry in store.progress.offsets { offsets[entry.partition] = entry.next }
    }

    /// - Parameter altering: Makes of the leaves what an honest party would not write.
    func commit(
        receiving: [Message] = [], sending: [Message] = [], altering: (inout [JournalLeaf]) -> Void = { _ in }
    ) throws {
        clock += 700
        var written: [(leaf: JournalLeaf, record: RecordIdentifier)] = []
        for message in receiving {
            let partition = Int32(message.record.low % 2)
            let offset = offsets[partition, default: 0]
            offsets[partition] = offset + 1
            written.append((leaf(.accepted, message, topic: 0, partition: partition, offset: offset), message.record))
        }
        for message in sending {
            written.append((leaf(.sent, message, topic: 255, partition: -1, offset: -1), message.record))
        }
        try store.batch { state in
            // VSS keeps a row for each record; MoH has none, for the small exchange never decides.
            if name.hasPrefix("vss") {
                for message in receiving where try state.record(message.record) == nil {
                    // Of some it keeps something for later.
                    let position =
                        message.record.low % 8 == 0 ? state.keep(message.payload, for: message.record, since: .max) : 0
                    state.set(SampleRecord(.shared, 0, keptAt: position), for: message.record)
                    ledger.open()
                    ledger.share()
                }
            }
            var leaves: [UInt8] = []
            for (place, entry) in written.enumerated() {
                try LeafChain.append(
                    entry.leaf, about: entry.record, number: next + Int64(place), in: &state, to: &leaves)
            }
            try LeafChain.seal(&leaves, first: next, in: &state, key: salts, now: clock)
            var all = stride(from: 0, to: leaves.count, by: JournalLeaf.width).compactMap {
                JournalLeaf(stored: leaves[$0..<$0 + JournalLeaf.width])
            }
            altering(&all)
            leaves.removeAll()
            for leaf in all { leaf.append(to: &leaves) }
            let topic = name == "moh" ? "vss.assessments" : "moh.records"
            var commit = BatchCommit(
                books: PartyBooks(ledger: ledger),
                offsets: offsets.map { PartitionOffset(topic: topic, partition: $0.key, next: $0.value) },
                firstLeaf: next, leaves: leaves, chunk: nil, sentChunks: [])
            commit.clock = clock
            return commit
        }
        next += Int64(receiving.count + sending.count)
    }

    /// Sets messages aside that nobody of the topology sent: one leaf.
    /// - Parameter counted: How many the ledger says there were; as many when nil.
    func setAside(_ count: Int, partition: Int32 = 0, counted: Int64? = nil) throws {
        clock += 700
        let offset = offsets[partition, default: 0]
        let digest = PayloadDigest(words: (1, 2, 3, 4))
        var run = StrayRun(at: MessagePlace(topic: 0, partition: partition, offset: offset), digest)
        for _ in 1..<count { run.add(digest) }
        var leaves: [UInt8] = []
        run.leaf(at: clock).append(to: &leaves)
        offsets[partition] = run.last + 1
        ledger.strays += counted ?? run.count
        let topic = name == "moh" ? "vss.assessments" : "moh.records"
        var commit = BatchCommit(
            books: PartyBooks(ledger: ledger),
            offsets: offsets.map { PartitionOffset(topic: topic, partition: $0.key, next: $0.value) }, firstLeaf: next,
            leaves: leaves, chunk: nil, sentChunks: [])
        commit.clock = clock
        try store.batch { _ in commit }
        next += 1
    }

    private func leaf(
        _ decision: Decision, _ message: Message, topic: UInt8, partition: Int32, offset: Int64
    ) -> JournalLeaf {
        JournalLeaf(
            decision: decision, type: message.type.rawValue, reason: 0, topic: topic, partition: partition,
            offset: offset, message: MessageIdentifier(message.type, record: message.record, revision: 1),
            cause: decision == .sent && message.type == .assessment
                ? MessageIdentifier(.acceptedRecord, record: message.record, revision: 1) : .none,
            time: clock, digest: PayloadDigest(of: message.payload.span.bytes, type: message.type, salt: .none))
    }

    /// Signs and publishes a checkpoint.
    func publish() throws {
        try store.sealCheckpoint(now: clock, force: true)
        for path in [exchange.directory(name) + "/checkpoint", "\(exchange.evidence)/\(name).checkpoint"] {
            if let note = store.checkpoint { try Data(note).write(to: URL(fileURLWithPath: path)) }
        }
    }

    func close() throws {
        try publish()
        try store.close()
    }
}
