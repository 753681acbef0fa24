/// Two histories of one log, both signed by it.
///
/// With equal sizes and different roots the two notes alone convict the log: anybody with its public keys can check
/// (``isProven(under:)``). With different sizes the log may have sent a wrong proof of a right history; it can clear
/// itself by a consistency proof between the two, which no log with two histories has.
public struct SplitView: Sendable, Hashable, CustomStringConvertible {
    /// The log.
    public var origin: ExactText
    /// The checkpoint that was seen first, with its signatures.
    public var seen: SignedNote
    /// The checkpoint that does not continue it, with its signatures.
    public var shown: SignedNote
    /// The proof that failed; nil when the sizes are equal and none is needed.
    public var proof: ConsistencyProof?

    /// Takes two checkpoints of a log.
    public init(origin: ExactText, seen: SignedNote, shown: SignedNote, proof: ConsistencyProof? = nil) {
        self.origin = origin
        self.seen = seen
        self.shown = shown
        self.proof = proof
    }

    /// Both histories, for a person.
    public var description: String {
        func head(_ note: SignedNote) -> String {
            guard let checkpoint = try? Checkpoint(text: note.text) else { return "no checkpoint" }
            return "\(checkpoint.size) leaves with root \(checkpoint.root)"
        }
        let what = proof == nil ? "shows two histories" : "shows a history that is not proven to continue the one seen"
        return "\(origin) \(what): \(head(seen)), and \(head(shown))"
    }

    /// Whether the two notes by themselves prove that the log signed two histories of one size.
    public func isProven(under policy: KeyPolicy) -> Bool {
        var policy = policy
        policy.witnessesNeeded = 0
        guard let seen = try? policy.verify(seen, origin: origin).checkpoint,
            let shown = try? policy.verify(shown, origin: origin).checkpoint
        else { return false }
        return seen.size == shown.size && seen.root != shown.root
    }
}
