public import ExchangeSchema
public import Vocabulary

/// The digest that an auditor's leaf holds of a payload: the one place where it is computed, for the host that writes it
/// and for whoever checks it.
public enum ObservedPayload {
    /// The header that carries the salt of a payload's digest.
    public static let saltHeader = EventAttribute.salt.header

    /// The digest of a payload.
    /// - Parameters:
    ///   - type: What the leaf says it is; nil for a record that is no message of the exchange.
    ///   - salt: Value of ``saltHeader`` as it came; empty for none.
    public static func digest(of payload: RawSpan, type: MessageType?, salt: RawSpan) -> PayloadDigest {
        PayloadDigest(of: payload, type: type, salt: PayloadSalt(utf8: salt) ?? .none)
    }
}
