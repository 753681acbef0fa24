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
    private let absent: AbsentParties
    private let broker: () -> CheckpointTopic.Sight
    private let brokerLog: BrokerLog
    /// What somebody has carried away, to be held against the logs; nil for nothing.
    public var pins: Pins?

    /// Takes the parties.
    /// - Parameters:
    ///   - data: The directory, as it is named in the report.
    ///   - auditor: The auditor; nil where none has run.
    ///   - outside: Types of message that may come from somebody who keeps no journal here.
    ///   - absent: Parties that have no store here, as may be.
    ///   - broker: Reads the broker's copy of the topic of checkpoints, before any store is opened.
    ///   - brokerLog: What the broker's files have of all other topics.
    public init(
        data: String, subjects: [AuditSubject], auditor: AuditSubject? = nil, outside: Set<MessageType>,
        absent: AbsentParties = AbsentParties(), broker: @escaping () -> CheckpointTopic.Sight = { .elsewhere },
        brokerLog: BrokerLog = .unasked
    ) {
        self.data = data
        self.subjects = subjects
        self.auditor = auditor
        self.outside = outside
        self.absent = absent
        self.broker = broker
        self.brokerLog = brokerLog
    }

    /// Verifies everything, as of one moment for each party.
    /// - Throws: `StoreError` `inUse`, `otherVersion` or, where the key of the auditor's vault is not there, `vaultKey`: then nothing can be said. What is damaged is a finding.
    public func verify() throws -> AuditReport { try inspect().report }

    /// Opens all stores and verifies them; the stores stay as they were verified.
    func inspect() throws -> (snapshot: ExchangeSnapshot, report: AuditReport) {
        for _ in 1..<Self.attempts {
            do {
                let result = try inspectOnce()
                if result.snapshot.isUnchanged { return result }
            } catch let error as StoreError where error.code == .inUse {
                continue
            }
        }
        return try inspectOnce()
    }

    /// Parties that are started while they are read are read again, as parties that run: nothing is wrong with them.
    private static let attempts = 5

    private func inspectOnce() throws -> (snapshot: ExchangeSnapshot, report: AuditReport) {
        var findings = FindingList()
        let topic = broker()
        let snapshot = try ExchangeSnapshot(subjects, auditor: auditor, absent: absent, &findings)
        return (snapshot, try verify(snapshot, topic, &findings))
    }

    private func verify(
        _ snapshot: ExchangeSnapshot, _ topic: CheckpointTopic.Sight, _ findings: inout FindingList
    ) throws -> AuditReport {
        let published = PublishedCheckpoints(snapshot, broker: topic, &findings)
        let shared = SharedEvidence(snapshot, published, pins: pins, &findings)
        shared.judgeLost(snapshot, &findings)
        var all: [PartyEvidence] = []
        for part in snapshot.parts {
            do {
                all.append(try PartyEvidence(part, earlier: snapshot.earlier, shared: shared, &findings))
            } catch {
                findings.add(.unreadable, part.subject.party, "\(error)")
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
        var releases: ReleaseFigures?
        var forged: [[UInt8: StrayCount]] = []
        if snapshot.unreadable == 0, parties.count == snapshot.parties.count {
            var cross = CrossCheck(
                parties, auditor: observer, outside: mayComeFromOutside(snapshot),
                isSettled: !snapshot.isLive && parties.allSatisfy(\.isSettled), isLive: snapshot.isLive)
            do {
                try cross.run(&findings)
            } catch {
                findings.add(.unreadable, "", "\(error)")
            }
            hops = cross.hops
            disagreements = cross.disagreements
            forged = cross.forged
            observed = cross.observed
        }
        if let observer {
            do {
                let vault = try VaultCheck(observer, parties: subjects, &findings)
                observed?.erased = vault.erased
                releases = vault.releases
            } catch let error as StoreError where error.code == .vaultKey {
                // Nothing is wrong with the evidence: it cannot be looked at.
                throw error
            } catch {
                findings.add(.payload, observer.subject.party, "\(error)")
            }
        }
        let vault = observer.flatMap { try? VaultInspection($0.store, directory: $0.subject.directory) }
        let strays = StrayEvidence.gather(parties, forged: forged, vault: vault, &findings)
        let brokerLog = brokerLogEvidence(all, &findings)
        let pinned = pins.map { PinCheck($0, all, &findings).evidence } ?? []
        let signatures = SignatureEvidence.gather(all, &findings)
        var report = AuditReport(
            data: data, exchange: exchanges.first ?? "", parties: all.map { $0.line(names, among: all) }, hops: hops,
            observed: observed, findings: findings.findings, counts: findings.counts, disagreements: disagreements)
        report.signatures = signatures
        report.strays = strays
        report.brokerLog = brokerLog
        report.releases = releases
        report.vaultKeys = try? observer.map { try VaultSealing.place($0.store) }
        report.pins = pinned
        report.takenAt = snapshot.isLive ? snapshot.takenAt : nil
        report.outside = snapshot.outside.map(\.party)
        report.notBegun = snapshot.notBegun.map(\.party)
        return report
    }

    private func brokerLogEvidence(
        _ readers: [PartyEvidence], _ findings: inout FindingList
    ) -> BrokerLogEvidence? {
        switch brokerLog {
        case .unasked: return nil
        case .elsewhere: return BrokerLogEvidence(isHere: false)
        case .here(let read):
            var check = BrokerLogCheck(readers)
            do {
                try check.run(read, &findings)
            } catch {
                findings.add(.unreadable, PublishedCheckpoints.broker, "\(error)")
            }
            return check.evidence
        }
    }

    /// Types of message whose senders need not have a journal: what parties outside write, and every signature.
    private func mayComeFromOutside(_ snapshot: ExchangeSnapshot) -> Set<MessageType> {
        let strangers = (snapshot.outside + snapshot.notBegun).flatMap(\.writes).map(\.carries)
        return outside.union(strangers).union([.agreementSignature])
    }
}

extension PartyEvidence {
    /// Whether the party has nothing pending and nothing to send.
    fileprivate var isSettled: Bool {
        store.progress.ledger.pending == 0 && store.progress.unsentChunks.isEmpty
    }

    fileprivate func line(_ names: [ExactText: String], among all: [PartyEvidence]) -> AuditReport.Party {
        // The shards of one party do not vouch for each other.
        let others = all.count { $0.subject.shard.party != subject.shard.party }
        return AuditReport.Party(
            party: subject.party, leaves: pass.leaves, root: pass.tree.root.description, checkpoints: checkpoints,
            signedLeaves: pass.signedLeaves, unsignedLeaves: max(0, pass.unsignedLeaves),
            cosigners: cosigners.compactMap { names[$0] }.sorted(),
            cosignedLeaves: cosignedLeaves,
            witnesses: others)
    }
}
