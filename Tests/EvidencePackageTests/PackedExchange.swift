import Audit
import EvidencePackage
import ExchangeSchema
import Foundation
import PartyCore
import PartyStore
import StoreTestSupport
import TransparencyLog
import Vocabulary

/// Two parties that have exchanged messages about some records and stopped: MoH sent them, VSS answered.
final class PackedExchange {
    let path: String
    let records: Int64
    let exchange: String
    /// What VSS says it received for record 3, when that differs from what was sent.
    let altered: [UInt8]?
    /// Verdicts of MoH's axis on record 3, told before all messages.
    let verdicts: [AxisVerdict]

    init(
        records: Int64 = 700, exchange: String = "exchange-1", altered: [UInt8]? = nil, verdicts: [AxisVerdict] = []
    ) throws {
        path = FileManager.default.temporaryDirectory.appendingPathComponent("prove-\(UUID().uuidString)").path
        self.records = records
        self.exchange = exchange
        self.altered = altered
        self.verdicts = verdicts
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        try fill("moh") { [leaf(.sent, .acceptedRecord, $0), leaf(.accepted, .assessment, $0)] }
        try fill("vss") { [leaf(.accepted, .acceptedRecord, $0), leaf(.sent, .assessment, $0)] }
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    var sources: [JournalSource] {
        [source("moh", "vss.assessments"), source("vss", "moh.records")]
    }

    private func source(_ party: String, _ topic: String) -> JournalSource {
        JournalSource(
            party: party, directory: "\(path)/\(party)", evidenceDirectory: path + "/evidence", topics: [topic])
    }

    static func payload(_ type: MessageType, _ record: Int64) -> [UInt8] { Array("\(type) of record \(record)".utf8) }

    private func leaf(_ decision: Decision, _ type: MessageType, _ record: Int64) -> JournalLeaf {
        let isAltered = record == 3 && type == .acceptedRecord && decision == .accepted
        let payload = isAltered ? altered ?? Self.payload(type, record) : Self.payload(type, record)
        let isAnswer = decision == .sent && type == .assessment
        return JournalLeaf(
            decision: decision, type: type.rawValue, reason: 0, topic: decision == .sent ? 255 : 0,
            partition: decision == .sent ? -1 : 0, offset: decision == .sent ? -1 : record,
            message: MessageIdentifier(type, record: .stored(record), revision: 1),
            cause: isAnswer ? MessageIdentifier(.acceptedRecord, record: .stored(record), revision: 1) : .none,
            time: 1_700_000_000_000 + record, digest: PayloadDigest(of: payload.span.bytes, type: type, salt: .none))
    }

    private func fill(_ party: String, _ leaves: (Int64) -> [JournalLeaf]) throws {
        let identity = StoreIdentity(party: party, exchange: exchange)
        let store = try PartyStore<SampleRecord>(
            directory: "\(path)/\(party)", identity: identity, durability: .process)
        try store.sign(directory: "\(path)/\(party)", identity: identity).publish(inFolder: path + "/evidence")
        var next: Int64 = 0
        if party == "moh", !verdicts.isEmpty {
            try note(verdicts, in: store)
            next = Int64(verdicts.count)
        }
        for record in 0..<records {
            var bytes: [UInt8] = []
            for leaf in leaves(record) { leaf.append(to: &bytes) }
            let count = Int64(bytes.count / JournalLeaf.width)
            try store.batch { _ in
                var commit = BatchCommit(
                    books: PartyBooks(), offsets: [], firstLeaf: next, leaves: bytes, chunk: nil, sentChunks: [])
                commit.clock = record * 100
                return commit
            }
            next += count
        }
        try store.sealCheckpoint(now: records * 100, force: true)
        for path in ["\(path)/\(party)/checkpoint", "\(path)/evidence/\(party).checkpoint"] {
            try store.checkpoint.map { try Data($0).write(to: URL(fileURLWithPath: path)) }
        }
        try store.close()
    }

    /// As MoH's core writes verdicts down.
    private func note(_ verdicts: [AxisVerdict], in store: PartyStore<SampleRecord>) throws {
        let salts = try SecretFile.saltKey(directory: "\(path)/moh")
        try store.batch { state in
            var bytes: [UInt8] = []
            for (place, verdict) in verdicts.enumerated() {
                let identity = MessageIdentifier(of: verdict)
                let position = state.keep(verdict.encoded, for: identity.uuid, since: .max)
                let note = VerdictNote(leaf: Int64(place), position: position)
                state.setNote(note.words, for: VerdictNote.subject(.stored(3), UInt64(place + 1)))
                JournalLeaf(
                    decision: .obeyed, type: PartyCommand.Kind.noteVerdicts.rawValue, reason: 0,
                    topic: PartyCommand.leafTopic, partition: PartyCommand.leafPartition, offset: 0, message: identity,
                    cause: .none, time: 1_699_999_999_000,
                    digest: PayloadDigest(of: verdict.encoded.span.bytes, salt: salts.salt(of: identity))
                ).append(to: &bytes)
            }
            state.setNote(
                RecordWords(UInt64(verdicts.count), 0, 0, 0, 0), for: VerdictNote.subject(.stored(3), 0))
            return BatchCommit(
                books: PartyBooks(), offsets: [], firstLeaf: 0, leaves: bytes, chunk: nil, sentChunks: [])
        }
    }

    /// The keys as the parties gave them to whoever checks.
    func keys() throws -> KeyRing { try KeyLines.read(at: path + "/evidence") }

    func package(_ record: Int64 = 3, disclosing: Set<Disclosure> = []) throws -> [UInt8] {
        var maker = PackageMaker(record: .stored(record), sources: sources, time: 1_800_000_000_000)
        maker.disclosing = disclosing
        maker.payloads = SeenPayloads()
        return try maker.make()
    }
}

/// What crossed the broker of the packed exchange.
struct SeenPayloads: RecordedPayloads {
    func payload(topic: String, partition: Int32, offset: Int64) -> RecordedPayload? {
        let type: MessageType = topic == "moh.records" ? .acceptedRecord : .assessment
        return RecordedPayload(value: PackedExchange.payload(type, offset), salt: nil, isErased: false)
    }
}
