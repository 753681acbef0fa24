import ExchangeSchema
import HealthStandards

/// Reads what a facility sends in a Bundle: each Encounter, which is a visit or a health check, with whom it is about and what
/// belongs to it, and each Immunization. The rules of the tables are not applied here; ``BundleRecord/expression(table:row:field:)``
/// says where in the Bundle a field stands that breaks one.
public struct BundleIntake: Sendable {
    /// What was sent, in the order of the entries that it is named by; nothing where something is wrong.
    public private(set) var records: [BundleRecord] = []
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
        let given = bundle.all(.immunization)
        if encounters.isEmpty, given.isEmpty {
            issues.append(
                OutcomeIssue(
                    "required", "there is neither an Encounter nor an Immunization, so that there is no record",
                    at: "Bundle.entry"))
        }
        var rows: [Int: [BundleEntries.Entry]] = [:]
        for entry in bundle.entries where Self.rowTypes.contains(entry.type) {
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
        for entry in bundle.entries {
            switch entry.type {
            case .encounter: read(entry, rows[entry.place] ?? [])
            case .immunization: readVaccination(entry)
            default: continue
            }
        }
        if !issues.isEmpty { records = [] }
    }

    /// What names the Encounter that it belongs to.
    private static let rowTypes: Set<FHIRType> = [
        .condition, .observation, .medicationRequest, .procedure, .clinicalImpression,
    ]

    private mutating func read(_ encounter: BundleEntries.Entry, _ entries: [BundleEntries.Entry]) {
        guard let patient = patient(of: encounter, "subject") else { return }
        let facility = facilityCode(encounter.resource["serviceProvider"])
        let members = Set(entries.map(\.place) + [encounter.place, patient.place])
        if HealthCheckEncounter.isOne(encounter.resource) {
            var person = NamedRow(.xml1)
            PatientResource.read(patient.resource, into: &person)
            let read = HealthCheckIntake(encounter.resource, person: person, facilityCode: facility, entries)
            issues += read.issues
            records.append(
                BundleRecord(
                    facilityCode: facility, content: .healthCheck(read.record), place: encounter.place,
                    members: members,
                    patientPlace: patient.place, rowPlaces: [.xml4: read.resultPlaces], fieldPlaces: read.fieldPlaces))
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
        for entry in entries where entry.type == .observation && WeightResource.isOne(entry.resource) {
            WeightResource.read(entry.resource, into: &row)
        }
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
        let course = numbered(.clinicalImpression, ClinicalImpressionResource.read)
        let visit = MappedVisit(
            summary: row, drugs: drugs.rows, services: services.rows,
            results: results.rows.map { .init(row: $0, facilityCodes: []) }, course: course.rows)
        records.append(
            BundleRecord(
                facilityCode: row["MA_CSKCB"], content: .visit(visit.record), place: encounter.place,
                members: members.union(cards.map(\.place)), patientPlace: patient.place,
                rowPlaces: [
                    .xml2: drugs.places, .xml3: services.places, .xml4: results.places, .xml5: course.places,
                ]))
    }

    private mutating func readVaccination(_ entry: BundleEntries.Entry) {
        guard let patient = patient(of: entry, "patient") else { return }
        guard entry.resource.text("status") == "completed" else {
            issues.append(
                OutcomeIssue(
                    "not-supported", "a vaccination that was given has the status completed",
                    at: entry.expression("status")))
            return
        }
        var person = NamedRow(.xml1)
        PatientResource.read(patient.resource, into: &person)
        person["STT"] = "1"
        person["MA_LK"] =
            entry.resource["identifier"]?.elements.first { IdentifierKind.visit.isNamed(by: $0.text("system")) }?
            .text("value") ?? ""
        let performers = entry.resource["performer"]?.elements ?? []
        let facility = performers.map { facilityCode($0["actor"]) }.first { !$0.isEmpty }
        records.append(
            BundleRecord(
                facilityCode: facility ?? "",
                content: .vaccination(
                    person.visit(ClinicalDetails()).administrative, ImmunizationResource.read(entry.resource)),
                place: entry.place, members: [entry.place, patient.place], patientPlace: patient.place))
    }

    private mutating func patient(of entry: BundleEntries.Entry, _ member: String) -> BundleEntries.Entry? {
        if let patient = bundle.target(of: entry.resource[member]), patient.type == .patient { return patient }
        issues.append(
            OutcomeIssue("not-found", "\(member) names a Patient of the Bundle", at: entry.expression(member)))
        return nil
    }

    /// What the Encounter says of a condition; empty where it says nothing.
    private func role(of condition: BundleEntries.Entry, in encounter: BundleEntries.Entry) -> String {
        let named = encounter.resource["diagnosis"]?.elements.first {
            bundle.target(of: $0["condition"])?.place == condition.place
        }
        return named?["use"].flatMap { ConceptReading.code($0, CodeSystem.diagnosisRole) } ?? ""
    }

    /// By reference to an Organization of the Bundle, by its code, or by an identifier; empty for a practitioner.
    private func facilityCode(_ provider: FHIRValue?) -> String {
        if let organization = bundle.target(of: provider), organization.type == .organization {
            let code = organization.resource["identifier"]?.elements.first {
                IdentifierKind.facility.isNamed(by: $0.text("system"))
            }
            return code?.text("value") ?? ""
        }
        if let identifier = provider?["identifier"], !IdentifierKind.practitioner.isNamed(by: identifier.text("system"))
        {
            return identifier.text("value")
        }
        let reference = provider?.text("reference") ?? ""
        return reference.hasPrefix("Organization/") ? String(reference.dropFirst("Organization/".count)) : ""
    }
}
