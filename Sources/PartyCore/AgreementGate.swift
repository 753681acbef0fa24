/// An agreement that a hop waits for: who must sign, and who has signed from the start.
public struct AgreementGate: Sendable, Equatable {
    /// Name in the topology file.
    public var agreement: String
    /// Parties that must sign.
    public var signatories: Set<String>
    /// Parties whose signature stands before the run begins.
    public var signedAtStart: Set<String>

    /// Takes all fields.
    public init(agreement: String, signatories: Set<String>, signedAtStart: Set<String>) {
        self.agreement = agreement
        self.signatories = signatories
        self.signedAtStart = signedAtStart
    }

    /// Whether all have signed.
    public func isInForce(_ figures: OwnFigures) -> Bool {
        let signed = figures.signatures[agreement] ?? []
        return signatories.allSatisfy { signedAtStart.contains($0) || signed.contains($0) }
    }

    /// Whether this party has signed, from the start or since.
    public func hasSigned(_ party: String, _ figures: OwnFigures) -> Bool {
        signedAtStart.contains(party) || figures.signatures[agreement]?.contains(party) == true
    }
}
