/// Why a checkpoint is not believed.
public enum PolicyError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The note is malformed or a signature of a known key is wrong.
    case note(NoteError)
    /// The text of the note is not a checkpoint.
    case checkpoint(CheckpointError)
    /// No key is known for this log.
    case unknownOrigin(String)
    /// The checkpoint is of another log than expected.
    case otherOrigin(String, expected: String)
    /// None of the log's keys signed; those who did are named.
    case unknownKey(origin: String, signers: [String])
    /// Only a key signed that may not sign at this size.
    case retiredKey(String, size: UInt64, firstSize: UInt64, lastSize: UInt64?)
    /// Fewer witnesses cosigned than the policy asks for; those that did not are named.
    case tooFewWitnesses(Int, needed: Int, missing: [String])

    /// What is wrong, for a person.
    public var description: String {
        switch self {
        case .note(let error): error.description
        case .checkpoint(let error): error.description
        case .unknownOrigin(let origin): "no key is known for the log \(origin)"
        case .otherOrigin(let origin, let expected): "the checkpoint is of the log \(origin), not of \(expected)"
        case .unknownKey(let origin, let signers):
            "the checkpoint of \(origin) is signed by unknown keys only: \(signers.joined(separator: ", "))"
        case .retiredKey(let key, let size, let first, let last):
            "the key \(key) may sign sizes \(first) to \(last.map(String.init) ?? "any"), not \(size)"
        case .tooFewWitnesses(let count, let needed, let missing):
            "\(count) of \(needed) witnesses cosigned; missing: \(missing.joined(separator: ", "))"
        }
    }
}
