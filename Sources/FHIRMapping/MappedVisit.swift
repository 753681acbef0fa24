import ExchangeSchema
public import HealthStandards

/// A visit on its way to FHIR or back: the tables that FHIR has a form for. XML5 and all tables beside have none here.
public struct MappedVisit: Sendable, Equatable {
    /// A row of XML4 with who reports it.
    public struct Result: Sendable, Equatable {
        /// The row.
        public var row: NamedRow
        /// MA_CSKCB of everybody who reports the same check.
        public var facilityCodes: [String]
    }

    /// XML1.
    public var summary: NamedRow
    /// XML2.
    public var drugs: [NamedRow]
    /// XML3.
    public var services: [NamedRow]
    /// XML4.
    public var results: [Result]

    /// A visit as a facility has it.
    public init(_ visit: VisitRecord) {
        summary = NamedRow(visit.administrative, visit.insurance, visit.clinical)
        drugs = visit.details.drugs.map { NamedRow($0) }
        services = visit.details.services.map { NamedRow($0) }
        results = visit.details.results.map {
            Result(row: NamedRow($0), facilityCodes: [visit.insurance.maCskcb].filter { !$0.isEmpty })
        }
    }

    init(summary: NamedRow, drugs: [NamedRow], services: [NamedRow], results: [Result]) {
        self.summary = summary
        self.drugs = drugs
        self.services = services
        self.results = results
    }

    /// The visit in the blocks that travel. Rows get the MA_LK of the visit.
    public var record: VisitRecord {
        let episode = summary["MA_LK"]
        func named(_ row: NamedRow) -> NamedRow {
            var row = row
            row["MA_LK"] = episode
            return row
        }
        var details = ClinicalDetails()
        details.drugs = drugs.map { named($0).drug }
        details.services = services.map { named($0).service }
        details.results = results.map { named($0.row).result }
        return summary.visit(details)
    }
}
