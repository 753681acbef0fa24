import ExchangeSchema
import PartyCore
import PartyStore
import Topology
import Vocabulary

/// Whether what the auditor keeps is what its leaves say: every record under its leaf's digest, every erased one with an
/// erasure that is written down, every act of a person under its leaf.
struct VaultCheck {
    /// Records that can no longer be read, as an erasure says.
    private(set) var erased: Int64 = 0
    /// Which part stopped where.
    private(set) var releases = ReleaseFigures(rows: [])

    /// Goes over the vault once, in constant memory.
    init(_ auditor: PartyEvidence, parties: [AuditSubject], _ findings: inout FindingList) throws {
        let party = auditor.subject.party
        // One that is just starting has seen nothing yet.
        if auditor.store.progress.nextSequence == 0, try !VaultInspection.isBegun(auditor.store) { return }
        let vault = try VaultInspection(
            auditor.store, directory: auditor.subject.directory, keyFile: auditor.subject.vaultKey)
        if vault.topics != auditor.subject.topicNames {
            findings.add(.payload, party, "it was written with other topics: \(vault.topics.joined(separator: ", "))")
        }
        var acts: [Int64: PayloadDigest] = [:]
        var gone = Set<RecordIdentifier>()
        for (leaf, json) in try AccessLog.entries(auditor.store) {
            acts[leaf] = unsafe ObservedPayload.digest(of: json.span.bytes, type: nil, salt: RawSpan())
            guard let entry = AccessEntry(json: json) else {
                findings.add(.access, party, leaf: leaf, "the entry cannot be read")
                continue
            }
            if entry.action == AccessEntry.erase { gone.formUnion(entry.records) }
        }
        var erased: Int64 = 0
        var citizens = CitizenCheck(vault, party, &findings)
        var release = ReleaseCheck(parties, topics: vault.topics)
        try vault.forEachEntry { entry in
            // What is no leaf was reported by the pass over the journal.
            guard let leaf = entry.content else { return }
            if leaf.isOfTopic {
                guard let record = entry.record else {
                    findings.add(.payload, party, leaf: entry.leaf, "what is kept of it is gone or was altered")
                    return
                }
                if record.isErased {
                    erased += 1
                    if !gone.contains(entry.about) {
                        findings.add(
                            .payload, party, leaf: entry.leaf,
                            "the key of record \(entry.about) is gone, and no erasure is written down")
                    }
                } else if Self.digest(record, leaf) != leaf.digest {
                    findings.add(.payload, party, leaf: entry.leaf, "what is kept has another digest than the leaf")
                } else if leaf.decision == .observed, let value = record.value {
                    unsafe release.take(value.span.bytes, leaf, at: entry.leaf, &findings)
                    unsafe citizens?.take(value.span.bytes, leaf, entry, &findings)
                }
            }
            let act = acts.removeValue(forKey: entry.leaf)
            if act == nil, leaf.decision == .looked {
                findings.add(.access, party, leaf: entry.leaf, "what a person did is not there any more")
            } else if let act, act != leaf.digest {
                findings.add(.access, party, leaf: entry.leaf, "the entry is not the one that was written down")
            }
        }
        for leaf in acts.keys.sorted() { findings.add(.access, party, leaf: leaf, "the entry has no leaf") }
        citizens?.end(erased: gone, &findings)
        self.erased = erased
        releases = release.figures
    }

    private static func digest(_ record: TrafficRecord, _ leaf: JournalLeaf) -> PayloadDigest {
        let (value, salt) = (record.value ?? [], record.header(ObservedPayload.saltHeader) ?? [])
        return unsafe ObservedPayload.digest(
            of: value.span.bytes, type: MessageType(rawValue: leaf.type), salt: salt.span.bytes)
    }
}
