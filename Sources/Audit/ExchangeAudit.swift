import ExchangeSchema
import PartyCore
import PartyStore
import Topology
import TransparencyLog
public import Vocabulary

/// Checks all that the parties of an exchange have written down: each by itself, then one against the other. Changes
/// nothing.
public struct ExchangeAudit {
    private let data: String
    private let subjects: [AuditSubject]
    let auditor: AuditSubject?
    private let outside: Set<MessageType>

    /// Takes the parties.
    /// - Parameters:
    ///   - data: The directory, as it is named in the report.
    ///   - auditor: The auditor; nil where none has run.
    ///   - outside: Types of message that may come from somebody who keeps no journal here.
    public init(
        data: String, subjects: [AuditSubject], auditor: AuditSubject? = nil, outside: Set<MessageType>
    ) {
        self.data = data
        self.subjects = subjects
        self.auditor = auditor
        self.outside = outside
    }

    /// Opens the directories of all parties.
    /// - Throws: `StoreError` when one is in use, of another version, or damaged.
    func open() throws -> [(subject: AuditSubject, store: StoreInspection)] {
        try subjects.map { ($0, try StoreInspection(directory: $0.directory)) }
    }

    /// Verifies everything.
    /// - Throws: `StoreError` `inUse` or `otherVersion`: then nothing can be said. What is damaged is a finding.
    public func verify() throws -> AuditReport {
        var findings = FindingList()
        var stores: [(subject: AuditSubject, store: StoreInspection)] = []
        for subject in subjects + (auditor.map { [$0] } ?? []) {
            if let store = try store(of: subject, &findings) { stores.append((subject, store)) }
        }
        let shared = SharedEvidence(stores, &findings)
        var all: [PartyEvidence] = []
        for (subject, store) in stores {
            do {
                all.append(try PartyEvidence(subject, store: store, shared: shared, &findings))
            } catch {
                findings.add(.unreadable, subject.party, "\(error)")
            }
        }
        let names = Dictionary(all.map { ($0.origin, $0.subject.party) }) { first, _ in first }
        shared.judge(names, &findings)
        let parties = all.filter { $0.subject.role != nil }
        let observer = all.first { $0.subject.role == nil }
        let exchanges = Set(all.map(\.store.exchange)).sorted()
        if exchanges.count > 1 {
            findings.add(
                .unreadable, all.last?.subject.party ?? "",
                "the parties belong to different exchanges: \(exchanges.joined(separator: ", "))")
        }
        // Against a journal that cannot be read, every message would be missing or extra.
        var hops: [HopEvidence] = []
        var disagreements: [Disagreement] = []
        var observed: ObservationEvidence?
        if parties.count == subjects.count {
            let isSettled = parties.allSatisfy {
                $0.store.progress.ledger.pending == 0 && $0.store.progress.unsentChunks.isEmpty
            }
            var cross = CrossCheck(
                parties, auditor: observer, outside: outside.union([.agreementSignature]), isSettled: isSettled)
            do {
                try cross.run(&findings)
            } catch {
                findings.add(.unreadable, "", "\(error)")
            }
            hops = cross.hops
            disagreements = cross.disagreements
            observed = cross.observed
        }
        if let observer {
            do {
                let vault = try VaultCheck(observer, &findings)
                observed?.erased = vault.erased
            } catch {
                findings.add(.payload, observer.subject.party, "\(error)")
            }
        }
        return AuditReport(
            data: data, exchange: exchanges.first ?? "", parties: all.map { $0.line(names, among: all) }, hops: hops,
            observed: observed, findings: findings.findings, counts: findings.counts, disagreements: disagreements)
    }

    /// The store of one party; nil when it cannot be read, which is then a finding.
    private func store(of subject: AuditSubject, _ findings: inout FindingList) throws -> StoreInspection? {
        do {
            let store = try StoreInspection(directory: subject.directory)
            if store.party == subject.party { return store }
            findings.add(.unreadable, subject.party, "\(subject.directory) holds the data of \(store.party)")
        } catch let error as StoreError where error.code == .inUse || error.code == .otherVersion {
            throw error
        } catch {
            findings.add(.unreadable, subject.party, "\(error)")
        }
        return nil
    }
}

extension PartyEvidence {
    fileprivate func line(_ names: [ExactText: String], among all: [PartyEvidence]) -> AuditReport.Party {
        // The shards of one party do not vouch for each other.
        let others = all.count { $0.subject.shard.party != subject.shard.party }
        return AuditReport.Party(
            party: subject.party, leaves: pass.leaves, root: pass.tree.root.description, checkpoints: checkpoints,
            unsignedLeaves: max(0, pass.unsignedLeaves), cosigners: cosigners.compactMap { names[$0] }.sorted(),
            cosignedLeaves: cosignedLeaves,
            witnesses: others)
    }
}
