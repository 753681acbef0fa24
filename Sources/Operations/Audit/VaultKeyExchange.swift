import Composition
import PartyStore
public import Supervision
import Topology

/// `cycle audit vault-key change`: another key for the vault of an exchange that is not running.
public struct VaultKeyExchange {
    private let layout: ExchangeLayout

    /// Looks at the exchange, and changes nothing.
    /// - Throws: ``ProgramFailure`` when the directory holds no exchange, or one that is running, or no auditor's data.
    public init(layout: ExchangeLayout) throws {
        _ = try layout.stoppedRecord()
        guard StoreInspection.isPossible(directory: layout.partyDirectory(AuditPlan.auditorName)) else {
            throw ProgramFailure("\(layout.directory) has no auditor's data, and so no vault")
        }
        self.layout = layout
    }

    /// Puts the vault under the key in a file.
    /// - Returns: What has happened, for people.
    /// - Throws: `StoreError`; then the former key stays.
    public func run(to file: String) throws -> String {
        // Held so that nobody starts the exchange meanwhile.
        let lock = try layout.lock()
        defer { withExtendedLifetime(lock) {} }
        let key = try VaultKeyFile(reading: file)
        try VaultSealing.change(
            directory: layout.partyDirectory(AuditPlan.auditorName), to: key, former: layout.vaultKey)
        return "the vault is under \(key.name) now, at \(key.path); keep that file"
    }
}
