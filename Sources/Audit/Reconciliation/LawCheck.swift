import PartyCore
import PartyStore

/// Judges the conservation law: within the figures, and against what the parties themselves say.
enum LawCheck {
    /// Where figures do not add up, in words.
    static func violations(_ figures: ExchangeFigures) -> [String] {
        var found: [String] = []
        for party in figures.parties where !party.conserves {
            found.append(
                "\(party.party): submitted \(party.submitted) is not shared \(party.shared) + refused \(party.refused) "
                    + "+ pending \(party.pending) + withdrawn \(party.withdrawn)")
        }
        for hop in figures.hops where !hop.conserves {
            found.append(
                "\(hop.topic) to \(hop.reader): sent \(hop.sent) is not received \(hop.received - hop.ahead) + pending "
                    + "\(hop.pending)")
        }
        for facility in figures.facilities where !facility.conserves {
            found.append("facility \(facility.facility): its figures do not add up")
        }
        return found
    }

    /// The same, and each party's ledger and rows against its leaves, all of which must have been counted.
    static func violations(_ figures: ExchangeFigures, parties: [ScopedParty]) -> [String] {
        var found = violations(figures)
        for (counted, party) in zip(figures.parties, parties) {
            let ledger = Ledger.total(party.journals.map(\.store.progress.ledger))
            for (what, said, leaves) in [
                ("submitted", ledger.submitted, counted.submitted), ("shared", ledger.shared, counted.shared),
                ("refused", ledger.refused, counted.refused), ("pending", ledger.pending, counted.pending),
                ("held", ledger.held, counted.held), ("withdrawn", ledger.withdrawn, counted.withdrawn),
            ] where said != leaves {
                found.append("\(counted.party): the ledger says \(what) \(said), the leaves say \(leaves)")
            }
        }
        return found
    }
}
