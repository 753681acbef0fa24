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

    /// The register on which these facilities stand with others; nil where only those that submit are known.
    public var register: FacilityRegisterPlan?
    /// Share of residents of whom VSS and C06 have lists to open books from, 0 to 1.
    public var enrolledShare = 1.0

    /// Takes all fields.
    public init(persons: Int, facilities: Int, uninsuredShare: Double = 0.06) {
        self.persons = persons
        self.facilities = facilities
        self.uninsuredShare = uninsuredShare
    }
}

/// How many facilities a register has beside those that submit. Who submits is connected.
public struct FacilityRegisterPlan: Sendable, Hashable {
    /// All facilities on the register, at least those that submit; at most 10,000.
    public var units: Int
    /// Share of them that is connected, 0 to 1.
    public var connectedShare: Double
    /// Share of them that keeps electronic medical records, 0 to 1.
    public var electronicRecordsShare: Double

    /// Takes all fields.
    public init(units: Int, connectedShare: Double = 1, electronicRecordsShare: Double = 0) {
        self.units = units
        self.connectedShare = connectedShare
        self.electronicRecordsShare = electronicRecordsShare
    }

    /// Facilities that are connected.
    public var connected: Int { Int((Double(units) * connectedShare).rounded()) }

    /// Facilities with electronic medical records.
    public var electronicRecords: Int { Int((Double(units) * electronicRecordsShare).rounded()) }
}
