public import ExchangeSchema
import PartyCore
import PartyStore
import TransparencyLog

/// Checks all that the parties of an exchange have written down: each by itself, then one against the other. Changes
/// nothing.
public struct ExchangeAudit {
    private let data: String
    private let subjects: [AuditSubject]
    private let auditor: AuditSubject?
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
        var parties: [PartyEvidence] = []
        for subject in subjects {
            if let party = try evidence(of: subject, &findings) { parties.append(party) }
        }
        let observer = try auditor.flatMap { try evidence(of: $0, &findings) }
        let all = parties + (observer.map { [$0] } ?? [])
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
            data: data, exchange: exchanges.first ?? "", parties: all.map(\.line), hops: hops, observed: observed,
            findings: findings.findings, counts: findings.counts, disagreements: disagreements)
    }

    /// One party by itself; nil when its directory cannot be read, which is then a finding.
    private func evidence(of subject: AuditSubject, _ findings: inout FindingList) throws -> PartyEvidence? {
        do {
            let store = try StoreInspection(directory: subject.directory)
            guard store.party == subject.party else {
                findings.add(.unreadable, subject.party, "\(subject.directory) holds the data of \(store.party)")
                return nil
            }
            return try PartyEvidence(subject, store: store, &findings)
        } catch let error as StoreError where error.code == .inUse || error.code == .otherVersion {
            throw error
        } catch {
            findings.add(.unreadable, subject.party, "\(error)")
            return nil
        }
    }
}

extension PartyEvidence {
    fileprivate var line: AuditReport.Party {
        AuditReport.Party(
            party: subject.party, leaves: pass.leaves, root: pass.tree.root.description, checkpoints: checkpoints,
            unsignedLeaves: max(0, pass.unsignedLeaves))
    }
}
