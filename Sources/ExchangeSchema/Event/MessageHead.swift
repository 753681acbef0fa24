public import Vocabulary

/// What is known of a message before its payload is read: its CloudEvents attributes.
public struct MessageHead: Sendable, Equatable {
    /// Which message of the exchange it is.
    public var type: MessageType
    /// `ce_id`: equal for every copy of the message.
    public var message: MessageIdentifier
    /// `ce_subject`: the record it is about. For messages about no record, all bits are zero.
    public var record: RecordIdentifier
    /// `ce_source`, for example `/moh` or `/facility/01013`.
    public var source: String
    /// `ce_salt`: goes into the digests of the payload.
    public var salt: PayloadSalt

    /// Takes all attributes.
    public init(
        type: MessageType, message: MessageIdentifier, record: RecordIdentifier, source: String,
        salt: PayloadSalt = .none
    ) {
        self.type = type
        self.message = message
        self.record = record
        self.source = source
        self.salt = salt
    }

    /// The facility code in the source of a facility's message; empty when there is none.
    public var facilityCode: String {
        let prefix = "/facility/"
        return source.hasPrefix(prefix) ? String(source.dropFirst(prefix.count)) : ""
    }
}
