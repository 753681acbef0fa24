/// Why traffic cannot be replayed, or not be rerun.
public struct ReplayError: Error, Equatable, CustomStringConvertible {
    /// What kind of trouble it is.
    public enum Code: Sendable, Equatable {
        /// What was given on the command line cannot be read.
        case badArgument
        /// The broker to replay into holds this run already.
        case alreadyThere
        /// The broker to replay into does not fit, or does not take what it is sent.
        case target
        /// The recorded evidence cannot be read.
        case source
    }

    /// What kind of trouble it is.
    public var code: Code
    /// For people: what happened, and what to do.
    public var description: String

    /// Takes both.
    public init(_ code: Code, _ description: String) {
        self.code = code
        self.description = description
    }
}
