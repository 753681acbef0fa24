import ExchangeSchema
public import HealthStandards

/// Visits as a transaction, as ``BundleIntake`` reads them: each with its own Patient and Coverage, because they are what the
/// visit says and not what is known of the person since.
public enum VisitBundle {
    /// - Parameter facilityCode: MA_CSKCB of the sender, for visits that name none.
    public static func transaction(
        _ visits: [VisitRecord], facilityCode: String, systems: IdentifierSet
    ) -> FHIRValue {
        let naming = ResourceNaming(identifier: { _ in nil }, reference: { "urn:uuid:\(name($0))" })
        let context = MappingContext(naming: naming, systems: systems)
        var bundle = FHIRObject()
        bundle.set("resourceType", "Bundle")
        bundle.set("type", "transaction")
        bundle.set(
            "entry",
            visits.enumerated().flatMap { place, visit in
                resources(visit, UInt64(place), facilityCode, context).map { resource in
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
        _ visit: VisitRecord, _ place: UInt64, _ facilityCode: String, _ context: MappingContext
    ) -> [MappedResource] {
        let mapped = MappedVisit(visit)
        let record = RecordIdentifier(high: 0, low: place)
        let patient = ResourceKey(.patient, record: record)
        let person = PatientResource.write(mapped.summary, key: patient, .none, context)
        let cards = (CoverageResources.cards(mapped.summary) ?? []).enumerated().map { row, card in
            let key = ResourceKey(.coverage, record: record, row: UInt32(row))
            return MappedResource(
                key: key, value: CoverageResources.write(card, patient: patient, key: key, .none, context).value,
                lastUpdated: nil)
        }
        return [MappedResource(key: patient, value: person.value, lastUpdated: nil)] + cards
            + VisitMapping.resources(
                mapped, .init(record: record, facilityCode: facilityCode, patient: patient, stamp: .none), context)
    }

    /// A UUID in the form of version 8 (RFC 9562), unique in its Bundle.
    private static func name(_ key: ResourceKey) -> RecordIdentifier {
        RecordIdentifier(
            high: UInt64(key.row) << 32 | UInt64(key.type.number) << 16 | 0x8000,
            low: 0x8000_0000_0000_0000 | key.record.low)
    }
}
