import ExchangeSchema
import PartyCore
import PartyStore
import Vocabulary

/// Whether the index of citizens is that of what the vault has. Erasure, and who asks for a citizen's records, trust it.
struct CitizenCheck {
    private let party: String
    private var listing: CitizenListing
    /// The first that is not listed, by leaf.
    private var missing: [(leaf: Int64, record: RecordIdentifier)] = []
    private static let most = 100

    /// Nil where the index cannot be read, which is a finding.
    init?(_ vault: VaultInspection, _ party: String, _ findings: inout FindingList) {
        self.party = party
        do {
            listing = try vault.citizenListing()
        } catch {
            findings.add(.key, party, "the index of citizens cannot be read: \(error)")
            return nil
        }
    }

    /// Takes what the auditor saw.
    mutating func take(
        _ value: RawSpan, _ leaf: JournalLeaf, _ entry: VaultInspection.Entry, _ findings: inout FindingList
    ) {
        guard let type = MessageType(rawValue: leaf.type), let number = CitizenNumberScan.number(in: value, type: type)
        else { return }
        if !listing.take(number, entry.about), missing.count < Self.most { missing.append((entry.leaf, entry.about)) }
    }

    /// Says what does not agree.
    /// - Parameter erased: Records that were erased with their entries.
    func end(erased: Set<RecordIdentifier>, _ findings: inout FindingList) {
        if listing.isStrange, listing.missing > 1 {
            findings.add(
                .key, party,
                "nothing that was seen is in the index of citizens: the table citizen was emptied, or keys/citizen.key is another "
                    + "one. Restore both from a copy: until then nobody's records are found or erased")
            return
        }
        for (leaf, record) in missing {
            findings.add(
                .payload, party, leaf: leaf,
                "record \(record) is not in the index of citizens under the number that was seen with it: the table citizen was "
                    + "changed; restore the auditor's directory from a copy")
        }
        for record in listing.unfounded where !erased.contains(record) {
            findings.add(
                .payload, party,
                "the index of citizens has record \(record) under something that was not seen with it: the table citizen was "
                    + "changed; restore the auditor's directory from a copy")
        }
    }
}
