public import TransparencyLog

/// Signs the head of a party's journal, and says when it is time (C2SP tlog-checkpoint).
public struct CheckpointSigner: Sendable {
    /// Leaves after which a checkpoint is due whatever the time.
    public static let leaves: UInt64 = 4_096
    /// Milliseconds after which one is due when there are new leaves.
    public static let interval: Int64 = 1_000

    /// Name of the log.
    public let origin: ExactText
    private let key: SignerKey
    /// Leaves under the checkpoint signed last; nil before the first.
    public private(set) var signedSize: UInt64?
    private var signedAt: Int64 = 0

    /// Goes on behind the last checkpoint of a log.
    /// - Parameters:
    ///   - key: The party's key; its name is the log's.
    ///   - size: Leaves under the last checkpoint; nil before the first.
    public init(key: SignerKey, after size: UInt64? = nil) {
        self.key = key
        origin = key.verifier.name
        signedSize = size
    }

    /// Whether a tree of this size is to be signed now.
    /// - Parameter now: Clock reading; Unix milliseconds.
    public func isDue(size: UInt64, now: Int64) -> Bool {
        guard size > 0, size != signedSize else { return false }
        return size - (signedSize ?? 0) >= Self.leaves || now - signedAt >= Self.interval || now < signedAt
    }

    /// Signs a tree, which must continue the one signed before.
    /// - Returns: The note as it is stored.
    /// - Throws: `NoteError` when the name of the log cannot stand in a note.
    public mutating func sign(_ tree: TreeFrontier, now: Int64) throws -> [UInt8] {
        let note = try Checkpoint(origin: origin, size: tree.size, root: tree.root).signed(by: [key])
        signedSize = tree.size
        signedAt = now
        return note.bytes
    }
}
