/// What crossed the broker at one place.
public struct RecordedPayload: Sendable, Equatable {
    /// The value of the Kafka record; nil when it had none, or the person's key was erased.
    public var value: [UInt8]?
    /// The value of the header `ce_salt` as it came; nil when there was none.
    public var salt: [UInt8]?
    /// Whether it was there and its key has been erased.
    public var isErased: Bool

    /// Takes all fields.
    public init(value: [UInt8]?, salt: [UInt8]?, isErased: Bool) {
        self.value = value
        self.salt = salt
        self.isErased = isErased
    }
}

/// Where payloads are kept as they crossed the broker: the auditor's vault.
public protocol RecordedPayloads {
    /// What lay at a place; nil when nobody saw it.
    func payload(topic: String, partition: Int32, offset: Int64) throws -> RecordedPayload?
}
