public import Vocabulary

/// Everything that a population follows from. Two equal configurations give the same bytes on every machine.
public struct PopulationConfiguration: Sendable, Equatable {
    /// The seed of every draw.
    public var seed: UInt64 = 1
    /// Number of people, 2 to 100,000,000.
    public var persons: UInt64 = 1_000_000
    /// Number of facilities, 1 to 10,000.
    public var facilities = 120
    /// When the first visit is sent, in milliseconds since 1970-01-01T00:00:00Z; in the years 2000 to 2098.
    public var visitsStart: Int64 = 1_794_762_000_000
    /// Visits sent in each second of the visits' own time, 1 to 1,000,000. All visits should fit into a year.
    public var visitsPerSecond: UInt64 = 1_000
    /// Visits that are sent one to five days after the discharge, in parts per million; all others within ten minutes.
    public var latePartsPerMillion: UInt64 = 0
    /// Records that are vaccinations and no visits, in parts per million.
    public var vaccinationPartsPerMillion: UInt64 = 0
    /// Records that are health checks and no visits, in parts per million of those that are no vaccinations.
    public var healthCheckPartsPerMillion: UInt64 = 0
    /// Visits without a card, in parts per million.
    public var uninsuredPartsPerMillion: UInt64 = 60_000
    /// Correctable faults that the facility puts right, in parts per million.
    public var correctionPartsPerMillion: UInt64 = 1_000_000
    /// Rate of each fault, in parts per million of all visits; their sum is at most 1,000,000.
    public var faultPartsPerMillion: [FaultKind: UInt64] = [:]
    /// Pairs of people with the same full name, birth year and sex, in parts per million of all pairs.
    public var namesakePartsPerMillion: UInt64 = 50_000
    /// People whose number was cancelled and issued anew, in parts per million.
    public var supersededPartsPerMillion: UInt64 = 30_000
    /// People who died before the visits' time, in parts per million, at most 500,000.
    public var deceasedPartsPerMillion: UInt64 = 10_000

    /// People to whom something happens in the visits' time that C06 reports, in parts per million, at most 500,000; what,
    /// the rates of these faults decide, and without any of them it happens to nobody.
    public var changingPartsPerMillion: UInt64 = 5_000

    /// Whether visits have tables beside XML1 to XML5.
    public var writesTables = false

    /// The defaults: a million people from 16 November 2026, 00:00 in Viet Nam, without faults.
    public init() {}

    /// The defaults with another seed, size and rates.
    /// - Parameter faultRates: share of visits with each fault, 0 to 1; rounded to parts per million.
    public init(seed: UInt64, persons: UInt64 = 1_000_000, facilities: Int = 120, faultRates: [FaultKind: Double] = [:])
    {
        self.seed = seed
        self.persons = persons
        self.facilities = facilities
        faultPartsPerMillion = faultRates.mapValues(Self.partsPerMillion)
    }

    /// As many people to whom something happens as there are visits of such people.
    public mutating func spreadChanges(overVisits visits: Int64) {
        let rate = FaultKind.changes.reduce(0) { $0 + (faultPartsPerMillion[$1] ?? 0) }
        guard rate > 0, persons > 0 else { return }
        let people = max(UInt64(max(visits, 0)) * rate / 1_000_000, 1)
        changingPartsPerMillion = min(max((people * 1_000_000 + persons - 1) / persons, 1), 500_000)
    }

    /// A share of 0 to 1 in parts per million, rounded; outside of that range, and for no number, the nearest end.
    public static func partsPerMillion(_ share: Double) -> UInt64 {
        share > 0 ? UInt64((min(share, 1) * 1_000_000).rounded()) : 0
    }

    /// Says what is wrong with the configuration.
    func check() throws(PopulationError) {
        try Self.check("persons", persons, 2...100_000_000)
        try Self.check("facilities", UInt64(max(facilities, 0)), 1...10_000)
        try Self.check("visitsPerSecond", visitsPerSecond, 1...1_000_000)
        // 2000-01-02 to 2098-12-31: the citizen numbers of the people then have a century digit of 0 to 3.
        try Self.check("visitsStart", UInt64(max(visitsStart, 0)), 946_771_200_000...4_070_822_400_000)
        try Self.check("latePartsPerMillion", latePartsPerMillion, 0...1_000_000)
        try Self.check("vaccinationPartsPerMillion", vaccinationPartsPerMillion, 0...1_000_000)
        try Self.check("healthCheckPartsPerMillion", healthCheckPartsPerMillion, 0...1_000_000)
        try Self.check("uninsuredPartsPerMillion", uninsuredPartsPerMillion, 0...1_000_000)
        try Self.check("correctionPartsPerMillion", correctionPartsPerMillion, 0...1_000_000)
        try Self.check("namesakePartsPerMillion", namesakePartsPerMillion, 0...1_000_000)
        try Self.check("supersededPartsPerMillion", supersededPartsPerMillion, 0...1_000_000)
        try Self.check("deceasedPartsPerMillion", deceasedPartsPerMillion, 0...500_000)
        try Self.check("changingPartsPerMillion", changingPartsPerMillion, 0...500_000)
        var sum: UInt64 = 0
        for kind in FaultKind.allCases {
            let rate = faultPartsPerMillion[kind] ?? 0
            try Self.check("faultPartsPerMillion[\(kind.rawValue)]", rate, 0...1_000_000)
            sum += rate
        }
        try Self.check("faultPartsPerMillion (their sum)", sum, 0...1_000_000)
    }

    private static func check(_ name: String, _ value: UInt64, _ range: ClosedRange<UInt64>) throws(PopulationError) {
        if !range.contains(value) { throw PopulationError(setting: name, value: value, allowed: range) }
    }
}

/// A setting of the population that is out of its range.
public struct PopulationError: Error, Equatable, Sendable, CustomStringConvertible {
    /// Name of the setting.
    public var setting: String
    /// Its value.
    public var value: UInt64
    /// What is allowed.
    public var allowed: ClosedRange<UInt64>

    /// For example `persons is 0; it must be from 2 to 100000000`.
    public var description: String {
        "\(setting) is \(value); it must be from \(allowed.lowerBound) to \(allowed.upperBound)"
    }
}
