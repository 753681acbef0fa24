/// What a signature of a note says (signed-note, "Signature types"); the two that this log uses.
public enum SignatureKind: UInt8, Sendable, Hashable {
    /// Ed25519 over the note text (signed-note, "Ed25519 signatures").
    case ed25519 = 0x01
    /// Timestamped Ed25519 cosignature of a checkpoint (tlog-cosignature, "Ed25519 signed message").
    case cosignature = 0x04
}
