/// Why a text is not a checkpoint.
public enum CheckpointError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The origin is empty or has a control character.
    case badOrigin
    /// Fewer than three lines, or no line break at the end.
    case tooFewLines
    /// The second line is not a number without leading zero.
    case badSize
    /// The third line is not the canonical Base 64 of 32 bytes.
    case badRoot
    /// The size is 0 and the root is not that of the empty tree.
    case badEmptyRoot
    /// This extension line, counted from 1, is empty or has a control character.
    case badExtension(line: Int)

    /// What is wrong, for a person.
    public var description: String {
        switch self {
        case .badOrigin: "the checkpoint has no origin"
        case .tooFewLines: "a checkpoint has three lines: origin, size and root"
        case .badSize: "the size of the checkpoint is not a number"
        case .badRoot: "the root of the checkpoint is not a hash in Base 64"
        case .badEmptyRoot: "the checkpoint has no leaves and yet not the root of the empty tree"
        case .badExtension(let line): "extension line \(line) of the checkpoint is empty or has a control character"
        }
    }
}
