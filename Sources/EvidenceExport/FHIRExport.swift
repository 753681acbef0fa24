public import Audit
public import ExchangeSchema
import Foundation
import PartyCore
import PartyStore
import TransparencyLog

/// Exports journals as FHIR R4 (4.0.1) resources: an AuditEvent for each leaf, a Provenance for each record taken in and
/// each message sent, both with a reference into the log that proves them. No personal data of patients: leaves have none, and
/// of acts it is said who did what to which record, and why. Streams; only the acts are in memory.
public struct FHIRExport {
    /// The journals.
    public var sources: [JournalSource]
    /// Only what is about these records; with them each resource carries its whole proof. Nil for everything.
    public var records: [RecordIdentifier]?
    /// Earliest clock reading; Unix milliseconds, nil for the beginning.
    public var from: Int64?
    /// First clock reading that is too late; Unix milliseconds, nil for the end.
    public var until: Int64?

    /// What people did, by the number of the leaf in this log; nil where there is no such log.
    public var acts: (party: String, byLeaf: [Int64: ExportedAct])?

    /// How much was exported.
    public struct Outcome: Sendable, Equatable {
        /// Resources AuditEvent.
        public var events: Int64 = 0
        /// Resources Provenance.
        public var provenances: Int64 = 0
    }

    /// Takes the journals.
    public init(sources: [JournalSource]) { self.sources = sources }

    /// Writes `AuditEvent.ndjson` and `Provenance.ndjson` into a folder, which is made when it is not there.
    /// - Throws: ``ExportError``; `EvidenceError`; `StoreError`.
    public func writeLines(folder: String) throws -> Outcome {
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        } catch {
            throw ExportError.cannotWrite(folder, error.localizedDescription)
        }
        let events = try ResourceFile(folder + "/AuditEvent.ndjson")
        let provenances = try ResourceFile(folder + "/Provenance.ndjson")
        let outcome = try run(event: { try events.write($0) }, provenance: { try provenances.write($0) })
        try events.finish()
        try provenances.finish()
        return outcome
    }

    /// Writes one Bundle of the type `collection`.
    /// - Throws: ``ExportError``; `EvidenceError`; `StoreError`.
    public func writeBundle(file: String) throws -> Outcome {
        let bundle = try ResourceFile(file)
        bundle.write(#"{"resourceType":"Bundle","type":"collection","entry":["#)
        var separator = ""
        func write(_ resource: some Encodable, name: String) throws {
            // Each entry of a collection has a full URL (constraint bdl-7 of Bundle asks that they differ).
            let url = "\(FHIRCode.base)/\(name)"
            try bundle.write(resource, before: separator + #"{"fullUrl":"\#(url)","resource":"#, after: "}")
            separator = ",\n"
        }
        let outcome = try run(
            event: { try write($0, name: "AuditEvent/\($0.id)") },
            provenance: { try write($0, name: "Provenance/\($0.id)") })
        bundle.write("]}\n")
        try bundle.finish()
        return outcome
    }

    private func run(
        event: (AuditEventResource) throws -> Void, provenance: (ProvenanceResource) throws -> Void
    ) throws -> Outcome {
        var outcome = Outcome()
        for source in sources {
            let store = try StoreInspection(directory: source.directory)
            let checkpoint = try JournalHead(source, store).verified
            try forEachLeaf(source, store, checkpoint) { leaf in
                if let from, leaf.leaf.time < from { return }
                if let until, leaf.leaf.time >= until { return }
                try event(AuditEventResource(leaf))
                outcome.events += 1
                guard let resource = ProvenanceResource(leaf) else { return }
                try provenance(resource)
                outcome.provenances += 1
            }
        }
        if let records, outcome.events == 0 { throw ExportError.unknownRecords(records.map(\.description)) }
        return outcome
    }

    private func forEachLeaf(
        _ source: JournalSource, _ store: StoreInspection, _ head: VerifiedCheckpoint,
        _ body: (ExportedLeaf) throws -> Void
    ) throws {
        func reference(_ number: Int64) -> ProofReference? {
            guard let index = UInt64(exactly: number), index < head.checkpoint.size else { return nil }
            return ProofReference(checkpoint: head.checkpoint, index: index)
        }
        let acts = acts?.party == source.party ? self.acts?.byLeaf ?? [:] : [:]
        guard let records else {
            return try store.forEachJournalRow { first, _, bytes in
                for (place, stored) in StoredLeaves(bytes).enumerated() {
                    guard let leaf = stored.leaf else { continue }
                    let number = first &+ Int64(place)
                    try body(
                        ExportedLeaf(
                            party: source.party, number: number, leaf: leaf, topic: source.topic(of: leaf),
                            act: acts[number], proof: reference(number)))
                }
            }
        }
        var found: [ExportedLeaf] = []
        try RecordLeaves(records).forEach(in: store, source) { record, leaf in
            found.append(
                ExportedLeaf(
                    party: leaf.party, number: leaf.number, leaf: leaf.leaf, topic: leaf.topic, record: record,
                    act: acts[leaf.number]))
        }
        let known = Set(found.map(\.number))
        found += try looks(at: records, acts, store, source).filter { !known.contains($0.number) }
        try store.withTiles { reader in
            let tree = TileTree(size: max(reader.size, head.checkpoint.size), reader: reader)
            for var leaf in found {
                leaf.proof = reference(leaf.number)
                if let index = leaf.proof?.index {
                    let path = try tree.inclusionProof(of: index, under: head.checkpoint).proof.path
                    leaf.proof?.text = String(
                        decoding: ProofFile(index: index, path: path, note: head.note).bytes, as: UTF8.self)
                }
                try body(leaf)
            }
        }
    }

    /// The leaves of acts that name one of the records: the acts themselves are about no record.
    private func looks(
        at records: [RecordIdentifier], _ acts: [Int64: ExportedAct], _ store: StoreInspection, _ source: JournalSource
    ) throws -> [ExportedLeaf] {
        try acts.sorted { $0.key < $1.key }.compactMap { number, act in
            guard let record = act.entry.records.first(where: records.contains), let leaf = try store.leaf(number)
            else { return nil }
            return ExportedLeaf(
                party: source.party, number: number, leaf: leaf, topic: source.topic(of: leaf), record: record, act: act
            )
        }
    }
}
