/// The kinds of message that cross between parties. The raw value is what the journal and the outbox store; the
/// event type is what crosses the wire as `ce_type`.
public enum MessageType: UInt8, CaseIterable, Sendable {
    case facilityRecord = 1
    case acceptedRecord = 2
    case assessment = 3
    case identityCheck = 4
    case identityResult = 5
    case bookEntry = 6
    case correction = 7
    case agreementSignature = 8

    /// The full name of the Protocol Buffers message, used as the CloudEvents type.
    public var eventType: String {
        switch self {
        case .facilityRecord: "exchange.v1.FacilityRecord"
        case .acceptedRecord: "exchange.v1.AcceptedRecord"
        case .assessment: "exchange.v1.Assessment"
        case .identityCheck: "exchange.v1.IdentityCheck"
        case .identityResult: "exchange.v1.IdentityResult"
        case .bookEntry: "exchange.v1.BookEntry"
        case .correction: "exchange.v1.Correction"
        case .agreementSignature: "exchange.v1.AgreementSignature"
        }
    }

    /// The type with this event type, or nil when the exchange knows none such.
    public init?(eventType: String) {
        guard let found = Self.allCases.first(where: { $0.eventType == eventType }) else { return nil }
        self = found
    }
}
