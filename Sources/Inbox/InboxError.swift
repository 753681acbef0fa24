/// Why an inbox cannot be opened, or a command was not carried out.
public struct InboxError: Error, Equatable, CustomStringConvertible {
    /// What kind of trouble it is.
    public enum Code: Sendable, Equatable {
        /// Nobody listens: the party does not run.
        case notRunning
        /// The socket is another user's.
        case notAllowed
        /// The party refused the command, and changed nothing.
        case refused
        /// The connection ended, or the time was up, before there was an answer: it may have been carried out.
        case noAnswer
        /// The system does not let us make or use a socket.
        case system
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
    public static func == (first: InboxError, second: InboxError) -> Bool { first.code == second.code }

    /// For people.
    public var description: String { reason }
}
