/// A key that a log signs with, and for which part of its life.
///
/// The signature of a log has no time in it, so a key is changed at a size: checkpoints up to the last size of the old
/// key stay valid, later ones need the new one.
public struct TrustedLogKey: Sendable, Hashable {
    /// The log.
    public var origin: ExactText
    /// The key.
    public var key: VerifierKey
    /// Least size of a checkpoint that this key may sign.
    public var firstSize: UInt64
    /// Greatest such size; nil while the key is active.
    public var lastSize: UInt64?

    /// Takes a key, active from the first leaf on unless said otherwise.
    public init(origin: ExactText, key: VerifierKey, firstSize: UInt64 = 0, lastSize: UInt64? = nil) {
        self.origin = origin
        self.key = key
        self.firstSize = firstSize
        self.lastSize = lastSize
    }

    func covers(_ size: UInt64) -> Bool { size >= firstSize && size <= lastSize ?? .max }
}

/// A key that a witness cosigns with, and for which time.
public struct TrustedWitnessKey: Sendable, Hashable {
    /// The key; of the kind ``SignatureKind/cosignature``.
    public var key: VerifierKey
    /// Earliest time of a cosignature; POSIX seconds.
    public var firstTime: UInt64
    /// Latest such time; nil while the key is active.
    public var lastTime: UInt64?

    /// Takes a key, active for all time unless said otherwise.
    public init(key: VerifierKey, firstTime: UInt64 = 0, lastTime: UInt64? = nil) {
        self.key = key
        self.firstTime = firstTime
        self.lastTime = lastTime
    }

    func covers(_ time: UInt64) -> Bool { time >= firstTime && time <= lastTime ?? .max }
}
