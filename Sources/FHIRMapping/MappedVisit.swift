public import ExchangeSchema
public import HealthStandards

/// A visit on its way to FHIR or back: the tables that FHIR has a form for here. Of the tables beside XML1 to XML5 that is the
/// summary of the medical record (XML8), which is read and not sent.
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
    /// XML5.
    public var course: [NamedRow]
    /// The first row of XML8; nil where there is none.
    public var recordSummary: CarriedRow?

    /// A visit as a facility has it.
    public init(_ visit: VisitRecord) {
        summary = NamedRow(visit.administrative, visit.insurance, visit.clinical)
        drugs = visit.details.drugs.map { NamedRow($0) }
        services = visit.details.services.map { NamedRow($0) }
        results = visit.details.results.map {
            Result(row: NamedRow($0), facilityCodes: [visit.insurance.maCskcb].filter { !$0.isEmpty })
        }
        course = visit.details.courses.map { NamedRow($0) }
    }

    init(
        summary: NamedRow, drugs: [NamedRow], services: [NamedRow], results: [Result], course: [NamedRow] = [],
        recordSummary: CarriedRow? = nil
    ) {
        self.summary = summary
        self.drugs = drugs
        self.services = services
        self.results = results
        self.course = course
        self.recordSummary = recordSummary
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
        details.courses = course.map { named($0).course }
        return summary.visit(details)
    }
}
