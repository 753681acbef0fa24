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
    /// What whoever checks the package has carried away: it is shown that the logs continue it. Nil for nothing.
    public var pins: Pins?

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
        let logs = witnesses(found)
        files += logs.filter { log in !found.contains { $0.journal.party == log.name } }
            .flatMap { KeyFiles.files($0.name, $0.keys) }
        files += found.flatMap(\.files)
        files += try payloadFiles(found.flatMap(\.leaves))
        let manifest = PackageManifest(
            format: PackageManifest.format,
            version: PackageManifest.version, exchange: exchange,
            record: record.description, made: TraceStep.clock(time),
            disclosed: Disclosure.allCases.filter(disclosing.contains),
            logs: logs.map(\.name), journals: found.map(\.journal),
            open: StoryEnd(found.flatMap(\.leaves)).open,
            files: files.map { .init(name: $0.name, bytes: $0.bytes.count, sha256: EvidenceSum.of($0.bytes)) })
        files.insert(ZipArchive.File(name: PackageManifest.path, bytes: try manifest.encoded), at: 1)
        return try ZipArchive(files).bytes
    }

    /// All logs of the exchange with their keys, those that do not know the record among them: they cosign.
    private func witnesses(_ found: [Found]) -> [(name: String, keys: [VerifierKey])] {
        let folders = Set(sources.map(\.evidenceDirectory)).sorted()
        let lists = folders.flatMap { KeyRing(publishedIn: $0).lists }
        let logs = lists.map { list in
            (name: LogName.party(list.origin), keys: list.entries.map(\.key))
        }
        let others = found.map(\.journal.party).filter { party in !logs.contains { $0.name == party } }
        return (logs + others.map { ($0, []) }).sorted { $0.name < $1.name }
    }

    /// That the log continues what was pinned of it, or that the pinned checkpoint continues an older one of the package: the
    /// form in which witnesses are asked to cosign (C2SP tlog-witness).
    private static func continuations(
        _ pinned: [Pins.Head], _ head: VerifiedCheckpoint, _ tree: TileTree<some TileReader>, _ party: String
    ) throws -> [(size: Int64, request: WitnessRequest)] {
        try pinned.filter { $0.verified.checkpoint.size != head.checkpoint.size }.map { pin in
            let (old, new) =
                pin.verified.checkpoint.size < head.checkpoint.size ? (pin.verified, head) : (head, pin.verified)
            let proof: ConsistencyProof
            do {
                proof = try tree.consistencyProof(from: old.checkpoint.size, to: new.checkpoint.size)
                try proof.verify(oldRoot: old.checkpoint.root, newRoot: new.checkpoint.root)
            } catch {
                throw PackageError.unsound(
                    party: party, reason: "it does not continue the pinned checkpoint \(pin.path) (\(error))")
            }
            return (
                Int64(clamping: pin.verified.checkpoint.size),
                WitnessRequest(oldSize: proof.old, path: proof.path, note: new.note)
            )
        }
    }

    /// The leaves of one journal with their proofs; nil when it does not know the record.
    private func search(_ source: JournalSource, _ wanted: RecordLeaves) throws -> Found? {
        let store = try StoreInspection(directory: source.directory)
        var leaves: [RecordLeaf] = []
        try wanted.forEach(in: store, source) { leaves.append($1) }
        let verdicts = try VerdictLeaf.all(on: record, in: store, party: source.party)
        guard !leaves.isEmpty || !verdicts.isEmpty else { return nil }
        let links = try Self.links(between: leaves, in: store)
        let all = (leaves.map { ($0.number, $0.leaf) } + verdicts.map { ($0.number, $0.leaf) } + links)
            .sorted { $0.0 < $1.0 }
        let latest = try JournalHead(source, store)
        let least = (all.last?.0 ?? 0) + 1
        // What the others vouch for, wherever it covers the record; else whoever checks is told that they do not.
        let head =
            try JournalHead.cosigned(source, store, covering: UInt64(clamping: least)) ?? latest.verified
        let checkpoint = head.checkpoint
        let quorum = CosigningQuorum(
            of: checkpoint.origin, among: KeyRing(publishedIn: source.evidenceDirectory).lists.map(\.origin))
        var journal = PackageManifest.Journal(
            party: source.party, leaves: all.map(\.0), topics: source.topics, needed: quorum.needed,
            others: quorum.witnesses.count, continues: [])
        var files = KeyFiles.files(source.party, latest.keys)
        files.append(ZipArchive.File(name: journal.checkpoint, bytes: head.note.bytes))
        files += try verdictFiles(verdicts, journal, source)
        let pinned = pins?[checkpoint.origin]?.heads ?? []
        try store.withTiles { reader in
            let tree = TileTree(size: max(reader.size, checkpoint.size), reader: reader)
            for entry in try Self.continuations(pinned, head, tree, source.party) {
                guard !journal.continues.contains(entry.size) else { continue }
                journal.continues.append(entry.size)
                files.append(.init(name: journal.continuation(entry.size), bytes: entry.request.bytes))
            }
            for (place, leaf) in all {
                guard let number = UInt64(exactly: place), number < checkpoint.size else {
                    throw PackageError.unsigned(party: source.party, leaf: place)
                }
                var bytes: [UInt8] = []
                leaf.append(to: &bytes)
                do {
                    let (hash, proof) = try tree.inclusionProof(of: number, under: checkpoint)
                    guard hash == TreeHash.leaf(bytes) else { throw TileError.beyondLog(number, size: reader.size) }
                    let file = ProofFile(index: number, path: proof.path, note: head.note)
                    files.append(.init(name: journal.leaf(place), bytes: bytes))
                    files.append(.init(name: journal.proof(place), bytes: file.bytes))
                } catch {
                    throw PackageError.unsound(
                        party: source.party, reason: "leaf \(number) does not lead to the latest checkpoint (\(error))")
                }
            }
        }
        return Found(
            journal: journal, exchange: store.exchange, leaves: leaves, files: files)
    }

    /// Leaves of the record's chain that are about no message of its way, such as that its book has passed to another province.
    private static func links(
        between leaves: [RecordLeaf], in store: StoreInspection
    ) throws -> [(Int64, JournalLeaf)] {
        var known = Set(leaves.map(\.number))
        var links: [(Int64, JournalLeaf)] = []
        for leaf in leaves {
            var previous = leaf.leaf.previous
            while case .leaf(let number) = previous, known.insert(number).inserted,
                let link = try store.leaf(number)
            {
                links.append((number, link))
                previous = link.previous
            }
        }
        return links
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
