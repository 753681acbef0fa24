/// Why a package cannot be made or cannot be read.
public enum PackageError: Error, Equatable, Sendable, CustomStringConvertible {
    /// No journal knows the record.
    case unknownRecord(String)
    /// No checkpoint covers a leaf yet.
    case unsigned(party: String, leaf: Int64)
    /// A party's journal, keys and checkpoint do not belong together.
    case unsound(party: String, reason: String)
    /// Payloads were asked for and nobody kept any.
    case noPayloads
    /// The file is no package, or one of another version.
    case notAPackage(String)
    /// The place to write to is taken.
    case inTheWay(String)
    /// The disk does not take it.
    case cannotWrite(String, String)
    /// The keys given are those of other logs.
    case otherExchange(package: String, keys: [String])

    /// What is wrong, for a person.
    public var description: String {
        switch self {
        case .unknownRecord(let record): "no journal knows \(record)"
        case .unsigned(let party, let leaf):
            "leaf \(leaf) of \(party) is covered by no checkpoint yet; start the exchange again and end it with cycle down"
        case .unsound(let party, let reason):
            "\(party): \(reason); nothing can be proved from it: see cycle audit verify"
        case .noPayloads: "payloads are to be disclosed and there is no auditor who kept them; leave out --disclose"
        case .notAPackage(let reason): reason
        case .inTheWay(let path): "\(path) is not empty; name another place with -o"
        case .cannotWrite(let path, let reason): "cannot write to \(path): \(reason)"
        case .otherExchange(let package, let keys):
            "the package is of the exchange \(package), the keys are of \(keys.joined(separator: ", "))"
        }
    }
}
