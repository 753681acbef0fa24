/// A member of the exchange: one process, or in the simulator one core.
public struct Party: Sendable, Hashable {
    /// The name used everywhere else in the file, on the command line and as the process name.
    public var name: String
    /// Which core it runs.
    public var role: PartyRole
    /// How many processes share its partitions, 1 to 64.
    public var instances: Int
    /// Its full name for people.
    public var title: String?

    /// Takes all fields.
    public init(name: String, role: PartyRole, instances: Int = 1, title: String? = nil) {
        self.name = name
        self.role = role
        self.instances = instances
        self.title = title
    }
}

/// The core that a party runs.
public enum PartyRole: String, Sendable, Hashable, CaseIterable {
    /// Hospitals and clinics: they submit and correct.
    case facility
    /// The Ministry of Health.
    case moh
    /// Vietnam Social Security.
    case vss
    /// The national population database.
    case c06
    /// The provinces that receive their residents' book entries.
    case locality

    /// The kinds without which this core cannot work.
    public var mustRead: [MessageKind] {
        switch self {
        case .facility: [.correction]
        case .moh: [.facilityRecord, .assessment, .identityResult]
        case .vss: [.acceptedRecord]
        case .c06: [.identityCheck]
        case .locality: [.bookEntry]
        }
    }

    /// The kinds that this core sends.
    public var mustWrite: [MessageKind] {
        switch self {
        case .facility: [.facilityRecord]
        case .moh: [.acceptedRecord, .bookEntry, .correction]
        case .vss: [.assessment, .identityCheck]
        case .c06: [.identityResult]
        case .locality: []
        }
    }
}
