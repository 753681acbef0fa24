public import TransparencyLog

/// The key with which a party signs its log, and all keys that the log has had.
public struct LogKey: Sendable {
    /// The private half.
    public let signer: SignerKey
    /// All keys of the log; ``signer`` is the newest.
    public let list: KeyList

    /// Takes both.
    public init(signer: SignerKey, list: KeyList) {
        self.signer = signer
        self.list = list
    }

    /// A log that has had one key.
    /// - Throws: `NoteError` when the key cannot sign its own list.
    public init(first signer: SignerKey) throws {
        self.init(signer: signer, list: try KeyList(first: signer))
    }

    /// Name of a party's log, and of its key.
    /// - Parameter exchange: The cluster identifier of the exchange's broker.
    public static func origin(party: String, exchange: String) -> ExactText {
        ExactText("closed-cycle/\(exchange)/\(party)")
    }
}
