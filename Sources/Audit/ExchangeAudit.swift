public import ExchangeSchema
import PartyCore
import PartyStore
import TransparencyLog

/// Checks all that the parties of an exchange have written down: each by itself, then one against the other. Changes
/// nothing.
public struct ExchangeAudit {
    private let data: String
    private let subjects: [AuditSubject]
    private let outside: Set<MessageType>

    /// Takes the parties.
    /// - Parameters:
    ///   - data: The directory, as it is named in the report.
    ///   - outside: Types of message that may come from somebody who keeps no journal here.
    public init(data: String, subjects: [AuditSubject], outside: Set<MessageType>) {
        self.data = data
        self.subjects = subjects
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
            do {
                let store = try StoreInspection(directory: subject.directory)
                if store.party != subject.party {
                    findings.add(.unreadable, subject.party, "\(subject.directory) holds the data of \(store.party)")
                    continue
                }
                parties.append(try PartyEvidence(subject, store: store, &findings))
            } catch let error as StoreError where error.code == .inUse || error.code == .otherVersion {
                throw error
            } catch {
                findings.add(.unreadable, subject.party, "\(error)")
            }
        }
        let exchanges = Set(parties.map(\.store.exchange)).sorted()
        if exchanges.count > 1 {
            findings.add(
                .unreadable, parties.last?.subject.party ?? "",
                "the parties belong to different exchanges: \(exchanges.joined(separator: ", "))")
        }
        // Against a journal that cannot be read, every message would be missing or extra.
        var hops: [HopEvidence] = []
        var disagreements: [Disagreement] = []
        if parties.count == subjects.count {
            let isSettled = parties.allSatisfy {
                $0.store.progress.ledger.pending == 0 && $0.store.progress.unsentChunks.isEmpty
            }
            var cross = CrossCheck(parties, outside: outside.union([.agreementSignature]), isSettled: isSettled)
            do {
                try cross.run(&findings)
            } catch {
                findings.add(.unreadable, "", "\(error)")
            }
            hops = cross.hops
            disagreements = cross.disagreements
        }
        return AuditReport(
            data: data, exchange: exchanges.first ?? "", parties: parties.map(\.line), hops: hops,
            findings: findings.findings, counts: findings.counts, disagreements: disagreements)
    }
}

extension PartyEvidence {
    fileprivate var line: AuditReport.Party {
        AuditReport.Party(
            party: subject.party, leaves: pass.leaves, root: pass.tree.root.description, checkpoints: checkpoints,
            unsignedLeaves: max(0, pass.unsignedLeaves))
    }
}
