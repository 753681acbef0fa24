import ExchangeSchema
public import HealthStandards

/// Visits, health checks and vaccinations as a transaction, as ``BundleIntake`` reads them: each with its own Patient, and a visit
/// with its Coverage, because they are what the record says and not what is known of the person since.
public enum VisitBundle {
    /// - Parameter facilityCode: MA_CSKCB of the sender, for visits that name none.
    public static func transaction(
        _ visits: [VisitRecord], facilityCode: String, systems: IdentifierSet
    ) -> FHIRValue {
        transaction(visits.map { .visit($0) }, facilityCode: facilityCode, systems: systems)
    }

    /// - Parameter facilityCode: MA_CSKCB of the sender, for records that name none.
    public static func transaction(
        _ records: [BundleRecord.Content], facilityCode: String, systems: IdentifierSet
    ) -> FHIRValue {
        let naming = ResourceNaming(identifier: { _ in nil }, reference: { "urn:uuid:\(name($0))" })
        let context = MappingContext(naming: naming, systems: systems)
        var bundle = FHIRObject()
        bundle.set("resourceType", "Bundle")
        bundle.set("type", "transaction")
        bundle.set(
            "entry",
            records.enumerated().flatMap { place, content in
                resources(content, UInt64(place), facilityCode, context).map { resource in
                    FHIRObject {
                        $0.set("fullUrl", naming.reference(resource.key))
                        $0.set("resource", value: resource.value)
                        $0.set(
                            "request",
                            FHIRObject {
                                $0.set("method", "POST")
                                $0.set("url", resource.key.type.rawValue)
                            })
                    }
                }
            })
        return bundle.value
    }

    private static func resources(
        _ content: BundleRecord.Content, _ place: UInt64, _ facilityCode: String, _ context: MappingContext
    ) -> [MappedResource] {
        let record = RecordIdentifier(high: 0, low: place)
        let patient = ResourceKey(.patient, record: record)
        let about = VisitMapping.Surroundings(
            record: record, facilityCode: facilityCode, patient: patient, stamp: .none)
        func person(_ row: NamedRow) -> MappedResource {
            MappedResource(
                key: patient, value: PatientResource.write(row, key: patient, .none, context).value, lastUpdated: nil)
        }
        switch content {
        case .visit(let visit): return resources(MappedVisit(visit), about, person, context)
        case .healthCheck(let check):
            let row = NamedRow(check.administrative, InsuranceBlock(), ClinicalBlock())
            return [person(row)] + HealthCheckMapping.resources(check, about, context)
        case .vaccination(let administrative, let given):
            let key = ResourceKey(.immunization, record: record)
            let object = ImmunizationResource.write(
                given, number: administrative.maLk, facilityCode: facilityCode, patient: patient, key: key, .none,
                context)
            return [
                person(NamedRow(administrative, InsuranceBlock(), ClinicalBlock())),
                MappedResource(key: key, value: object.value, lastUpdated: nil),
            ]
        }
    }

    private static func resources(
        _ mapped: MappedVisit, _ about: VisitMapping.Surroundings, _ person: (NamedRow) -> MappedResource,
        _ context: MappingContext
    ) -> [MappedResource] {
        let (record, patient) = (about.record, about.patient)
        let cards = (CoverageResources.cards(mapped.summary) ?? []).enumerated().map { row, card in
            let key = ResourceKey(.coverage, record: record, row: UInt32(row))
            return MappedResource(
                key: key, value: CoverageResources.write(card, patient: patient, key: key, .none, context).value,
                lastUpdated: nil)
        }
        return [person(mapped.summary)] + cards + VisitMapping.resources(mapped, about, context)
    }

    /// A UUID in the form of version 8 (RFC 9562), unique in its Bundle.
    private static func name(_ key: ResourceKey) -> RecordIdentifier {
        RecordIdentifier(
            high: UInt64(key.row) << 32 | UInt64(key.type.number) << 16 | 0x8000,
            low: 0x8000_0000_0000_0000 | key.record.low)
    }
}
