/// One thing that is wrong with the evidence, and where.
public struct AuditFinding: Sendable, Codable, Equatable {
    /// What kind of fault it is.
    public enum Kind: String, Sendable, Codable, CaseIterable {
        /// A party's directory or database is gone or cannot be read.
        case unreadable
        /// Journal numbers do not run from 0 without gaps.
        case gap
        /// Bytes of the journal are no leaf.
        case malformedLeaf
        /// The journal is not what was signed.
        case rootMismatch
        /// A checkpoint's signature, key or form is wrong.
        case badCheckpoint
        /// A checkpoint is of more leaves than there are: the end is gone, or an older copy was put in place.
        case rolledBack
        /// A log has shown two histories, both signed by it.
        case splitView
        /// What another party said of a checkpoint is forged, of an unknown key, or out of order.
        case cosignature
        /// A log is not the one of which somebody has carried a checkpoint away.
        case pin
        /// Leaves that no checkpoint covers although one should.
        case unsigned
        /// A signature under an agreement that a party acted on does not hold.
        case signature
        /// Keys do not belong together, or one is gone or damaged.
        case key
        /// The kept edge of the tree is not that of the journal.
        case frontier
        /// The kept tiles, from which proofs are made, are not those of the journal.
        case tile
        /// Offsets read are not in step with the journal.
        case offset
        /// What waits in the outbox is not what the journal says was sent.
        case outbox
        /// The ledger, the rows and the journal do not agree.
        case ledger
        /// A leaf names another one before it about the same record than there is.
        case chain
        /// What a party has stored about a record, or keeps for it, is not what its journal says.
        case state
        /// Sent, overtaken, and never received.
        case missing
        /// Sent, and not received although nothing is pending any more.
        case late
        /// Received, and never sent.
        case extra
        /// Sent to one province, and seen or received on the topic of another.
        case misdirected
        /// Received with another payload than was sent.
        case altered
        /// Messages that no party of the topology sent.
        case stray
        /// Taken in twice.
        case doubled
        /// Sent or received, and not seen by the auditor.
        case unobserved
        /// The broker's own log has not what was read from it, or is damaged.
        case brokerLog
        /// What the auditor keeps is not what it saw, or is gone without an erasure that is written down.
        case payload
        /// An entry of what people did does not belong to its leaf.
        case access
        /// A part of a visit reached a party to which the release rules do not give it.
        case release
    }

    /// What kind of fault it is.
    public var kind: Kind
    /// The party in whose evidence it is.
    public var party: String
    /// Number of the journal leaf, from 0; nil when it is about none, or the first of several.
    public var leaf: Int64?
    /// The message; nil when it is about none.
    public var message: String?
    /// For people: what is wrong.
    public var text: String

    /// Takes all fields.
    public init(_ kind: Kind, _ party: String, leaf: Int64? = nil, message: String? = nil, _ text: String) {
        self.kind = kind
        self.party = party
        self.leaf = leaf
        self.message = message
        self.text = text
    }

    /// One line: kind, place, and what is wrong.
    public var line: String {
        var place = party
        if let leaf { place += ", leaf \(leaf)" }
        if let message { place += ", message \(message)" }
        return "\(kind.rawValue): \(place): \(text)"
    }
}
