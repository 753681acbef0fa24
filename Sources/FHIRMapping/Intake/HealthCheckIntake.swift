import ExchangeSchema
import HealthStandards

/// Reads a health check: an Encounter of its kind with whom it is about, its findings and its conclusions.
struct HealthCheckIntake {
    private(set) var record = HealthCheckRecord()
    private(set) var issues: [OutcomeIssue] = []
    /// Places of the entries that say a field; of a conclusion, the first.
    private(set) var fieldPlaces: [NamedHealthCheck.Name: Int] = [:]
    /// Places of the rows of XML11.
    private(set) var resultPlaces: [Int] = []

    /// - Parameters:
    ///   - person: What the Patient says, in the fields of XML1.
    ///   - entries: What names the Encounter.
    init(_ encounter: FHIRValue, person: NamedRow, facilityCode: String, _ entries: [BundleEntries.Entry]) {
        var check = NamedHealthCheck()
        check[.facility] = facilityCode
        HealthCheckEncounter.read(encounter, into: &check)
        var conclusions: [NamedHealthCheck.Name: [String]] = [:]
        for entry in entries {
            switch entry.type {
            case .observation: readObservation(entry, &check)
            case .condition: readCondition(entry, &conclusions)
            default:
                issues.append(
                    OutcomeIssue(
                        "not-supported", "what names a health check is an Observation or a Condition",
                        at: entry.expression("encounter")))
            }
        }
        for (field, codes) in conclusions where check[field].isEmpty { check[field] = codes.joined(separator: ";") }
        record.check = check.check
        record.administrative = person.visit(ClinicalDetails()).administrative
        record.administrative.stt = "1"
        record.administrative.maLk =
            encounter["identifier"]?.elements.first { IdentifierKind.visit.isNamed(by: $0.text("system")) }?
            .text("value") ?? ""
    }

    private mutating func readObservation(_ entry: BundleEntries.Entry, _ check: inout NamedHealthCheck) {
        guard let name = Finding.name(of: entry.resource) else {
            var row = ResultResource.read(entry.resource)
            if row["STT"].isEmpty { row["STT"] = String(record.results.count + 1) }
            record.results.append(row.result)
            resultPlaces.append(entry.place)
            return
        }
        guard let value = Finding.value(of: entry.resource, for: name) else {
            issues.append(
                OutcomeIssue(
                    "value", "\(name.text) has no value here that can be read, in the unit that belongs to it",
                    at: entry.expression("value")))
            return
        }
        guard fieldPlaces[name] == nil else {
            issues.append(
                OutcomeIssue("duplicate", "another Observation says \(name.text)", at: entry.expression("code")))
            return
        }
        check[name] = value
        fieldPlaces[name] = entry.place
    }

    private mutating func readCondition(
        _ entry: BundleEntries.Entry, _ conclusions: inout [NamedHealthCheck.Name: [String]]
    ) {
        let named = (entry.resource["category"]?.elements ?? []).compactMap {
            ConceptReading.code($0, CodeSystem.healthCheck).flatMap { NamedHealthCheck.Name($0) }
        }
        let field =
            named.first { NamedHealthCheck.Name.conclusions.contains($0) } ?? NamedHealthCheck.Name.conclusions[0]
        guard let code = entry.resource["code"].flatMap({ ConceptReading.code($0, CodeSystem.icd10) }) else {
            issues.append(
                OutcomeIssue(
                    "required", "a conclusion of a health check has a code of ICD-10", at: entry.expression("code")))
            return
        }
        conclusions[field, default: []].append(code)
        fieldPlaces[field] = fieldPlaces[field] ?? entry.place
    }
}
