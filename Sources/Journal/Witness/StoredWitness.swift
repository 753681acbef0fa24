public import TransparencyLog

/// What a party goes on with as a witness when its store is opened.
public struct StoredWitness: Sendable {
    /// The next offset of the checkpoint topic; nil before the first.
    public var next: Int64?
    /// Of each other log the last checkpoint cosigned.
    public var witnessed: [WitnessedLog] = []
    /// Of each other log the keys that are believed.
    public var keys: [KeyList] = []
    /// Logs with two histories.
    public var splitViews: [FoundSplitView] = []
    /// Cosignatures of this party's checkpoint that was published last.
    public var cosigned: [NoteSignature] = []

    /// A witness that has seen nothing.
    public init() {}
}
