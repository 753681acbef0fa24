public import TransparencyLog

/// The head of a party's journal as it grows: tree, tiles, checkpoints and their way to the witnesses. Pure: leaves and
/// clock readings go in; what is to be stored with the leaves comes out (``takeRows()``).
public struct SignedJournal: Sendable {
    /// What is to be stored beside new leaves, in their transaction.
    public struct Rows: Sendable {
        /// The tree's edge, when leaves were appended.
        public var frontier: TreeFrontier?
        /// Tiles that changed.
        public var tiles: [JournalTiles.Stored] = []
        /// A checkpoint that was signed.
        public var checkpoint: (size: UInt64, note: [UInt8])?
        /// What goes to the witnesses, with the tree's edge at that size.
        public var publication: (tree: TreeFrontier, request: [UInt8])?

        /// Nothing.
        public init() {}

        /// Whether there is nothing to store.
        public var isEmpty: Bool {
            frontier == nil && tiles.isEmpty && checkpoint == nil && publication == nil
        }
    }

    /// The tree over the leaves.
    public private(set) var tree: JournalTree
    /// Who signs; nil for nobody.
    private var signer: CheckpointSigner?
    /// The checkpoint signed last, as it is stored; nil before the first.
    public private(set) var note: [UInt8]?
    private var publication: CheckpointPublication?
    private var rows = Rows()

    /// Goes on with the tree of a journal; nobody signs yet.
    public init(tree: JournalTree) { self.tree = tree }

    /// From now on checkpoints are signed when they are due.
    /// - Parameter last: The last checkpoint of the log; nil before the first.
    public mutating func sign(with key: SignerKey, after last: (size: UInt64, note: [UInt8])?) {
        signer = CheckpointSigner(key: key, after: last?.size)
        if let last { note = last.note }
    }

    /// From now on checkpoints go to the witnesses as well.
    /// - Parameter last: What was published last, which the broker may not have.
    public mutating func publish(after last: (size: UInt64, request: [UInt8])?) {
        publication = CheckpointPublication(resuming: last)
    }

    /// Leaves under the checkpoint signed last; nil before the first.
    public var signedSize: UInt64? { signer?.signedSize }

    /// Leaves under the checkpoint published last; nil before the first.
    public var publishedSize: UInt64? { publication?.size }

    /// Whether a checkpoint covers the whole journal and is on its way to the witnesses. One that is signed while the one
    /// before is still on its way waits, and can no longer go when there are more leaves: then another is to be signed.
    public var isPublished: Bool { signedSize == tree.frontier.size && publishedSize == tree.frontier.size }

    /// Takes stored leaves that lie end to end.
    public mutating func append(_ leaves: [UInt8]) {
        guard !leaves.isEmpty else { return }
        tree.append(leaves)
        rows.frontier = tree.frontier
    }

    /// Signs what no checkpoint covers yet, and publishes, where that is due.
    /// - Parameters:
    ///   - now: Clock reading; Unix milliseconds.
    ///   - force: Signs and publishes although it is not due: before the party stops.
    /// - Throws: `NoteError` when the name of the log cannot stand in a note.
    public mutating func seal(now: Int64, force: Bool = false) throws {
        let size = tree.frontier.size
        if size > 0, signer?.signedSize != size, force || signer?.isDue(size: size, now: now) == true {
            try signer.mutate { signer in
                let signed = try signer.sign(tree.frontier, now: now)
                note = signed
                rows.checkpoint = (size, signed)
            }
        }
        guard let note, signedSize == size, publication?.isDue(size: size, now: now, force: force) == true else {
            return
        }
        let proof = tree.proof
        let request = WitnessRequest(oldSize: proof.old, path: proof.path, note: try SignedNote(note)).bytes
        rows.publication = (tree.frontier, request)
        tree.rebase()
        publication?.begin(request, size: size, now: now)
    }

    /// What has become since the last time and is to be stored, once.
    public mutating func takeRows() -> Rows {
        tree.tiles.drain { rows.tiles.append($0) }
        defer { rows = Rows() }
        return rows
    }

    /// The request that is to be sent to the witnesses, once; nil for none. To be sent when it is stored.
    public mutating func takePublication() -> [UInt8]? { publication?.take() }

    /// The broker has the request: the next may be made.
    public mutating func confirmPublication() { publication?.confirm() }
}

extension Optional {
    /// Changes the value where it is; does nothing where there is none.
    fileprivate mutating func mutate(_ change: (inout Wrapped) throws -> Void) rethrows {
        guard var value = self else { return }
        try change(&value)
        self = value
    }
}
