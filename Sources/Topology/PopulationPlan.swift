/// The people and facilities of a scenario.
public struct PopulationPlan: Sendable, Hashable {
    /// Number of people, 1 to 100,000,000.
    public var persons: Int
    /// Number of facilities that submit, 1 to 20,000.
    public var facilities: Int
    /// Share of visits without an insurance card, 0 to 1.
    public var uninsuredShare: Double
    /// Whether visits have tables beside XML1 to XML5 (XML0, XML6 and so on).
    public var writesTables = false

    /// Takes all fields.
    public init(persons: Int, facilities: Int, uninsuredShare: Double = 0.06) {
        self.persons = persons
        self.facilities = facilities
        self.uninsuredShare = uninsuredShare
    }
}
