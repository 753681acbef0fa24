/// The statement of a witness that it saw a checkpoint and that it continues what it saw before
/// (tlog-cosignature, "Format" and "Ed25519 signed message").
public struct Cosignature: Sendable, Equatable {
    /// The key of the witness.
    public var witness: VerifierKey
    /// When it cosigned; POSIX seconds.
    public var time: UInt64

    /// The latest time the specification allows.
    static let latestTime = UInt64(Int64.max)

    /// What the witness signs: two lines and the whole note text.
    static func message(over text: ExactText, at time: UInt64) -> [UInt8] {
        Array("cosignature/v1\ntime \(time)\n".utf8) + text.bytes
    }
}

extension NoteSignature {
    /// The time in a cosignature, POSIX seconds; nil when the bytes have not the form of one.
    ///
    /// It means nothing before the signature is verified.
    public var cosignatureTime: UInt64? {
        guard bytes.count == 72 else { return nil }
        let time = bytes.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        return time <= Cosignature.latestTime ? time : nil
    }
}
