public import Audit
import ExchangeSchema
import PartyCore
import PartyStore
import TransparencyLog
import Vocabulary

/// Checks a package with nothing but public keys.
public struct PackageCheck {
    private let archive: ZipArchive
    private let manifest: PackageManifest
    private let record: RecordIdentifier
    private let trusted: KeyRing?
    private let pins: Pins?
    private let skew: Int64
    private let wanted: RecordLeaves
    /// Names of all logs of the exchange, as the package and the given keys know them.
    private let logs: Set<ExactText>
    private var report: CheckReport
    private var proved: [RecordLeaf] = []
    private var verdicts: [VerdictLeaf] = []
    /// The checkpoints that hold, by party.
    private var heads: [String: VerifiedCheckpoint] = [:]

    /// Checks everything and says what does not hold.
    ///
    /// - Parameters:
    ///   - bytes: The file.
    ///   - trusted: Public keys from elsewhere; nil to use the package's own.
    ///   - pins: What was carried away before, which the logs must continue; their keys are trusted. Nil for nothing.
    ///   - skew: By how much the clocks of two parties may differ; milliseconds.
    /// - Throws: ``ZipError`` or ``PackageError`` when it is no package of this version, or not of the keys' exchange.
    public static func report(
        on bytes: [UInt8], trusted: KeyRing?, pins: Pins? = nil, skew: Int64 = StoryCheck.usualSkew
    ) throws -> CheckReport {
        var trusted = trusted
        if let pins {
            var ring = trusted ?? KeyRing()
            try ring.add(try pins.ring(), path: "the pins")
            trusted = ring
        }
        let archive: ZipArchive
        do throws(ZipError) {
            archive = try ZipArchive(reading: bytes).withoutTopFolder(above: PackageManifest.path)
        } catch {
            if error == .noArchive || error == .tooLarge { throw error }
            var report = CheckReport(keysAreTrusted: trusted != nil)
            if case .badChecksum(let name) = error {
                report.add(name, "the bytes are not those that were packed")
            } else {
                report.add("the archive", error.description)
            }
            return report
        }
        var check = try PackageCheck(archive, trusted, pins, skew)
        check.report.isRepacked = archive.bytes != bytes
        check.run()
        return check.report
    }

    private init(
        _ archive: ZipArchive, _ trusted: KeyRing?, _ pins: Pins?, _ skew: Int64
    ) throws(PackageError) {
        guard let bytes = archive[PackageManifest.path],
            let manifest = EvidenceJSON.decode(PackageManifest.self, bytes), manifest.format == PackageManifest.format
        else {
            throw .notAPackage("this archive is no evidence package: \(PackageManifest.path) is missing or is none")
        }
        guard manifest.version == PackageManifest.version else {
            throw .notAPackage(
                "the package has version \(manifest.version), this program reads \(PackageManifest.version); use the "
                    + "version of the program that made it")
        }
        guard let record = RecordIdentifier(manifest.record) else {
            throw .notAPackage("the package is about '\(manifest.record)', which is no record identifier")
        }
        if let trusted {
            let origins = manifest.journals.map { Self.origin($0, manifest) }
            let names = Set(trusted.keys.map(\.name))
            guard origins.contains(where: names.contains) else {
                throw .otherExchange(package: manifest.exchange, keys: names.sorted().map(\.string))
            }
        }
        self.archive = archive
        self.manifest = manifest
        self.record = record
        self.trusted = trusted
        self.pins = pins
        self.skew = skew
        let exchange = LogName.folder(of: manifest.exchange)
        logs = Set((manifest.logs + manifest.journals.map(\.party)).map { LogName.origin($0, manifest.exchange) })
            .union(trusted?.keys.map(\.name).filter { $0.string.hasPrefix(exchange) } ?? [])
        wanted = RecordLeaves([record])
        report = CheckReport(keysAreTrusted: trusted != nil)
    }

    private static func origin(_ journal: PackageManifest.Journal, _ manifest: PackageManifest) -> ExactText {
        LogName.origin(journal.party, manifest.exchange)
    }

    private mutating func run() {
        report.exchange = manifest.exchange
        report.record = manifest.record
        report.made = manifest.made
        checkFiles()
        var package: [VerifierKey] = []
        for log in Set(manifest.logs + manifest.journals.map(\.party)).sorted() { package += keys(of: log) }
        let policy = (trusted ?? KeyRing(package)).policy
        for journal in manifest.journals { check(journal, policy) }
        checkPayloads()
        let trace = RecordTrace(record, leaves: proved, verdicts: verdicts)
        report.trace = trace
        for finding in StoryCheck(proved, skew: skew).findings { report.add(finding.file, finding.text) }
        report.skew = skew
        checkEnd()
    }

    /// What the route wants and the leaves do not have is open as of the checkpoints, if the package says so; else it is
    /// incomplete.
    private mutating func checkEnd() {
        let found = StoryEnd(proved).open
        for end in found where !manifest.open.contains(end) {
            report.add(
                "leaves/\(end.party)/\(end.leaf).leaf",
                "incomplete: \(end.text), and the package does not say that this is open")
        }
        for end in manifest.open where !found.contains(end) {
            report.add(
                PackageManifest.path,
                "it says that leaf \(end.leaf) of \(end.party) is open (\(end.text)), which by the leaves is not so")
        }
        report.open = found.compactMap { end in
            guard let head = heads[end.party] else { return nil }
            return CheckReport.Open(
                end: end, size: head.checkpoint.size, time: head.cosignatures.map(\.time).max())
        }
    }

    /// Every file is listed, once and with its digest, and every listed file is there; and there is no other.
    private mutating func checkFiles() {
        let listed = manifest.files.map(\.name)
        let present = archive.files.map(\.name).filter { $0 != PackageManifest.path }
        for name in Set(listed).symmetricDifference(present).sorted() {
            report.add(name, present.contains(name) ? "the manifest does not name this file" : "the file is missing")
        }
        for file in manifest.files {
            guard let bytes = archive[file.name] else { continue }
            if bytes.count != file.bytes || EvidenceSum.of(bytes) != file.sha256 {
                report.add(file.name, "its SHA-256 is not the one in the manifest")
            }
        }
        var expected: Set<String> = [PackageManifest.readme]
        for journal in manifest.journals {
            expected.formUnion([journal.checkpoint] + journal.continues.map(journal.continuation))
            for number in journal.leaves {
                expected.formUnion([journal.leaf(number), journal.proof(number)])
                if isVerdict(number, of: journal) { expected.insert(journal.verdict(number)) }
            }
        }
        for log in manifest.logs + manifest.journals.map(\.party) {
            expected.formUnion([KeyFiles.path(log), KeyFiles.witnessPath(log)])
        }
        for name in present where !expected.contains(name) && !name.hasPrefix("payloads/") {
            report.add(name, "a package has no such file")
        }
        if Set(manifest.journals.map(\.party)).count != manifest.journals.count {
            report.add(PackageManifest.path, "a journal is named twice")
        }
    }

    private func isVerdict(_ number: Int64, of journal: PackageManifest.Journal) -> Bool {
        archive[journal.leaf(number)]?.withUnsafeBytes { JournalLeaf(raw: $0) }?.isOfVerdict ?? false
    }

    /// The keys in the package, compared with those one trusts.
    private mutating func keys(of log: String) -> [VerifierKey] {
        let path = KeyFiles.path(log)
        guard let bytes = archive[path] else {
            report.add(path, "the file is missing")
            return []
        }
        do {
            let keys = try KeyLines.read(bytes, path: path).keys
            if KeyFiles.lines(keys) != bytes {
                report.add(path, "it is not one key a line, and nothing else")
            }
            if let trusted {
                for key in keys where !trusted.keys.contains(key) {
                    report.add(path, "\(key) is not among the keys given with --keys")
                }
            }
            checkWitnessKeys(of: log, keys)
            return keys
        } catch {
            report.add(path, error.description)
            return []
        }
    }

    /// A log cosigns others with the pairs that it signs with.
    private mutating func checkWitnessKeys(of log: String, _ keys: [VerifierKey]) {
        let path = KeyFiles.witnessPath(log)
        guard let bytes = archive[path] else { return report.add(path, "the file is missing") }
        if KeyFiles.witnessLines(keys) != bytes {
            report.add(path, "it has not the keys of \(KeyFiles.path(log)) as they cosign")
        }
    }

    private mutating func check(_ journal: PackageManifest.Journal, _ policy: KeyPolicy) {
        let origin = Self.origin(journal, manifest)
        guard let note = archive[journal.checkpoint] else {
            return report.add(journal.checkpoint, "the file is missing")
        }
        let isVouchedFor: Bool
        do throws(PolicyError) {
            let head = try policy.verify(note, origin: origin)
            heads[journal.party] = head
            isVouchedFor = take(head, of: journal)
            if let pins { checkContinuation(head, journal, pins) }
        } catch {
            return report.add(journal.checkpoint, error.description)
        }
        let chain = chain(of: journal)
        for finding in chain.findings { report.add(journal.leaf(finding.number), finding.text) }
        var last: Int64 = -1
        for number in journal.leaves {
            if number <= last { report.add(PackageManifest.path, "the leaves of \(journal.party) are not in order") }
            last = number
            check(number, of: journal, note, policy, chain, isVouchedFor: isVouchedFor)
        }
    }

    private func chain(of journal: PackageManifest.Journal) -> ChainCheck {
        let leaves = Set(journal.leaves).compactMap { number -> (Int64, JournalLeaf)? in
            archive[journal.leaf(number)]?.withUnsafeBytes { JournalLeaf(raw: $0) }.map { (number, $0) }
        }
        return ChainCheck(leaves) { wanted.subject(of: $0.message)?.type.rawValue == $0.type || isChange($0) }
    }

    /// Whether a leaf says that what is stored about the record has changed.
    private func isChange(_ leaf: JournalLeaf) -> Bool { leaf.decision == .changed && leaf.message.uuid == record }

    /// Whether a quorum of the other logs has cosigned the checkpoint.
    private mutating func take(_ head: VerifiedCheckpoint, of journal: PackageManifest.Journal) -> Bool {
        let quorum = CosigningQuorum(of: head.checkpoint.origin, among: logs)
        let names = quorum.cosigners(among: head.cosignatures.map(\.witness.name))
        report.journals.append(
            CheckReport.Journal(
                party: journal.party, origin: head.checkpoint.origin.string, size: head.checkpoint.size,
                root: head.checkpoint.root.description, key: head.signers.first?.text ?? "",
                cosigners: names.sorted().map(\.string), needed: quorum.needed, others: quorum.witnesses.count))
        if journal.needed != quorum.needed || journal.others != quorum.witnesses.count {
            report.add(
                PackageManifest.path,
                "it says that \(journal.needed) of \(journal.others) other logs must have cosigned \(journal.party), and by "
                    + "the keys it is \(quorum.needed) of \(quorum.witnesses.count)")
        }
        if quorum.isMet(by: names) { return true }
        let missing = quorum.witnesses.subtracting(names).sorted().map { LogName.party($0) }.joined(separator: ", ")
        report.add(
            journal.checkpoint,
            "cosigned by \(names.count) of \(quorum.witnesses.count) other logs, and \(quorum.needed) are needed; missing: "
                + "\(missing.isEmpty ? "keys of other logs" : missing). Its leaves are signed by \(journal.party) alone, who could "
                + "have signed another history as well")
        return false
    }

    /// Whether the log is the one that was pinned.
    private mutating func checkContinuation(
        _ head: VerifiedCheckpoint, _ journal: PackageManifest.Journal, _ pins: Pins
    ) {
        guard let log = pins[head.checkpoint.origin] else {
            return report.add(journal.checkpoint, "there is no pin of \(head.checkpoint.origin)")
        }
        for pin in log.heads {
            let pinned = pin.verified.checkpoint
            if pinned.size == head.checkpoint.size {
                guard pinned.root != head.checkpoint.root else { continue }
                report.add(
                    journal.checkpoint,
                    "two histories: of \(pinned.size) leaves \(pin.path) has the root \(pinned.root), and the package "
                        + "\(head.checkpoint.root)")
                continue
            }
            let path = journal.continuation(Int64(clamping: pinned.size))
            guard let bytes = archive[path] else {
                report.add(
                    journal.checkpoint,
                    "nothing shows that it, of \(head.checkpoint.size) leaves, and \(pin.path), of \(pinned.size), are of one "
                        + "history: have the package made with cycle audit prove --pins")
                continue
            }
            let (old, new) = pinned.size < head.checkpoint.size ? (pinned, head.checkpoint) : (head.checkpoint, pinned)
            do {
                let request = try WitnessRequest(bytes)
                guard request.bytes == bytes, request.oldSize == old.size,
                    try Checkpoint(text: request.note.text) == new
                else {
                    report.add(path, "it is not about the pinned checkpoint and that of the package")
                    continue
                }
                try ConsistencyProof(old: old.size, new: new.size, path: request.path)
                    .verify(oldRoot: old.root, newRoot: new.root)
                report.continued += 1
            } catch {
                report.add(path, "two histories: \(pin.path) and the package do not continue each other (\(error))")
            }
        }
    }

    private mutating func check(
        _ number: Int64, of journal: PackageManifest.Journal, _ note: [UInt8], _ policy: KeyPolicy, _ chain: ChainCheck,
        isVouchedFor: Bool
    ) {
        let (leafName, proofName) = (journal.leaf(number), journal.proof(number))
        guard let bytes = archive[leafName] else { return report.add(leafName, "the file is missing") }
        guard let proofBytes = archive[proofName] else { return report.add(proofName, "the file is missing") }
        guard let leaf = bytes.withUnsafeBytes({ JournalLeaf(raw: $0) }) else {
            return report.add(leafName, "these \(bytes.count) bytes are no leaf")
        }
        var verdict: VerdictLeaf?
        if leaf.isOfVerdict {
            let name = journal.verdict(number)
            guard let bytes = archive[name] else { return report.add(name, "the file is missing") }
            verdict = EvidenceJSON.decode(VerdictFile.self, bytes)?.leaf(leaf, number: number, party: journal.party)
            guard let verdict else { return report.add(name, "it is not what \(leafName) binds") }
            guard verdict.isAbout(record) else {
                return report.add(name, "it is not about the record \(manifest.record)")
            }
        }
        let subject = verdict == nil ? wanted.subject(of: leaf.message) : nil
        let isLink = chain.named.contains(number) || isChange(leaf)
        guard verdict != nil || subject?.type.rawValue == leaf.type && subject != nil || isLink else {
            return report.add(leafName, "it is not about the record \(manifest.record)")
        }
        do throws(ProofFileError) {
            let proof = try ProofFile(proofBytes)
            guard proof.bytes == proofBytes, proof.extra.isEmpty else {
                return report.add(proofName, "it is not written as this program writes proofs")
            }
            guard proof.index == UInt64(exactly: number) else {
                return report.add(proofName, "it proves leaf \(proof.index)")
            }
            guard proof.note.bytes == note else {
                return report.add(proofName, "it is not made against \(journal.checkpoint)")
            }
            _ = try proof.verify(
                leaf: TreeHash.leaf(bytes), policy: policy, origin: Self.origin(journal, manifest))
        } catch {
            return report.add(proofName, error.description)
        }
        if isVouchedFor { report.leaves += 1 } else { report.signedAlone += 1 }
        if let verdict { verdicts.append(verdict) }
        guard let subject, subject.type.rawValue == leaf.type else { return }
        let topic =
            leaf.decision == .sent || Int(leaf.topic) >= journal.topics.count
            ? nil : journal.topics[Int(leaf.topic)]
        proved.append(
            RecordLeaf(
                party: journal.party, number: number, leaf: leaf, type: subject.type, revision: subject.revision,
                topic: topic))
    }

    private mutating func checkPayloads() {
        for file in archive.files where file.name.hasPrefix("payloads/") {
            guard let payload = EvidenceJSON.decode(PayloadFile.self, file.bytes),
                let type = MessageType(eventType: payload.type)
            else {
                report.add(file.name, "it is no payload file")
                continue
            }
            let leaves = proved.filter {
                $0.leaf.message.description == payload.message && $0.type == type && $0.topic == payload.topic
                    && $0.leaf.partition == payload.partition && $0.leaf.offset == payload.offset
            }
            guard !leaves.isEmpty else {
                report.add(file.name, "no proved leaf received \(payload.message) at this place")
                continue
            }
            if payload.isErased, payload.parts.isEmpty { continue }
            guard let digest = PayloadBinding.commitment(of: payload.parts, type: type) else {
                report.add(file.name, "its parts are not those of a payload")
                continue
            }
            for leaf in leaves where leaf.leaf.digest.description != digest {
                report.add(
                    file.name,
                    "it is not what leaf \(leaf.number) of \(leaf.party) binds: \(digest), not \(leaf.leaf.digest)")
            }
            report.payloads += 1
            if payload.parts.contains(where: { $0.bytes != nil }) { report.disclosed += 1 }
        }
    }
}
