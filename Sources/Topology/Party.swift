public import Vocabulary

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
    /// Of a locality: codes of the provinces whose residents it serves; empty for all 34, as the National Health Data
    /// Centre does.
    public var provinces: [String]

    /// Takes all fields.
    public init(
        name: String, role: PartyRole, instances: Int = 1, title: String? = nil, provinces: [String] = []
    ) {
        self.name = name
        self.role = role
        self.instances = instances
        self.title = title
        self.provinces = provinces
    }

    /// The provinces served; nil for all.
    public var servedProvinces: Set<String>? { provinces.isEmpty ? nil : Set(provinces) }
}
