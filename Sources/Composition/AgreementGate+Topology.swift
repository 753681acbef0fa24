public import PartyCore
public import Topology
import Vocabulary

extension AgreementGate {
    /// The gate before C06's answers: the agreement that the topic of identity results requires; nil for none.
    public init?(_ topology: Topology) {
        guard let agreement = topology.agreement(gating: .identityResult) else { return nil }
        self.init(
            agreement: agreement.name, signatories: Set(agreement.signatories), signedAtStart: Set(agreement.signed))
    }
}
