/// Why a note is refused.
public enum NoteError: Error, Equatable, Sendable, CustomStringConvertible {
    /// More bytes than ``SignedNote/greatestLength``.
    case tooLong(Int)
    /// Not UTF-8.
    case notUTF8
    /// A control character at this byte.
    case controlCharacter(at: Int)
    /// No blank line, no text before it, or no line break at the end.
    case noSignatures
    /// This signature line, counted from 1, is not of the form.
    case malformedSignature(line: Int)
    /// More than ``SignedNote/mostSignatures``.
    case tooManySignatures(Int)
    /// Two of the given keys have the same name and identifier.
    case ambiguousKey(String)
    /// The signature of a known key is wrong: the text, the signature or the key was changed.
    case badSignature(key: String)
    /// None of the signatures is of a known key; those who signed are named.
    case noKnownKey(signers: [String])

    /// What is wrong, for a person.
    public var description: String {
        switch self {
        case .tooLong(let count): "the note has \(count) bytes, more than \(SignedNote.greatestLength)"
        case .notUTF8: "the note is not UTF-8"
        case .controlCharacter(let place): "the note has a control character at byte \(place)"
        case .noSignatures: "the note is not a text, a blank line and signatures"
        case .malformedSignature(let line): "signature line \(line) of the note is malformed"
        case .tooManySignatures(let count): "the note has \(count) signatures, more than \(SignedNote.mostSignatures)"
        case .ambiguousKey(let key): "two keys are called \(key)"
        case .badSignature(let key): "the signature of \(key) is wrong"
        case .noKnownKey(let signers): "the note is signed by no known key, only by \(signers.joined(separator: ", "))"
        }
    }
}
