public import ExchangeSchema
public import Vocabulary

/// A message that a party sent once, made again from what it had read then.
public struct RemadeMessage: Sendable, Equatable {
    /// Which message.
    public var message: MessageIdentifier
    /// What it carries.
    public var type: MessageType
    /// The record it is about.
    public var record: RecordIdentifier
    /// The partition key.
    public var key: [UInt8]
    /// What is added to the party's `ce_source`; of a facility its code.
    public var source: [UInt8]
    /// The content.
    public var payload: [UInt8]
    /// The salt of its digest.
    public var salt: PayloadSalt
    /// The digest; where it is the one of the leaf, the message is the same to the last byte.
    public var digest: PayloadDigest
}
