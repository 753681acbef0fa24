public import TransparencyLog

/// Whose key a note under an agreement names, as far as a party knows.
public enum KeyStanding: Sendable {
    /// No log of that party has this name.
    case notOfParty
    /// It is a log of that party, and none of its keys is believed yet.
    case unknownYet
    /// The keys that are believed of it.
    case known(KeyList)
}

/// The keys with which signatures under agreements are checked and made, as a party knows them while it handles a batch:
/// its own, and those that it believes of others as their witness.
public struct SignatoryKeys: Sendable {
    /// The party's own key; nil where it signs nothing.
    public let signer: SignerKey?
    private let parties: [ExactText: String]
    private var lists: [ExactText: KeyList] = [:]

    /// The keys of a party.
    /// - Parameters:
    ///   - parties: The logs of the exchange by name, each with the party it is of: of several instances each shard has
    ///     a log.
    ///   - lists: What is believed from the start.
    public init(signer: SignerKey? = nil, parties: [ExactText: String] = [:], lists: [KeyList] = []) {
        self.signer = signer
        self.parties = parties
        believe(lists)
    }

    /// Takes lists that are believed from now on.
    public mutating func believe(_ lists: [KeyList]) {
        for list in lists { self.lists[list.origin] = list }
    }

    /// The keys of a log, if it is one of this party's.
    public func keys(ofLog origin: ExactText, of party: String) -> KeyStanding {
        guard parties[origin] == party else { return .notOfParty }
        return lists[origin].map { .known($0) } ?? .unknownYet
    }
}
