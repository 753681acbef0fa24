/// The checkpoint of one party that binds the figures: they are counted from the leaves below its size, and from no
/// other.
public struct CheckpointBinding: Sendable, Codable, Equatable {
    /// The party.
    public var party: String
    /// Leaves covered; 0 when the party had signed no checkpoint then.
    public var size: Int64
    /// Root of the tree over them, 64 hexadecimal digits; empty without a checkpoint.
    public var root: String
    /// The key that signed it, as a verifier key of a signed note (`name+identifier+base64`).
    public var key: String
    /// Clock reading of the last leaf covered; Unix milliseconds.
    public var clock: Int64
    /// Names in the note's other signature lines that verify with a published key of this exchange.
    public var cosignedBy: [String]
    /// The note as it was signed.
    public var note: String
    /// Leaves of the journal now, those after the checkpoint among them.
    public var leaves: Int64
}

/// Which leaves a report is about.
public enum CheckpointChoice: Sendable, Equatable {
    /// Those under the latest checkpoint of each party.
    case latest
    /// Those under a party's stored checkpoint of this size, and at each other party those under the latest checkpoint
    /// that is not later by the clock of the last leaf covered.
    case size(party: String, Int64)
    /// The same from the note of a checkpoint, which names its party by its origin.
    case note([UInt8])
}

/// Why figures cannot be bound to a checkpoint.
public enum CheckpointChoiceError: Error, Equatable, CustomStringConvertible {
    /// No party has this name.
    case unknownParty(String, known: [String])
    /// The party has stored no checkpoint of this size.
    case noCheckpoint(party: String, size: Int64, near: [Int64])
    /// The note is not one that this exchange's parties have signed.
    case notSigned(String)
    /// The note is signed, and has another root than the stored checkpoint of the same size: two histories.
    case otherHistory(party: String, size: Int64)

    /// For people: what is wrong, and what to do.
    public var description: String {
        switch self {
        case .unknownParty(let name, let known):
            "there is no party \(name); there are \(known.joined(separator: ", "))"
        case .noCheckpoint(let party, let size, let near):
            "\(party) has stored no checkpoint of \(size) leaves; "
                + (near.isEmpty ? "it has none" : "near it are \(near.map(String.init).joined(separator: ", "))")
        case .notSigned(let reason): "the checkpoint is not one of this exchange: \(reason)"
        case .otherHistory(let party, let size):
            "\(party) has signed two histories: this checkpoint of \(size) leaves has another root than the stored one; "
                + "keep both notes, they are the proof"
        }
    }
}
