/// The signatures with which one agreement starts, in place of the topology's.
public struct AgreementOverride: Sendable, Hashable {
    /// The agreement's name.
    public var agreement: String
    /// Names of the parties that have signed at the start.
    public var signed: [String]
    /// Where it stands.
    public var location: SourceLocation

    /// Takes all fields.
    public init(agreement: String, signed: [String], location: SourceLocation) {
        self.agreement = agreement
        self.signed = signed
        self.location = location
    }
}

/// A signature given during the run.
public struct PlannedSignature: Sendable, Hashable {
    /// The agreement's name.
    public var agreement: String
    /// The party that signs.
    public var party: String
    /// When it signs.
    public var trigger: SignatureTrigger
    /// Where it stands.
    public var location: SourceLocation

    /// Takes all fields.
    public init(agreement: String, party: String, trigger: SignatureTrigger, location: SourceLocation) {
        self.agreement = agreement
        self.party = party
        self.trigger = trigger
        self.location = location
    }
}

/// When a planned signature is given.
public enum SignatureTrigger: Sendable, Hashable {
    /// As soon as this many records are held by agreements.
    case heldAtLeast(Int)
    /// As soon as this many visits have been submitted.
    case submittedAtLeast(Int)
}
