/// Why a proof file proves nothing.
public enum ProofFileError: Error, Equatable, Sendable, CustomStringConvertible {
    /// Longer than any proof.
    case tooLong(Int)
    /// The first line is not that of a proof.
    case badHeader
    /// The extra data is not in Base 64.
    case badExtra
    /// There is no line with the place of the entry.
    case badIndex
    /// This hash of the path, counted from 1, is not 32 bytes in Base 64.
    case badHash(line: Int)
    /// The path has more than 64 hashes.
    case pathTooLong
    /// No blank line and checkpoint follow the path.
    case noCheckpoint
    /// The checkpoint is no signed note.
    case note(NoteError)
    /// The checkpoint is not signed as it must be.
    case policy(PolicyError)
    /// The path does not lead from the entry to the root of the checkpoint.
    case proof(ProofError)

    /// What is wrong, for a person.
    public var description: String {
        switch self {
        case .tooLong(let count): "\(count) bytes are too many for a proof"
        case .badHeader: "not a proof: expected \(ProofFile.header) in the first line"
        case .badExtra: "the extra data of the proof is not Base 64"
        case .badIndex: "the proof does not say the index of its entry"
        case .badHash(let line): "hash \(line) of the proof is not 32 bytes in Base 64"
        case .pathTooLong: "the proof has more than \(ProofFile.longestPath) hashes"
        case .noCheckpoint: "the proof has no checkpoint"
        case .note(let error): error.description
        case .policy(let error): error.description
        case .proof(let error): error.description
        }
    }
}
