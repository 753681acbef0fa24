public import PartyCore
public import Topology
import Vocabulary

extension AgreementDesk {
    /// A party's part in the agreements of an exchange.
    public init(party: String, topology: Topology) {
        self.init(
            party: party,
            agreements: topology.agreements.map {
                AgreementGate(
                    agreement: $0.name, signatories: Set($0.signatories), signedAtStart: Set($0.signed))
            })
    }
}

extension AgreementGate {
    /// The gate before C06's answers: the agreement that the topic of identity results requires; nil for none.
    public init?(_ topology: Topology) {
        guard let agreement = topology.agreement(gating: .identityResult) else { return nil }
        self.init(
            agreement: agreement.name, signatories: Set(agreement.signatories), signedAtStart: Set(agreement.signed))
    }
}
