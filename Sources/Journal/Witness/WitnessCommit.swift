public import TransparencyLog

/// The last checkpoint of another log that this party cosigned.
public struct WitnessedLog: Sendable, Equatable {
    /// The log.
    public var origin: ExactText
    /// What was seen.
    public var seen: WitnessState.Seen
    /// This party's cosignature of it.
    public var cosignature: NoteSignature

    /// Takes all fields.
    public init(origin: ExactText, seen: WitnessState.Seen, cosignature: NoteSignature) {
        self.origin = origin
        self.seen = seen
        self.cosignature = cosignature
    }
}

/// The statement of another party that it saw a checkpoint of this one.
public struct CollectedCosignature: Sendable, Hashable {
    /// Size of the checkpoint.
    public var size: UInt64
    /// The signature; its name is that of the witness's log.
    public var signature: NoteSignature

    /// Takes both.
    public init(size: UInt64, signature: NoteSignature) {
        self.size = size
        self.signature = signature
    }
}

/// Two histories of a log, and who noticed.
public struct FoundSplitView: Sendable, Hashable {
    /// Both notes.
    public var view: SplitView
    /// The party that noticed.
    public var finder: String

    /// Takes both.
    public init(view: SplitView, finder: String) {
        self.view = view
        self.finder = finder
    }
}

/// What a batch says of the checkpoints of others; committed in one transaction with the place up to which they were
/// read.
public struct WitnessCommit: Sendable, Equatable {
    /// The next offset of the checkpoint topic to read.
    public var next: Int64
    /// Checkpoints cosigned; the last of each log counts.
    public var witnessed: [WitnessedLog] = []
    /// Cosignatures of this party's checkpoints.
    public var cosigned: [CollectedCosignature] = []
    /// Lists of keys that are believed from now on.
    public var keys: [KeyList] = []
    /// Logs with two histories.
    public var splitViews: [FoundSplitView] = []

    /// A place, and nothing else.
    public init(next: Int64) { self.next = next }
}
