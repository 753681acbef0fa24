public import Composition
import Foundation
public import Registers

/// What `exchange.json` says of the exchange whose data a directory holds.
public struct ExchangeRecord: Sendable, Codable, Equatable {
    /// Version of the directory's layout.
    public static let currentFormat = 1

    /// Version of the layout that wrote it.
    public var format: Int
    /// Names the exchange: drawn at random when it was made.
    public var run: String
    /// When it was made; Unix milliseconds.
    public var createdAt: Int64
    /// `run` or `up`.
    public var purpose: Purpose
    /// Name of its scenario; nil when it has none, also where it has a scenario's people because nobody named others.
    public var scenario: String?
    /// Seed in place of the scenario's.
    public var seed: UInt64?
    /// Visits that its facility submits.
    public var records: Int64
    /// Address of its broker, HOST:PORT; empty before it is known.
    public var broker: String
    /// Whether the broker is the exchange's own, with its data in the same directory.
    public var ownsBroker: Bool
    /// Settings with which its programs log in at somebody else's broker, a file or a directory; nil for none.
    public var kafkaConfig: String?
    /// Parties that somebody else runs; nil where there are none.
    public var outside: [String]?
    /// Whether it has people of its own, and whether they are the only ones; nil where it has none.
    public var people: People?
    /// Whether its MoH knows facilities of a file, and takes records of no others; nil where it takes records of any.
    public var hasFacilities: Bool?
    /// Whether it has doors; nil where it has none.
    public var hasDoors: Bool?
    /// How its own broker is secured; nil where it is open to everybody on this machine.
    public var security: BrokerSecurity?
    /// Process identifier of the `cycle` that directs it, or did last.
    public var director: Int32
    /// Process identifiers of its programs, by name, as last known.
    public var processes: [String: Int32]

    /// What an exchange was started for.
    public enum Purpose: String, Sendable, Codable {
        /// One scenario, to its end.
        case run
        /// To stay.
        case up
    }

    /// Who lives in an exchange with people of its own.
    public enum People: String, Sendable, Codable {
        /// They, before those of the scenario.
        case besideComputed
        /// Only they.
        case alone
    }

    /// A new exchange.
    public init(
        purpose: Purpose, scenario: String?, seed: UInt64?, records: Int64, broker: String, ownsBroker: Bool
    ) {
        format = Self.currentFormat
        run = UUID().uuidString.lowercased()
        createdAt = Int64(Date().timeIntervalSince1970 * 1_000)
        self.purpose = purpose
        self.scenario = scenario
        self.seed = seed
        self.records = records
        self.broker = broker
        self.ownsBroker = ownsBroker
        director = getpid()
        processes = [:]
    }
}

extension ExchangeRecord {
    /// Where its register of facilities lies; nil where it has none.
    public func facilities(_ layout: ExchangeLayout) -> RegisterFiles? {
        hasFacilities == true ? RegisterFiles(directory: layout.registerDirectory) : nil
    }

    /// The people of its own; nil where it has none.
    public func people(_ layout: ExchangeLayout) -> OwnPeople? {
        people.map { OwnPeople(directory: layout.registerDirectory, areAlone: $0 == .alone) }
    }

    /// How the programs of the exchange in this directory log in.
    public func login(_ layout: ExchangeLayout) -> ExchangeLogin {
        ExchangeLogin(path: security == nil ? kafkaConfig : layout.securityDirectory)
    }
}
