import ExchangeSchema
import HealthStandards

/// A health check as resources: what is read from a book and what a facility sends are written by the same rules.
///
/// | tables of the annex                    | resource                                                            |
/// |----------------------------------------|---------------------------------------------------------------------|
/// | XML1 beside the person, XML2           | Encounter, of a kind of its own                                     |
/// | KET_LUAN_BENH of XML8 and XML12        | Condition, each code one                                            |
/// | all others of XML3 to XML10, and XML12 | Observation, each field one, named by its place in the annex        |
/// | XML11                                  | Observation, as a row of XML4                                       |
enum HealthCheckMapping {
    /// Encounter, Condition and Observation, in this order.
    static func resources(
        _ record: HealthCheckRecord, _ about: VisitMapping.Surroundings, _ context: MappingContext
    ) -> [MappedResource] {
        let (stamp, patient) = (about.stamp, about.patient)
        let check = NamedHealthCheck(record.check)
        let encounter = ResourceKey(.encounter, record: about.record)
        let diagnoses = diagnoses(check, record: about.record)
        let provider = check[.facility].isEmpty ? about.facilityCode : check[.facility]
        let time = FHIRTime.dateTime(check[.time])
        var found: [MappedResource] = []
        func add(_ key: ResourceKey, _ object: FHIRObject) {
            found.append(MappedResource(key: key, value: object.value, lastUpdated: stamp.time))
        }
        add(
            encounter,
            HealthCheckEncounter.write(
                check, number: record.episodeCode, sources: about.sources, facilityCode: provider,
                diagnoses: diagnoses.map(\.diagnosis), patient: patient, key: encounter, stamp, context))
        for (field, diagnosis) in diagnoses {
            add(
                diagnosis.key,
                ConditionResources.write(
                    diagnosis, field: field, patient: patient, encounter: encounter, recorded: time, stamp, context))
        }
        var numbers = RowNumbers()
        for (name, value) in check.filled where Finding.isOne(name, value) {
            let key = ResourceKey(.observation, record: about.record, row: numbers.number([name.text]))
            add(
                key,
                Finding.write(
                    name, value, at: time, facilityCode: provider, patient: patient, encounter: encounter, key: key,
                    stamp, context))
        }
        for result in record.results.map({ NamedRow($0) }) {
            let parts = ["STT", "MA_DICH_VU", "MA_CHI_SO", "NGAY_KQ"].map { result[$0] }
            let key = ResourceKey(.observation, record: about.record, row: numbers.number(parts))
            add(
                key,
                ResultResource.write(
                    .init(row: result, facilityCodes: provider.isEmpty ? [] : [provider]), patient: patient,
                    encounter: encounter, key: key, stamp, context))
        }
        return found
    }

    /// The codes of both conclusions, each with the field that says it.
    private static func diagnoses(
        _ check: NamedHealthCheck, record: RecordIdentifier
    ) -> [(field: NamedHealthCheck.Name, diagnosis: ConditionResources.Diagnosis)] {
        var numbers = RowNumbers()
        var found: [(field: NamedHealthCheck.Name, diagnosis: ConditionResources.Diagnosis)] = []
        for field in NamedHealthCheck.Name.conclusions {
            for code in ConditionResources.codes(check[field]) ?? [] {
                let key = ResourceKey(.condition, record: record, row: numbers.number([field.text, code]))
                found.append((field, .init(key: key, role: "", rank: found.count + 1, code: code, text: "")))
            }
        }
        return found
    }
}

extension NamedHealthCheck.Name {
    /// MA_CSKCB.
    static let facility = Self("XML2", "MA_CSKCB")
    /// NGAY_VAO: when the check was made.
    static let time = Self("XML2", "NGAY_VAO")
    /// MA_LOAI_KCB.
    static let visitKind = Self("XML2", "MA_LOAI_KCB")
    /// KET_LUAN_BENH: codes of ICD-10, of the form from six years on and of the one under it.
    static let conclusions = [Self("XML12", "KET_LUAN_BENH"), Self("XML8", "KET_LUAN_BENH")]

    /// Whether it stands in the Encounter.
    var isOfEncounter: Bool { table == "XML1" || table == "XML2" }
}

/// Time, place and kind of a health check as Encounter, and what of XML1 and XML2 FHIR has no place for.
enum HealthCheckEncounter {
    static func write(
        _ check: NamedHealthCheck, number: String, sources: [String], facilityCode: String,
        diagnoses: [ConditionResources.Diagnosis], patient: ResourceKey, key: ResourceKey, _ stamp: ResourceStamp,
        _ context: MappingContext
    ) -> FHIRObject {
        let time = FHIRTime.dateTime(check[.time])
        let kind = MappingContext.code(check[.visitKind]) ?? ""
        var taken: Set<NamedHealthCheck.Name> = [.facility]
        if time != nil { taken.insert(.time) }
        if !kind.isEmpty { taken.insert(.visitKind) }
        var object = context.head(key, stamp)
        object.set(
            "extension",
            check.filled.filter { $0.name.isOfEncounter && !taken.contains($0.name) }.map { name, value in
                FHIRObject {
                    $0.set("url", extensionPrefix + name.text)
                    $0.set("valueString", value)
                }
            })
        object.set(
            "identifier",
            [context.identifier(.visit, number)]
                + sources.map { source in
                    FHIRObject {
                        $0.set("system", "urn:ietf:rfc:3986")
                        $0.set("value", "urn:uuid:\(source)")
                    }
                })
        object.set("status", "finished")
        object.set("class", MappingContext.coding(CodeSystem.actCode, "AMB", display: "ambulatory"))
        object.set(
            "type",
            [
                MappingContext.concept(
                    CodeSystem.healthCheck, CodeSystem.healthCheckKind, display: "Khám sức khỏe"),
                MappingContext.concept(CodeSystem.field("MA_LOAI_KCB"), kind),
            ])
        object.set("subject", context.reference(patient))
        // A check has one time. Without an end it would still be going on.
        object.set(
            "period",
            FHIRObject {
                $0.set("start", time)
                $0.set("end", time)
            })
        object.set("diagnosis", diagnoses.map { $0.reference(context) })
        if !facilityCode.isEmpty { object.set("serviceProvider", MappingContext.organization(facilityCode)) }
        return object
    }

    /// Whether an Encounter is a health check.
    static func isOne(_ encounter: FHIRValue) -> Bool {
        encounter["type"]?.elements.contains {
            ConceptReading.code($0, CodeSystem.healthCheck) == CodeSystem.healthCheckKind
        } ?? false
    }

    /// Puts what an Encounter says into a check; not where it was made.
    static func read(_ encounter: FHIRValue, into check: inout NamedHealthCheck) {
        check[.visitKind] =
            encounter["type"]?.elements.compactMap { ConceptReading.code($0, CodeSystem.field("MA_LOAI_KCB")) }.first
            ?? ""
        check[.time] = FHIRTime.written(encounter["period"]?.text("start") ?? "") ?? ""
        for entry in encounter["extension"]?.elements ?? [] where entry.text("url").hasPrefix(extensionPrefix) {
            if let name = NamedHealthCheck.Name(String(entry.text("url").dropFirst(extensionPrefix.count))) {
                check[name] = entry.text("valueString")
            }
        }
    }

    /// The extension that carries a field.
    static let extensionPrefix = CodeSystem.fieldExtension("KHAMSUCKHOE.")
}
