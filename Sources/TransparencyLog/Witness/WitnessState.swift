/// What a witness has cosigned of each log, and what it does with the next checkpoint (tlog-witness, "add-checkpoint").
///
/// The state must be stored before a cosignature is handed out, or a restart could cosign a second history.
public struct WitnessState: Sendable, Equatable {
    /// The last checkpoint that was cosigned of a log.
    public struct Seen: Sendable, Hashable {
        /// Number of leaves.
        public var size: UInt64
        /// Root of the tree.
        public var root: TreeHash
        /// The checkpoint as the log signed it: one half of the evidence, should the log show another history.
        public var note: SignedNote

        /// Takes what was stored.
        public init(size: UInt64, root: TreeHash, note: SignedNote) {
            self.size = size
            self.root = root
            self.note = note
        }
    }

    /// The last checkpoint by origin.
    public private(set) var seen: [ExactText: Seen]

    /// Begins with nothing seen, or with what was stored.
    public init(seen: [ExactText: Seen] = [:]) { self.seen = seen }

    /// Cosigns a checkpoint that continues the last one of its log, and remembers it; or refuses and changes nothing.
    ///
    /// - Parameters:
    ///   - request: What the log sent.
    ///   - policy: The keys of the logs that this witness knows; how many witnesses it wants is no matter here.
    ///   - signer: The cosigning key of this witness.
    ///   - time: POSIX seconds.
    /// - Returns: The signature line to add to the checkpoint.
    /// - Throws: ``WitnessRefusal`` that names the log and, for two histories, carries both.
    public mutating func cosign(
        _ request: WitnessRequest, policy: KeyPolicy, signer: SignerKey, at time: UInt64
    ) throws(WitnessRefusal) -> NoteSignature {
        let checkpoint = try check(request, policy: policy)
        let signature: NoteSignature
        do { signature = try signer.cosignature(over: checkpoint, at: time) } catch { throw .key(error) }
        seen[checkpoint.origin] = Seen(size: checkpoint.size, root: checkpoint.root, note: request.note)
        return signature
    }

    /// Whether the checkpoint of a request continues what was seen; changes nothing.
    public func check(_ request: WitnessRequest, policy: KeyPolicy) throws(WitnessRefusal) -> Checkpoint {
        var policy = policy
        policy.witnessesNeeded = 0
        let checkpoint: Checkpoint
        do { checkpoint = try policy.verify(request.note).checkpoint } catch { throw .policy(error) }
        let (origin, last) = (checkpoint.origin, seen[checkpoint.origin])
        // Asked first, for it convicts the log whatever else the request says.
        if let last, last.size == checkpoint.size, last.root != checkpoint.root {
            throw .splitView(SplitView(origin: origin, seen: last.note, shown: request.note))
        }
        guard request.oldSize <= checkpoint.size else {
            throw .oldSizeBeyondCheckpoint(origin: origin.string, old: request.oldSize, size: checkpoint.size)
        }
        guard request.oldSize == last?.size ?? 0 else {
            throw .otherOldSize(origin: origin.string, old: request.oldSize, known: last?.size ?? 0)
        }
        let proof = ConsistencyProof(old: request.oldSize, new: checkpoint.size, path: request.path)
        do {
            try proof.verify(oldRoot: last?.root ?? .emptyTree, newRoot: checkpoint.root)
        } catch .wrongRoot {
            guard let last else { throw .wrongProof(origin: origin.string, proof) }
            throw .splitView(SplitView(origin: origin, seen: last.note, shown: request.note, proof: proof))
        } catch {
            throw .wrongProof(origin: origin.string, proof)
        }
        return checkpoint
    }
}
