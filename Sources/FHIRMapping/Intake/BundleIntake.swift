import ExchangeSchema
public import HealthStandards

/// Reads the visits of a Bundle: each Encounter with whom it is about and what belongs to it. The rules of the tables are not
/// applied here; ``expression(_:)`` says where in the Bundle a field stands that breaks one.
public struct BundleIntake: Sendable {
    /// A visit of the Bundle.
    public struct Visit: Sendable {
        /// MA_CSKCB of the facility that the Encounter names; empty where it names none.
        public var facilityCode: String
        /// The visit in its tables.
        public var record: VisitRecord
        /// Place of the Encounter among the entries.
        public var place: Int
        /// Places of all entries that it is made of.
        public var members: Set<Int>
        fileprivate var patientPlace: Int
        fileprivate var rowPlaces: [VisitTable: [Int]]

        /// Where in the Bundle a field of a row stands.
        /// - Parameter row: From 1.
        public func expression(table: String?, row: Int?, field: String?) -> String {
            guard let table = table.flatMap({ VisitTable(rawValue: $0) }), let field else {
                return "Bundle.entry[\(place)].resource"
            }
            let entry: Int
            if table == .xml1 {
                entry = PatientResource.fields.contains(field) ? patientPlace : place
            } else {
                let places = rowPlaces[table] ?? []
                let index = (row ?? 1) - 1
                entry = places.indices.contains(index) ? places[index] : place
            }
            return "Bundle.entry[\(entry)].resource.\(FieldPlaces.path(of: field, in: table))"
        }
    }

    /// The visits, in the order of their Encounters; none where something is wrong.
    public private(set) var visits: [Visit] = []
    /// What is wrong with the Bundle.
    public private(set) var issues: [OutcomeIssue]
    /// Entries of the Bundle.
    public var entryCount: Int { bundle.entries.count }

    private let bundle: BundleEntries

    /// Reads a Bundle.
    public init(_ value: FHIRValue) {
        bundle = BundleEntries(value)
        issues = bundle.issues
        guard issues.isEmpty else { return }
        for entry in bundle.entries { issues += FieldPlaces.unreadable(entry) }
        let encounters = bundle.all(.encounter)
        if encounters.isEmpty {
            issues.append(
                OutcomeIssue("required", "there is no Encounter, so that there is no visit", at: "Bundle.entry"))
        }
        var rows: [Int: [BundleEntries.Entry]] = [:]
        for entry in bundle.entries
        where [.condition, .observation, .medicationRequest, .procedure].contains(entry.type) {
            if let encounter = bundle.target(of: entry.resource["encounter"]), encounter.type == .encounter {
                rows[encounter.place, default: []].append(entry)
            } else if entry.resource["encounter"] == nil, encounters.count == 1 {
                rows[encounters[0].place, default: []].append(entry)
            } else {
                issues.append(
                    OutcomeIssue(
                        "not-found", "encounter names an Encounter of the Bundle", at: entry.expression("encounter")))
            }
        }
        for encounter in encounters { read(encounter, rows[encounter.place] ?? []) }
        if !issues.isEmpty { visits = [] }
    }

    private mutating func read(_ encounter: BundleEntries.Entry, _ entries: [BundleEntries.Entry]) {
        guard let patient = bundle.target(of: encounter.resource["subject"]), patient.type == .patient else {
            issues.append(
                OutcomeIssue("not-found", "subject names a Patient of the Bundle", at: encounter.expression("subject")))
            return
        }
        var row = NamedRow(.xml1)
        PatientResource.read(patient.resource, into: &row)
        let cards = bundle.all(.coverage).filter {
            bundle.target(of: $0.resource["beneficiary"])?.place == patient.place
        }
        CoverageResources.read(cards.map(\.resource), into: &row)
        ConditionResources.read(
            entries.filter { $0.type == .condition }.map { (role(of: $0, in: encounter), $0.resource) }, into: &row)
        let observations = entries.filter { $0.type == .observation }
        for entry in observations where WeightResource.isOne(entry.resource) {
            WeightResource.read(entry.resource, into: &row)
        }
        let facility = facilityCode(of: encounter)
        row["MA_CSKCB"] = facility
        EncounterResource.read(encounter.resource, into: &row)
        func numbered(_ type: FHIRType, _ read: (FHIRValue) -> NamedRow) -> (rows: [NamedRow], places: [Int]) {
            let own = entries.filter { $0.type == type && !WeightResource.isOne($0.resource) }
            let rows = own.enumerated().map { place, entry in
                var row = read(entry.resource)
                if row["STT"].isEmpty { row["STT"] = String(place + 1) }
                return row
            }
            return (rows, own.map(\.place))
        }
        let drugs = numbered(.medicationRequest, MedicationRequestResource.read)
        let services = numbered(.procedure, ProcedureResource.read)
        let results = numbered(.observation, ResultResource.read)
        let visit = MappedVisit(
            summary: row, drugs: drugs.rows, services: services.rows,
            results: results.rows.map { .init(row: $0, facilityCodes: []) })
        visits.append(
            Visit(
                facilityCode: row["MA_CSKCB"], record: visit.record, place: encounter.place,
                members: Set((entries + cards).map(\.place) + [encounter.place, patient.place]),
                patientPlace: patient.place,
                rowPlaces: [.xml2: drugs.places, .xml3: services.places, .xml4: results.places]))
    }

    /// What the Encounter says of a condition; empty where it says nothing.
    private func role(of condition: BundleEntries.Entry, in encounter: BundleEntries.Entry) -> String {
        let named = encounter.resource["diagnosis"]?.elements.first {
            bundle.target(of: $0["condition"])?.place == condition.place
        }
        return named?["use"].flatMap { ConceptReading.code($0, CodeSystem.diagnosisRole) } ?? ""
    }

    /// By reference to an Organization of the Bundle, by its code, or by an identifier.
    private func facilityCode(of encounter: BundleEntries.Entry) -> String {
        let provider = encounter.resource["serviceProvider"]
        if let organization = bundle.target(of: provider), organization.type == .organization {
            let code = organization.resource["identifier"]?.elements.first {
                IdentifierKind.facility.isNamed(by: $0.text("system"))
            }
            return code?.text("value") ?? ""
        }
        if let value = provider?["identifier"]?["value"]?.string { return value }
        let reference = provider?.text("reference") ?? ""
        return reference.hasPrefix("Organization/") ? String(reference.dropFirst("Organization/".count)) : ""
    }
}
