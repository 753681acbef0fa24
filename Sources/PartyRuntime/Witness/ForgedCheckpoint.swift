import PartyStore
import TransparencyLog

/// What a dishonest party would show: a checkpoint of as many leaves as it published last, with an earlier leaf
/// rewritten, signed with its real key. Only for the scenario that demonstrates how it is caught.
enum ForgedCheckpoint {
    /// The request for a tree in which the first perfect subtree is another.
    static func request(insteadOf genuine: [UInt8], key: JournalKey) throws -> [UInt8] {
        let request = try WitnessRequest(genuine)
        let checkpoint = try Checkpoint(text: request.note.text)
        let root = TreeHash.node(.emptyTree, checkpoint.root)
        let forged = try Checkpoint(origin: checkpoint.origin, size: checkpoint.size, root: root)
        return WitnessRequest(oldSize: request.oldSize, path: request.path, note: try forged.signed(by: [key.signer]))
            .bytes
    }
}
