public import Journal
import TransparencyLog

/// What a dishonest party would show: a checkpoint of as many leaves as it published last, with an earlier leaf
/// rewritten, signed with its real key.
public enum ForgedCheckpoint {
    /// The request for a tree in which the first perfect subtree is another.
    /// - Throws: `WitnessRequestError`, `CheckpointError` or `NoteError` when the genuine request is none.
    public static func request(insteadOf genuine: [UInt8], key: LogKey) throws -> [UInt8] {
        let request = try WitnessRequest(genuine)
        let checkpoint = try Checkpoint(text: request.note.text)
        let root = TreeHash.node(.emptyTree, checkpoint.root)
        let forged = try Checkpoint(origin: checkpoint.origin, size: checkpoint.size, root: root)
        return WitnessRequest(oldSize: request.oldSize, path: request.path, note: try forged.signed(by: [key.signer]))
            .bytes
    }
}
