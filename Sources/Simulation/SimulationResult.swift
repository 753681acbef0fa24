public import ExchangeSchema
public import HostMachine
public import PartyCore
public import TransparencyLog
import Vocabulary

/// What a party was left with at the end of a simulated run.
public struct SimulatedParty: Sendable {
    /// Its name.
    public var name: String
    /// What its commits left.
    public var tables: DurableTables
    /// Records by phase, counted from the states and not from the ledger.
    public var phases: [RecordPhase: Int64]
    /// Lines of its log.
    public var remarks: [HostRemark]
    /// All actions it performed, in order, and the one before which it crashed.
    public var actions: [SimulatedAction]
    /// How often it crashed.
    public var crashes: Int
    /// Its public keys.
    public var keys: KeyList?
}

/// What a topic carried in a simulated run.
public struct SimulatedTraffic: Sendable {
    /// Its name.
    public var topic: String
    /// The messages of each partition, in order.
    public var partitions: [[(head: MessageHead, payload: [UInt8])]]
}

/// How a simulated run ended.
public struct SimulationResult: Sendable {
    /// The parties by name.
    public var parties: [String: SimulatedParty]
    /// The auditor, with neither ledger nor records; nil where there was none.
    public var auditor: SimulatedParty?
    /// SHA-256 over every leaf of every party in the order in which they were committed: the same seed gives the same.
    public var digest: PayloadDigest
    /// Virtual time from the first to the last leaf, milliseconds.
    public var elapsedMilliseconds: Int64
    /// Everything that crossed.
    public var traffic: [SimulatedTraffic]

    /// Ledger and figures by party.
    public var books: [String: PartyBooks] { parties.mapValues(\.tables.books) }

    /// Ledgers by party.
    public var ledgers: [String: Ledger] { books.mapValues(\.ledger) }

    /// What each party counts for itself.
    public var figures: [String: OwnFigures] { books.mapValues(\.figures) }

    /// Records by phase, counted from the states and not from the ledger.
    public var phases: [String: [RecordPhase: Int64]] { parties.mapValues(\.phases) }

    /// Journal leaves by party.
    public var journalLeaves: [String: Int64] { parties.mapValues(\.tables.leafCount) }

    /// Root of the tree over each party's journal, 64 hexadecimal digits: the same seed gives the same.
    public var roots: [String: String] { parties.mapValues { $0.tables.frontier.root.description } }
}
