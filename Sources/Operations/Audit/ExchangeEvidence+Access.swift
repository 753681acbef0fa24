import Composition
import ExchangeSchema
import PartyStore
import Supervision
import Topology
import Vocabulary

extension ExchangeEvidence {
    /// What people did, and what facilities asked of the books, oldest first, with how it is known who they are.
    /// - Parameter citizen: Only what was about this person, 12 digits; nil for all. The records that came under the number
    ///   are those of the auditor's index, which an erasure empties.
    /// - Throws: ``ProgramFailure`` when there is no auditor, or the number is none; `StoreError`.
    public func listedAccesses(of citizen: String? = nil) throws -> [ListedAccess] {
        let vault = try requireVault()
        let proofs = try accessProofs(vault)
        let person = try citizen.map { try Self.citizen($0) }
        let records = try person.map { Set(try vault.records(ofCitizen: $0.description)) }
        let pseudonym = try person.flatMap { try AccessSeal.existing(layout)?.pseudonym(of: $0) }
        let acts = try AccessLog.entries(vault.store).compactMap { leaf, json -> ListedAccess? in
            guard let entry = AccessEntry(json: json) else { return nil }
            if let records, records.isDisjoint(with: entry.records),
                !(pseudonym.map { entry.subject.contains($0) } ?? false)
            {
                return nil
            }
            return ListedAccess(leaf: leaf, entry: entry, proof: proofs[leaf] ?? .process)
        }
        let asked = try inquiries(vault, of: person).map {
            ListedAccess(leaf: $0.leaf, entry: $0.entry, proof: .facility)
        }
        return (acts + asked).sorted { $0.leaf < $1.leaf }
    }

    /// Of each leaf that saw an entry cross the broker, how it is known who wrote it. What has no leaf of that topic was
    /// written into the log itself.
    private func accessProofs(_ vault: VaultInspection) throws -> [Int64: ListedAccess.Proof] {
        let topic = try ExchangeFiles.topology(at: layout.topologyPath).audit.access
        let seal = try AccessSeal.existing(layout)
        let asksForLogin = record.security != nil || record.kafkaConfig != nil
        var proofs: [Int64: ListedAccess.Proof] = [:]
        var known: Set<String> = []
        // The auditor sees every offset from 0 on, without a gap.
        var offset: Int64 = 0
        while let seen = try vault.sighting(topic: topic, partition: 0, offset: offset) {
            offset += 1
            guard let value = seen.record.value, let entry = AccessEntry(json: value) else { continue }
            let isSealed =
                seen.record.header(AccessSeal.header).map { seal?.isRight($0, over: value) ?? false } ?? false
            if !known.insert(entry.id).inserted {
                proofs[seen.leaf] = ListedAccess.Proof.none
            } else {
                proofs[seen.leaf] = isSealed ? .seal : asksForLogin ? .login : ListedAccess.Proof.none
            }
        }
        return proofs
    }
}
