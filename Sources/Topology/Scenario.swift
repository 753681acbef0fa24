public import Vocabulary

/// One run of the exchange: who lives in it, how many visits, what goes wrong, and what must be true at the end.
///
/// Written as YAML (`topology/scenarios/*.yaml`; `topology/README.md` describes the format) and read by
/// ``parse(_:fileName:)``. The conservation law (submitted = shared + refused + pending + withdrawn) is asserted of every run and
/// is not written in the file.
public struct Scenario: Sendable, Equatable {
    /// Short name, usually the file's name without `.yaml`.
    public var name: String
    /// What the scenario shows, in one line.
    public var summary: String
    /// Path of the topology file, relative to the scenario's folder; nil for the shipped topology.
    public var topologyPath: String?
    /// Decides every visit and every fault: the same seed gives the same bytes.
    public var seed: UInt64
    /// Number of visits to submit, at least 1.
    public var records: Int
    /// The people and facilities.
    public var population: PopulationPlan
    /// When visits end and are sent.
    public var visits = VisitsPlan()
    /// How fast visits are submitted.
    public var load: LoadPlan
    /// Share of visits with each fault, 0 to 1, together at most 1. Faults that are absent do not occur.
    public var faults: [FaultKind: Double]
    /// Share of correctable refusals that the facility corrects and resubmits, 0 to 1.
    public var correctionRate: Double
    /// Seconds from VSS's assessment of a visit to its review, when what it says later is sent.
    public var reviewAfterSeconds = 0
    /// Agreements that start with other signatures than the topology says.
    public var agreements: [AgreementOverride]
    /// Signatures given during the run.
    public var signatures: [PlannedSignature]
    /// When the run is over.
    public var endsWhen: EndCondition
    /// What must be true of the final figures.
    public var assertions: [Assertion]
    /// Seconds after which a run that has not ended is stopped and has failed.
    public var timeoutSeconds: Int
    /// The party that publishes a second history of its journal; nil when all are honest.
    public var twoHistories: TwoHistories?
    /// Roots of the parties' journals that a simulated run must end with.
    public var simulatedRoots: [SimulatedRoot] = []
    /// Where the scenario's parts stand in the file, by path; for errors found after reading.
    var locations: ScenarioLocations

    /// Takes all fields, unchecked; the defaults are those of a file that says nothing.
    public init(
        name: String, summary: String, topologyPath: String? = nil, seed: UInt64, records: Int,
        population: PopulationPlan, load: LoadPlan = LoadPlan(), faults: [FaultKind: Double] = [:],
        correctionRate: Double = 0, agreements: [AgreementOverride] = [], signatures: [PlannedSignature] = [],
        endsWhen: EndCondition = .settled, assertions: [Assertion] = [], timeoutSeconds: Int = 120
    ) {
        self.name = name
        self.summary = summary
        self.topologyPath = topologyPath
        self.seed = seed
        self.records = records
        self.population = population
        self.load = load
        self.faults = faults
        self.correctionRate = correctionRate
        self.agreements = agreements
        self.signatures = signatures
        self.endsWhen = endsWhen
        self.assertions = assertions
        self.timeoutSeconds = timeoutSeconds
        self.locations = ScenarioLocations(all: SourceLocation(file: name, line: 1, column: 1))
    }

    /// Judges every assertion. `records` is what the scenario asks for, unless the figures know of more.
    ///
    /// - Parameter figures: the final figures by name (see ``FigureName``); nil for a figure that does not exist. A
    ///   `refused.CODE` or `expected.refused.CODE` that did not occur must be answered with 0.
    public func evaluate(figures: (String) -> Double?) -> [(assertion: Assertion, result: AssertionResult)] {
        assertions.map { assertion in
            (assertion, assertion.evaluate { figures($0) ?? ($0 == "records" ? Double(records) : nil) })
        }
    }

    /// The same scenario with the figures a person gave on the command line.
    ///
    /// - Throws: ``TopologyErrors`` if the scenario makes no sense with them, for instance when a signature waits for
    ///   more held records than there are records.
    public func with(records: Int? = nil, seed: UInt64? = nil) throws(TopologyErrors) -> Scenario {
        var copy = self
        if let records { copy.records = records }
        if let seed { copy.seed = seed }
        let errors = ErrorList(file: locations.root.file)
        if !Scenario.recordRange.contains(copy.records) {
            errors.report(
                locations.root, found: "records is \(copy.records)", expected: "a whole number, 1 to 100000000")
        }
        ScenarioRules.check(copy, errors)
        try errors.throwIfAny()
        return copy
    }

    /// Allowed numbers of visits.
    static let recordRange = 1...100_000_000
}

/// Where the parts stand that are judged only when the file has been read.
struct ScenarioLocations: Sendable, Equatable {
    var root: SourceLocation
    var faults: SourceLocation
    var maximumPending: SourceLocation
    var endsWhen: SourceLocation
    /// Where `now` stands; nil where it does not.
    var visitsStart: SourceLocation?

    /// One place for everything.
    init(all place: SourceLocation) {
        (root, faults, maximumPending, endsWhen) = (place, place, place, place)
    }
}
