/// Why a party's store cannot be used or cannot keep what it was given.
public struct StoreError: Error, Equatable, CustomStringConvertible {
    /// What kind of trouble it is.
    public enum Code: Sendable, Equatable {
        /// The directory was written by another version of the program.
        case otherVersion
        /// The directory belongs to another party or another exchange.
        case otherExchange
        /// Another process holds the directory.
        case inUse
        /// The disk is full.
        case diskFull
        /// The database is damaged.
        case damaged
        /// The directory's party has begun to make it, and has committed nothing yet.
        case notBegun
        /// The directory is an older copy: others hold checkpoints of more leaves.
        case olderCopy
        /// The last transaction was interrupted and must be taken back, which only the directory's party may do.
        case interrupted
        /// The key that a vault is sealed under is not there, or it is another one.
        case vaultKey
        /// Anything else that SQLite reports.
        case database
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
    public static func == (first: StoreError, second: StoreError) -> Bool { first.code == second.code }

    /// For people.
    public var description: String { reason }
}
