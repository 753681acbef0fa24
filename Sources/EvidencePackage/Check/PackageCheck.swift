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
    private let wanted: RecordLeaves
    private var report: CheckReport
    private var proved: [RecordLeaf] = []
    private var verdicts: [VerdictLeaf] = []

    /// Checks everything and says what does not hold.
    ///
    /// - Parameters:
    ///   - bytes: The file.
    ///   - trusted: Public keys from elsewhere; nil to use the package's own.
    /// - Throws: ``ZipError`` or ``PackageError`` when it is no package of this version, or not of the keys' exchange.
    public static func report(on bytes: [UInt8], trusted: KeyRing?) throws -> CheckReport {
        let archive: ZipArchive
        do throws(ZipError) {
            archive = try ZipArchive(reading: bytes)
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
        var check = try PackageCheck(archive, trusted)
        check.run()
        return check.report
    }

    private init(_ archive: ZipArchive, _ trusted: KeyRing?) throws(PackageError) {
        guard let bytes = archive[PackageManifest.path],
            let manifest = EvidenceJSON.decode(PackageManifest.self, bytes), manifest.format == PackageManifest.format
        else {
            throw .notAPackage("this archive is no evidence package: \(PackageManifest.path) is missing or is none")
        }
        guard (PackageManifest.firstVersion...PackageManifest.version).contains(manifest.version) else {
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
        wanted = RecordLeaves([record])
        report = CheckReport(keysAreTrusted: trusted != nil)
    }

    private static func origin(_ journal: PackageManifest.Journal, _ manifest: PackageManifest) -> ExactText {
        JournalKey.origin(StoreIdentity(party: journal.party, exchange: manifest.exchange))
    }

    private mutating func run() {
        report.exchange = manifest.exchange
        report.record = manifest.record
        report.made = manifest.made
        checkFiles()
        var package: [VerifierKey] = []
        for journal in manifest.journals { package += keys(of: journal) }
        let policy = (trusted ?? KeyRing(package)).policy
        for journal in manifest.journals { check(journal, policy) }
        checkPayloads()
        let trace = RecordTrace(record, leaves: proved, verdicts: verdicts)
        report.trace = trace
        for finding in StoryCheck(proved).findings { report.add(finding.file, finding.text) }
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
            expected.formUnion([journal.key, journal.checkpoint])
            for number in journal.leaves {
                expected.formUnion([journal.leaf(number), journal.proof(number)])
                if isVerdict(number, of: journal) { expected.insert(journal.verdict(number)) }
            }
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
    private mutating func keys(of journal: PackageManifest.Journal) -> [VerifierKey] {
        guard let bytes = archive[journal.key] else {
            report.add(journal.key, "the file is missing")
            return []
        }
        do {
            let keys = try KeyLines.read(bytes, path: journal.key).keys
            if let trusted {
                for key in keys where !trusted.keys.contains(key) {
                    report.add(journal.key, "\(key) is not among the keys given with --keys")
                }
            }
            return keys
        } catch {
            report.add(journal.key, error.description)
            return []
        }
    }

    private mutating func check(_ journal: PackageManifest.Journal, _ policy: KeyPolicy) {
        let origin = Self.origin(journal, manifest)
        guard let note = archive[journal.checkpoint] else {
            return report.add(journal.checkpoint, "the file is missing")
        }
        do throws(PolicyError) {
            let head = try policy.verify(note, origin: origin)
            report.journals.append(
                CheckReport.Journal(
                    party: journal.party, origin: origin.string, size: head.checkpoint.size,
                    root: head.checkpoint.root.description, key: head.signers.first?.text ?? "",
                    cosigners: head.cosignatures.map(\.witness.name.string)))
        } catch {
            return report.add(journal.checkpoint, error.description)
        }
        var last: Int64 = -1
        for number in journal.leaves {
            if number <= last { report.add(PackageManifest.path, "the leaves of \(journal.party) are not in order") }
            last = number
            check(number, of: journal, note, policy)
        }
    }

    private mutating func check(
        _ number: Int64, of journal: PackageManifest.Journal, _ note: [UInt8], _ policy: KeyPolicy
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
        guard verdict != nil || subject?.type.rawValue == leaf.type && subject != nil else {
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
        report.leaves += 1
        if let verdict { verdicts.append(verdict) }
        guard let subject else { return }
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
