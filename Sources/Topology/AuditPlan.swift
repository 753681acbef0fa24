/// What an exchange writes down beyond the journals of its parties.
public struct AuditPlan: Sendable, Hashable {
    /// Whether an auditor runs: it reads every topic and keeps a log and the payloads of its own.
    public var auditor: Bool
    /// Topic on which the parties publish and cosign their checkpoints; one partition, never deleted.
    public var checkpoints: String
    /// Topic on which people's doings in a running exchange are written down; one partition, never deleted.
    public var access: String

    /// Takes all fields; the defaults are those of a file that says nothing.
    public init(auditor: Bool = true, checkpoints: String = "audit.checkpoints", access: String = "audit.access") {
        self.auditor = auditor
        self.checkpoints = checkpoints
        self.access = access
    }

    /// Name under which the auditor runs, keeps its directory and signs its log; no party may have it.
    public static let auditorName = "auditor"

    /// Both topics.
    public var topics: [String] { [checkpoints, access] }
}
