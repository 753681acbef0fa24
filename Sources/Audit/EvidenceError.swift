/// Why keys or a checkpoint cannot be used.
public struct EvidenceError: Error, Equatable, Sendable, CustomStringConvertible {
    /// For people: what is wrong, and what to do.
    public var reason: String

    /// Takes the reason.
    public init(_ reason: String) { self.reason = reason }

    /// For people.
    public var description: String { reason }
}
