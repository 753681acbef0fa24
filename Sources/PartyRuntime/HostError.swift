/// Why a party's process cannot go on. The process ends with exit code 2 and this text.
public struct HostError: Error, Equatable, CustomStringConvertible {
    /// What kind of trouble it is.
    public enum Code: Sendable, Equatable {
        /// The broker did not answer in time.
        case brokerUnreachable
        /// The broker answered with something that cannot be mended by trying again.
        case brokerRefused
        /// A topic has another number of partitions than the topology says.
        case topicMismatch
        /// The party has read further than the store that is here knows.
        case stateElsewhere
    }

    /// Decides equality.
    public var code: Code
    /// For people: what happened, and what to do.
    public var reason: String

    /// Takes both.
    public init(_ code: Code, _ reason: String) {
        self.code = code
        self.reason = reason
    }

    /// Two errors with the same code are equal.
    public static func == (first: HostError, second: HostError) -> Bool { first.code == second.code }

    /// For people.
    public var description: String { reason }
}
