public import Audit
public import ExchangeSchema
import Foundation
import PartyCore
import PartyStore
import TransparencyLog
import Vocabulary

/// Makes the package that proves one record's way through an exchange: leaves, proofs, checkpoints, keys and, when it is
/// asked for, payloads. Reads stopped journals and changes nothing.
public struct PackageMaker {
    /// The record.
    public var record: RecordIdentifier
    /// The journals to look in: those of the parties, and the auditor's where there is one.
    public var sources: [JournalSource]
    /// What is shown of the payloads.
    public var disclosing: Set<Disclosure> = []
    /// Where payloads are kept; nil for nowhere.
    public var payloads: (any RecordedPayloads)?
    /// When the package is made; Unix milliseconds.
    public var time: Int64

    /// Takes what is needed; nothing is disclosed unless said so.
    public init(record: RecordIdentifier, sources: [JournalSource], time: Int64) {
        self.record = record
        self.sources = sources
        self.time = time
    }

    /// What was found in one journal.
    private struct Found {
        var journal: PackageManifest.Journal
        var exchange: String
        var leaves: [RecordLeaf]
        var hasVerdicts: Bool
        var files: [ZipArchive.File]
    }

    /// Makes it.
    /// - Throws: ``PackageError``; `StoreError` when a directory is in use, of another version or damaged.
    /// - Returns: The ZIP archive, the same for the same evidence and time.
    public func make() throws -> [UInt8] {
        let wanted = RecordLeaves([record])
        let found = try sources.compactMap { try search($0, wanted) }
        guard let exchange = found.first?.exchange else { throw PackageError.unknownRecord(record.description) }
        if let other = found.first(where: { $0.exchange != exchange }) {
            throw PackageError.unsound(party: other.journal.party, reason: "it belongs to another exchange")
        }
        var files = [ZipArchive.File(name: PackageManifest.readme, bytes: Array(PackageReadme.text.utf8))]
        files += found.flatMap(\.files)
        files += try payloadFiles(found.flatMap(\.leaves))
        let manifest = PackageManifest(
            format: PackageManifest.format,
            version: found.contains(where: \.hasVerdicts) ? PackageManifest.version : PackageManifest.firstVersion,
            exchange: exchange,
            record: record.description, made: TraceStep.clock(time),
            disclosed: Disclosure.allCases.filter(disclosing.contains),
            journals: found.map(\.journal),
            files: files.map { .init(name: $0.name, bytes: $0.bytes.count, sha256: EvidenceSum.of($0.bytes)) })
        files.insert(ZipArchive.File(name: PackageManifest.path, bytes: try manifest.encoded), at: 1)
        return try ZipArchive(files).bytes
    }

    /// The leaves of one journal with their proofs; nil when it does not know the record.
    private func search(_ source: JournalSource, _ wanted: RecordLeaves) throws -> Found? {
        let store = try StoreInspection(directory: source.directory)
        var leaves: [RecordLeaf] = []
        try wanted.forEach(in: store, source) { leaves.append($1) }
        let verdicts = try VerdictLeaf.all(on: record, in: store, party: source.party)
        guard !leaves.isEmpty || !verdicts.isEmpty else { return nil }
        let all = (leaves.map { ($0.number, $0.leaf) } + verdicts.map { ($0.number, $0.leaf) }).sorted { $0.0 < $1.0 }
        let head = try JournalHead(source, store)
        let checkpoint = head.verified.checkpoint
        let journal = PackageManifest.Journal(
            party: source.party, leaves: all.map(\.0), topics: source.topics)
        var files = [
            ZipArchive.File(
                name: journal.key, bytes: Array((PackageReadme.keyNote + head.keys.map(\.text)).lines.utf8)),
            ZipArchive.File(name: journal.checkpoint, bytes: head.verified.note.bytes),
        ]
        files += try verdictFiles(verdicts, journal, source)
        try store.withTiles { reader in
            let tree = TileTree(size: max(reader.size, checkpoint.size), reader: reader)
            for (place, leaf) in all {
                guard let number = UInt64(exactly: place), number < checkpoint.size else {
                    throw PackageError.unsigned(party: source.party, leaf: place)
                }
                var bytes: [UInt8] = []
                leaf.append(to: &bytes)
                do {
                    let (hash, proof) = try tree.inclusionProof(of: number, under: checkpoint)
                    guard hash == TreeHash.leaf(bytes) else { throw TileError.beyondLog(number, size: reader.size) }
                    let file = ProofFile(index: number, path: proof.path, note: head.verified.note)
                    files.append(.init(name: journal.leaf(place), bytes: bytes))
                    files.append(.init(name: journal.proof(place), bytes: file.bytes))
                } catch {
                    throw PackageError.unsound(
                        party: source.party, reason: "leaf \(number) does not lead to the latest checkpoint (\(error))")
                }
            }
        }
        return Found(
            journal: journal, exchange: store.exchange, leaves: leaves, hasVerdicts: !verdicts.isEmpty, files: files)
    }

    /// What the leaves of verdicts say.
    private func verdictFiles(
        _ verdicts: [VerdictLeaf], _ journal: PackageManifest.Journal, _ source: JournalSource
    ) throws -> [ZipArchive.File] {
        guard !verdicts.isEmpty else { return [] }
        guard let salts = SecretFile.existingSaltKey(directory: source.directory) else {
            throw PackageError.unsound(
                party: source.party, reason: "keys/salt.key is missing, with which verdicts are bound to their leaves")
        }
        return try verdicts.map { verdict in
            let file = VerdictFile(verdict, salt: salts.salt(of: verdict.leaf.message))
            guard file.leaf(verdict.leaf, number: verdict.number, party: source.party) != nil else {
                throw PackageError.unsound(
                    party: source.party, reason: "leaf \(verdict.number) does not bind the verdict that is kept of it")
            }
            return ZipArchive.File(name: journal.verdict(verdict.number), bytes: try EvidenceJSON.encode(file))
        }
    }

    /// One file for each message that somebody read from the broker, in the order of topics and offsets.
    private func payloadFiles(_ leaves: [RecordLeaf]) throws -> [ZipArchive.File] {
        guard !disclosing.isEmpty else { return [] }
        guard let payloads else { throw PackageError.noPayloads }
        struct Place: Hashable, Comparable {
            var topic: String
            var partition: Int32
            var offset: Int64
            static func < (first: Place, second: Place) -> Bool {
                (first.topic, first.partition, first.offset) < (second.topic, second.partition, second.offset)
            }
        }
        var places: [Place: RecordLeaf] = [:]
        for leaf in leaves {
            guard let topic = leaf.topic else { continue }
            places[Place(topic: topic, partition: leaf.leaf.partition, offset: leaf.leaf.offset)] = leaf
        }
        var files: [ZipArchive.File] = []
        for (place, leaf) in places.sorted(by: { $0.key < $1.key }) {
            let found = try payloads.payload(topic: place.topic, partition: place.partition, offset: place.offset)
            guard let found, found.value != nil || found.isErased else { continue }
            let parts = found.value.map {
                PayloadBinding.parts(of: $0, type: leaf.type, salt: found.salt, disclosing: disclosing)
            }
            let file = PayloadFile(
                message: leaf.leaf.message.description, type: leaf.type.eventType, topic: place.topic,
                partition: place.partition, offset: place.offset, isErased: found.isErased, parts: parts ?? [])
            files.append(.init(name: "payloads/\(files.count + 1).json", bytes: try EvidenceJSON.encode(file)))
        }
        return files
    }
}

extension [String] {
    /// Each with a line break.
    fileprivate var lines: String { map { $0 + "\n" }.joined() }
}
