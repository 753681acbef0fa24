public import ExchangeSchema
import HealthStandards

/// What MoH lets a reader have of a book, as FHIR R4 resources. Pure: the same extract gives the same resources.
public struct BookMapping: Sendable {
    private let context: MappingContext

    /// - Parameters:
    ///   - naming: What resources are called.
    ///   - systems: Under which URIs numbers stand.
    public init(naming: ResourceNaming, systems: IdentifierSet) {
        context = MappingContext(naming: naming, systems: systems)
    }

    /// The key of the person.
    public static let patient = ResourceKey(.patient)

    /// The resources of a book, the person first, then visits with what belongs to them, vaccinations and health checks, the
    /// latest first. Facilities are named in them and come from elsewhere (``OrganizationResource``).
    public func resources(_ extract: BookExtract) -> [MappedResource] {
        var found = coverages(extract)
        for visit in extract.visits { found += resources(visit) }
        found += extract.vaccinations.map(immunization)
        for check in extract.healthChecks { found += resources(check) }
        let times = found.compactMap(\.lastUpdated) + (extract.enrolledAt > 0 ? [extract.enrolledAt] : [])
        let stamp = Self.stamp(of: times.max())
        let key = ResourceKey(.composition)
        let book = CompositionResource.write(
            found, patient: Self.patient, key: key, at: stamp.time ?? extract.answeredAt, stamp, context)
        return [patient(extract, stamp), MappedResource(key: key, value: book.value, lastUpdated: stamp.time)] + found
    }

    /// Codes of the facilities that the resources name.
    public static func facilities(_ extract: BookExtract) -> [String] {
        let visits = extract.visits.flatMap { visit in
            visit.sources.map(\.facilityCode) + visit.results.flatMap(\.facilityCodes)
        }
        let others = extract.vaccinations.flatMap(\.sources) + extract.healthChecks.flatMap(\.sources)
        return Set(visits + others.map(\.facilityCode))
            .filter { (try? FacilityCode(parsing: $0)) != nil }.sorted()
    }

    private func patient(_ extract: BookExtract, _ stamp: ResourceStamp) -> MappedResource {
        var row = NamedRow(.xml1)
        if extract.hasPerson {
            row = NamedRow(extract.person, InsuranceBlock(), ClinicalBlock())
            // The facility's own numbers for the visit and the person, and what no annex knows, are not the person's.
            for name in ["MA_LK", "STT", "MA_BN"] { row[name] = "" }
            row.others = []
        } else if extract.hasEnrolment {
            row["HO_TEN"] = extract.enrolment.fullName
            row["NGAY_SINH"] = extract.enrolment.birthDate + "0000"
            row["GIOI_TINH"] =
                (try? CitizenNumber(parsing: extract.enrolment.citizenNumber)).map { $0.sex.description } ?? ""
        }
        row["SO_CCCD"] = extract.citizenNumber
        let object = PatientResource.write(
            row, former: extract.formerNumbers, enrolment: extract.hasEnrolment ? extract.enrolment : nil,
            key: Self.patient, stamp, context)
        return MappedResource(key: Self.patient, value: object.value, lastUpdated: stamp.time)
    }

    private func coverages(_ extract: BookExtract) -> [MappedResource] {
        var known: Set<String> = []
        var found: [MappedResource] = []
        for visit in extract.visits {
            let row = NamedRow(AdministrativeBlock(), visit.stay, ClinicalBlock())
            for card in CoverageResources.cards(row) ?? [] where known.insert(card.number).inserted {
                var numbers = RowNumbers()
                let key = ResourceKey(.coverage, row: numbers.number([card.number]))
                let stamp = Self.stamp(visit.sources)
                let object = CoverageResources.write(card, patient: Self.patient, key: key, stamp, context)
                found.append(MappedResource(key: key, value: object.value, lastUpdated: stamp.time))
            }
        }
        return found
    }

    private func resources(_ visit: HistoryVisit) -> [MappedResource] {
        let mapped = MappedVisit(
            summary: NamedRow(AdministrativeBlock(), visit.stay, visit.clinical),
            drugs: visit.drugs.map { NamedRow($0) },
            services: visit.services.map { NamedRow($0) },
            results: visit.results.map { .init(row: NamedRow($0.line), facilityCodes: $0.facilityCodes) },
            course: visit.course.map { NamedRow($0) },
            recordSummary: visit.hasRecordSummary ? visit.recordSummary : nil)
        return VisitMapping.resources(
            mapped,
            .init(
                record: Self.record(visit.sources), sources: visit.sources.map(\.recordID),
                facilityCode: visit.sources.first?.facilityCode ?? "", patient: Self.patient,
                stamp: Self.stamp(visit.sources)), context)
    }

    private func immunization(_ given: HistoryVaccination) -> MappedResource {
        let key = ResourceKey(.immunization, record: Self.record(given.sources))
        let stamp = Self.stamp(given.sources)
        let object = ImmunizationResource.write(
            given.vaccination, facilityCode: given.sources.first?.facilityCode ?? "", patient: Self.patient, key: key,
            stamp, context)
        return MappedResource(key: key, value: object.value, lastUpdated: stamp.time)
    }

    private func resources(_ made: HistoryHealthCheck) -> [MappedResource] {
        HealthCheckMapping.resources(
            HealthCheckRecord(check: made.healthCheck, results: made.results),
            .init(
                record: Self.record(made.sources), sources: made.sources.map(\.recordID),
                facilityCode: made.sources.first?.facilityCode ?? "", patient: Self.patient,
                stamp: Self.stamp(made.sources)), context)
    }

    private static func record(_ sources: [HistorySource]) -> RecordIdentifier {
        sources.first.flatMap { RecordIdentifier($0.recordID) } ?? RecordIdentifier(high: 0, low: 0)
    }

    /// The revision of the record that came first; another one beside it makes another version too.
    private static func stamp(_ sources: [HistorySource]) -> ResourceStamp {
        ResourceStamp(
            time: sources.map(\.authenticatedAt).max(),
            version: sources.map { String($0.revision) }.joined(separator: "-"))
    }

    private static func stamp(of time: Int64?) -> ResourceStamp {
        time.map { ResourceStamp(time: $0, version: String($0)) } ?? .none
    }
}
