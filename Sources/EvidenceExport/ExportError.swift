/// Why nothing was exported.
public enum ExportError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The place to write to is taken.
    case inTheWay(String)
    /// The disk says no.
    case cannotWrite(String, String)
    /// No journal knows any of the records.
    case unknownRecords([String])

    /// What is wrong, for a person.
    public var description: String {
        switch self {
        case .inTheWay(let path): "\(path) is there already; name another place with -o"
        case .cannotWrite(let path, let reason): "cannot write \(path): \(reason)"
        case .unknownRecords(let records): "no journal knows \(records.joined(separator: ", "))"
        }
    }
}
