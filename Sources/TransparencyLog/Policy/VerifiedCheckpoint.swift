/// A checkpoint that a policy found signed as it must be.
public struct VerifiedCheckpoint: Sendable, Equatable {
    /// Origin, size and root.
    public var checkpoint: Checkpoint
    /// The note as it was signed.
    public var note: SignedNote
    /// Keys of the log that signed it and may sign at its size.
    public var signers: [VerifierKey]
    /// Cosignatures of known witnesses.
    public var cosignatures: [Cosignature]
}
