/// An agreement that a hop waits for: who must sign, and who has signed from the start.
public struct AgreementGate: Sendable, Equatable {
    /// Name in the topology file.
    public let agreement: String
    /// Parties that must sign.
    public let signatories: Set<String>
    /// Parties whose signature stands before the run begins.
    public let signedAtStart: Set<String>
    /// Parties that are still to sign when the run begins.
    private let awaited: Set<String>

    /// Takes all fields.
    public init(agreement: String, signatories: Set<String>, signedAtStart: Set<String>) {
        self.agreement = agreement
        self.signatories = signatories
        self.signedAtStart = signedAtStart
        awaited = signatories.subtracting(signedAtStart)
    }

    /// Whether all have signed.
    public func isInForce(_ figures: OwnFigures) -> Bool { isInForce(bySignatures: figures.signatures) }

    /// The same, for whoever asks about each message: figures are large.
    /// - Parameter signatures: Who has signed since the start, by agreement (``OwnFigures/signatures``).
    public func isInForce(bySignatures signatures: [String: Set<String>]) -> Bool {
        if awaited.isEmpty { return true }
        guard let signed = signatures[agreement] else { return false }
        return awaited.isSubset(of: signed)
    }

    /// Whether this party has signed, from the start or since.
    public func hasSigned(_ party: String, _ figures: OwnFigures) -> Bool {
        signedAtStart.contains(party) || figures.signatures[agreement]?.contains(party) == true
    }
}
