import Audit
import EvidencePackage
import ExchangeSchema
import Foundation
import GRDB
import PartyCore
import PartyStore
import StoreTestSupport
import TransparencyLog
import Vocabulary

/// Two parties that have exchanged messages about some records and stopped: MoH sent them, VSS answered.
final class PackedExchange {
    let path: String
    private(set) var records: Int64 = 0
    let exchange: String
    /// What VSS says it received for record 3, when that differs from what was sent.
    let altered: [UInt8]?
    /// Verdicts of MoH's axis on record 3, told before all messages.
    let verdicts: [AxisVerdict]
    /// By how much the clock of VSS is behind that of MoH; milliseconds.
    let behind: Int64

    /// - Parameter isCosigned: Whether each has cosigned the other's latest checkpoint.
    init(
        records: Int64 = 700, exchange: String = "exchange-1", altered: [UInt8]? = nil, verdicts: [AxisVerdict] = [],
        behind: Int64 = 0, isCosigned: Bool = true
    ) throws {
        path = FileManager.default.temporaryDirectory.appendingPathComponent("prove-\(UUID().uuidString)").path
        self.exchange = exchange
        self.altered = altered
        self.verdicts = verdicts
        self.behind = behind
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        try grow(by: records, isCosigned: isCosigned)
    }

    /// Exchanges messages about some more records.
    func grow(by count: Int64, isCosigned: Bool = true) throws {
        let range = records..<records + count
        records += count
        try fill("moh", range) { [leaf(.sent, .acceptedRecord, $0), leaf(.accepted, .assessment, $0)] }
        try fill("vss", range) { [leaf(.accepted, .acceptedRecord, $0, behind), leaf(.sent, .assessment, $0, behind)] }
        guard isCosigned else { return }
        try cosign("moh", by: "vss")
        try cosign("vss", by: "moh")
    }

    /// Puts a cosignature of one party's latest checkpoint by another into the database of the first.
    private func cosign(_ party: String, by witness: String) throws {
        let secret = try String(contentsOfFile: "\(path)/\(witness)/keys/journal.key", encoding: .utf8)
        let key = try SignerKey(String(secret.dropLast())).cosigner
        let note = try SignedNote(Array(Data(contentsOf: URL(fileURLWithPath: "\(path)/\(party)/checkpoint"))))
        let checkpoint = try Checkpoint(text: note.text)
        let line = try key.cosignature(over: checkpoint, at: 1_700_000_000).line
        let queue = try DatabaseQueue(path: "\(path)/\(party)/party.sqlite")
        try queue.write {
            try $0.execute(
                sql: "INSERT INTO cosigned (size, witness, line) VALUES (?, ?, ?)",
                arguments: [Int64(checkpoint.size), key.verifier.name.string, line])
        }
        try queue.close()
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

    private func leaf(
        _ decision: Decision, _ type: MessageType, _ record: Int64, _ behind: Int64 = 0
    ) -> JournalLeaf {
        let isAltered = record == 3 && type == .acceptedRecord && decision == .accepted
        let payload = isAltered ? altered ?? Self.payload(type, record) : Self.payload(type, record)
        let isAnswer = decision == .sent && type == .assessment
        return JournalLeaf(
            decision: decision, type: type.rawValue, reason: 0, topic: decision == .sent ? 255 : 0,
            partition: decision == .sent ? -1 : 0, offset: decision == .sent ? -1 : record,
            message: MessageIdentifier(type, record: .stored(record), revision: 1),
            cause: isAnswer ? MessageIdentifier(.acceptedRecord, record: .stored(record), revision: 1) : .none,
            time: 1_700_000_000_000 + record - behind,
            digest: PayloadDigest(of: payload.span.bytes, type: type, salt: .none))
    }

    private func fill(_ party: String, _ range: Range<Int64>, _ leaves: (Int64) -> [JournalLeaf]) throws {
        let identity = StoreIdentity(party: party, exchange: exchange)
        let store = try PartyStore<SampleRecord>(
            directory: "\(path)/\(party)", identity: identity, durability: .process)
        try store.sign(directory: "\(path)/\(party)", identity: identity).publish(inFolder: path + "/evidence")
        var next = store.progress.nextSequence
        if party == "moh", next == 0, !verdicts.isEmpty {
            try note(verdicts, in: store)
            next = Int64(verdicts.count)
        }
        let salts = try SecretFile.saltKey(directory: "\(path)/\(party)")
        for record in range {
            let written = leaves(record)
            let count = Int64(written.count)
            try store.batch { state in
                var bytes: [UInt8] = []
                for (place, leaf) in written.enumerated() {
                    try LeafChain.append(
                        leaf, about: .stored(record), number: next + Int64(place), in: &state, to: &bytes)
                }
                try LeafChain.seal(&bytes, first: next, in: &state, key: salts, now: record * 100)
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
                let leaf = JournalLeaf(
                    decision: .obeyed, type: PartyCommand.Kind.noteVerdicts.rawValue, reason: 0,
                    topic: PartyCommand.leafTopic, partition: PartyCommand.leafPartition, offset: 0, message: identity,
                    cause: .none, time: 1_699_999_999_000,
                    digest: PayloadDigest(of: verdict.encoded.span.bytes, salt: salts.salt(of: identity)))
                try LeafChain.append(leaf, about: identity.uuid, number: Int64(place), in: &state, to: &bytes)
            }
            try LeafChain.seal(&bytes, first: 0, in: &state, key: salts, now: 1_699_999_999_000)
            state.setNote(
                RecordWords(UInt64(verdicts.count), 0, 0, 0, 0), for: VerdictNote.subject(.stored(3), 0))
            return BatchCommit(
                books: PartyBooks(), offsets: [], firstLeaf: 0, leaves: bytes, chunk: nil, sentChunks: [])
        }
    }

    /// The keys as the parties gave them to whoever checks.
    func keys() throws -> KeyRing { try KeyLines.read(at: path + "/evidence") }

    /// What a regulator carries away, in a folder of this name.
    func pin(_ name: String) throws -> Pins {
        _ = try PinMaker(sources).write(to: "\(path)/\(name)")
        return try Pins(folder: "\(path)/\(name)")
    }

    func package(_ record: Int64 = 3, disclosing: Set<Disclosure> = [], pins: Pins? = nil) throws -> [UInt8] {
        var maker = PackageMaker(record: .stored(record), sources: sources, time: 1_800_000_000_000)
        maker.disclosing = disclosing
        maker.payloads = SeenPayloads()
        maker.pins = pins
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
