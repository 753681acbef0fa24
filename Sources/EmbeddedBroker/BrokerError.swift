/// Why a broker could not start or had to stop. Two errors are equal when their codes are; the reason is for people.
public struct BrokerError: Error, Equatable, CustomStringConvertible, Sendable {
    /// The kinds of failure that a caller may want to tell apart.
    public enum Code: Sendable {
        /// Another process listens on the port.
        case portInUse
        /// The address cannot be listened on.
        case cannotListen
        /// Another broker works on the data directory.
        case dataDirectoryInUse
        /// The data directory is of another version, or no broker's at all.
        case wrongDataDirectory
        /// The disk is full.
        case diskFull
        /// A file could not be read or written.
        case storage
        /// A setting that cannot work.
        case configuration
    }

    /// What kind of failure this is.
    public let code: Code
    /// What happened and what to do, in one line.
    public let reason: String

    init(_ code: Code, _ reason: String) {
        self.code = code
        self.reason = reason
    }

    init(_ error: StorageError) {
        self.init(error.isFull ? .diskFull : .storage, error.description)
    }

    /// The reason.
    public var description: String { reason }

    /// Equal when the codes are.
    public static func == (left: BrokerError, right: BrokerError) -> Bool { left.code == right.code }
}
