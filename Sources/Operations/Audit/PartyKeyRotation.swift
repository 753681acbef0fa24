import Composition
import Foundation
import PartyStore
public import Supervision
import Topology
import TransparencyLog

/// `cycle audit rotate-key`: a new key pair for one party, or one shard of a party, of an exchange that is not running.
public struct PartyKeyRotation {
    private let layout: ExchangeLayout
    private let party: String
    private let directory: String

    /// Looks at the exchange, and changes nothing.
    /// - Throws: ``ProgramFailure`` when the directory holds no exchange, or one that is running, or there is no such
    ///   party.
    public init(layout: ExchangeLayout, party: String) throws {
        _ = try layout.stoppedRecord()
        let topology = try ExchangeFiles.topology(at: layout.topologyPath)
        let auditors = topology.audit.auditor ? [Shard(party: AuditPlan.auditorName)] : []
        let shards = topology.shards + auditors
        guard let shard = shards.first(where: { $0.name == party }) else {
            let names = shards.map(\.name)
            throw ProgramFailure("there is no party \(party); there is \(names.joined(separator: ", "))")
        }
        guard StoreInspection.isPossible(directory: layout.directory(of: shard)) else {
            throw ProgramFailure("\(party) has no data in \(layout.directory) yet; start the exchange once")
        }
        self.layout = layout
        self.party = party
        directory = layout.directory(of: shard)
    }

    /// Rotates the key.
    /// - Returns: What has happened, for people.
    /// - Throws: `StoreError`; then the old key stays, or the same command finishes what was begun.
    public func run() throws -> String {
        // Held so that nobody starts the exchange meanwhile.
        let lock = try layout.lock()
        defer { withExtendedLifetime(lock) {} }
        let rotation = try KeyRotation(
            directory: directory, evidence: layout.evidenceDirectory,
            now: Int64(Date().timeIntervalSince1970 * 1_000))
        return """
            \(party): leaf \(rotation.leaf) changes the key
            old  \(rotation.old.text)  may sign up to \(rotation.lastSize) leaves
            new  \(rotation.new.text)  signs from \(rotation.lastSize + 1) leaves on
            """
    }
}
