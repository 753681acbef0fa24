public import PartyStore

/// An act as it is listed: what the auditor's log says, and how it is known who did it.
public struct ListedAccess: Sendable {
    /// How it is known who did something.
    public enum Proof: String, Sendable, Codable {
        /// A program on this machine wrote it into the auditor's log itself, while the exchange stood still: the user
        /// identifier is that of its process.
        case process
        /// It came by the broker with the seal of the exchange's programs (``AccessSeal``): a process of a user who can
        /// read the exchange's key wrote it, with the user identifier that it had; of a door, for an account of the door.
        case seal
        /// It came by a broker that asks for a login, under one that may write there; who it says that it is, is said by
        /// whoever has that login.
        case login
        /// A facility asked: who it is, is known as far as the topic of the facilities is.
        case facility
        /// It came by a broker that asks nobody who they are, without a seal, or with one that is not right, or as a copy
        /// of another entry: anybody who reaches the broker can have written it.
        case none

        /// For people.
        public var text: String {
            switch self {
            case .process: "uid of the process"
            case .seal: "uid of the process, sealed"
            case .login: "login at the broker"
            case .facility: "as the facility says"
            case .none: "NOT AUTHENTICATED: anybody who reaches the broker can have written this"
            }
        }
    }

    /// Number of the leaf in the auditor's log.
    public var leaf: Int64
    /// The act.
    public var entry: AccessEntry
    /// How it is known who did it.
    public var proof: Proof

    /// Takes all fields.
    public init(leaf: Int64, entry: AccessEntry, proof: Proof) {
        self.leaf = leaf
        self.entry = entry
        self.proof = proof
    }
}
