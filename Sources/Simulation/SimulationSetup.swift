import Journal
import TransparencyLog

/// What all parties of a simulated exchange know of each other: names and public keys. One seed, one set of keys.
struct SimulationSetup: PublishedKeys, Sendable {
    let seed: UInt64
    /// Names of all that sign: the parties and, where there is one, the auditor.
    let names: [String]
    /// Names of the parties.
    let parties: [String]
    private let keys: [String: LogKey]

    /// - Throws: `KeyError`, `NoteError` when a name cannot name a key.
    init(seed: UInt64, parties: [String], auditor: String? = nil) throws {
        self.seed = seed
        self.parties = parties
        let names = parties + [auditor].compactMap { $0 }
        self.names = names
        let exchange = Self.exchange(seed)
        keys = try Dictionary(
            uniqueKeysWithValues: names.map { name in
                // Nobody is to be kept from guessing a simulated key: the seed makes it, so that each run signs alike.
                let secret = TreeHash.leaf(Array("\(exchange)/\(name)".utf8)).bytes
                let origin = LogKey.origin(party: name, exchange: exchange)
                return (name, try LogKey(first: SignerKey(name: origin, kind: .ed25519, seed: secret)))
            })
    }

    private static func exchange(_ seed: UInt64) -> String { "simulation-\(seed)" }

    /// Stands for the cluster identifier of a broker.
    var exchange: String { Self.exchange(seed) }

    var place: String { "the simulation's setup" }

    /// The key pair of a party.
    func key(of party: String) throws -> LogKey {
        guard let key = keys[party] else { throw SimulationError.unknownParty(party) }
        return key
    }

    func keys(of party: String) -> KeyList? { keys[party]?.list }
}

/// Why a simulation cannot go on.
public enum SimulationError: Error, Equatable, Sendable, CustomStringConvertible {
    /// A party that was not added.
    case unknownParty(String)
    /// Nothing is under way, and these parties do not come to publish what they have signed.
    case neverAtRest([String])

    /// For people.
    public var description: String {
        switch self {
        case .unknownParty(let name): "there is no party \(name) in the simulation"
        case .neverAtRest(let names):
            "the simulation does not come to rest: \(names.joined(separator: ", ")) did not publish the last checkpoint; "
                + "this is a fault of the program"
        }
    }
}
