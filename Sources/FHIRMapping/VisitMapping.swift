import ExchangeSchema
import HealthStandards

/// A visit as resources: what is read from a book and what a facility sends are written by the same rules.
enum VisitMapping {
    /// What of a visit is not in its tables.
    struct Surroundings {
        var record: RecordIdentifier
        /// Records by which it was reported.
        var sources: [String] = []
        var facilityCode = ""
        var patient: ResourceKey
        var stamp: ResourceStamp
    }

    /// Encounter, Condition, MedicationRequest, Procedure, Observation, ClinicalImpression and Composition, in this order.
    static func resources(
        _ visit: MappedVisit, _ about: Surroundings, _ context: MappingContext
    ) -> [MappedResource] {
        let (row, stamp, patient) = (visit.summary, about.stamp, about.patient)
        let encounter = ResourceKey(.encounter, record: about.record)
        let diagnoses = ConditionResources.diagnoses(row, record: about.record)
        var found: [MappedResource] = []
        func add(_ key: ResourceKey, _ object: FHIRObject) {
            found.append(MappedResource(key: key, value: object.value, lastUpdated: stamp.time))
        }
        add(
            encounter,
            EncounterResource.write(
                row, sources: about.sources, facilityCode: about.facilityCode, diagnoses: diagnoses, patient: patient,
                key: encounter, stamp, context))
        let (start, end) = (FHIRTime.dateTime(row["NGAY_VAO"]), FHIRTime.dateTime(row["NGAY_RA"]))
        for diagnosis in diagnoses {
            add(
                diagnosis.key,
                ConditionResources.write(
                    diagnosis, patient: patient, encounter: encounter,
                    recorded: diagnosis.role == "AD" ? start : end ?? start, stamp, context))
        }
        func keys(_ type: FHIRType, _ rows: [[String]]) -> [ResourceKey] {
            var numbers = RowNumbers()
            return rows.map { ResourceKey(type, record: about.record, row: numbers.number($0)) }
        }
        for (drug, key) in zip(
            visit.drugs, keys(.medicationRequest, visit.drugs.map { [$0["STT"], $0["MA_THUOC"], $0["NGAY_YL"]] }))
        {
            add(
                key,
                MedicationRequestResource.write(
                    drug, patient: patient, encounter: encounter, key: key, stamp, context))
        }
        for (service, key) in zip(
            visit.services,
            keys(.procedure, visit.services.map { [$0["STT"], $0["MA_DICH_VU"], $0["MA_VAT_TU"], $0["NGAY_YL"]] }))
        {
            add(
                key,
                ProcedureResource.write(service, patient: patient, encounter: encounter, key: key, stamp, context))
        }
        if let weight = WeightResource.value(row) {
            let key = ResourceKey(.observation, record: about.record)
            add(
                key,
                WeightResource.write(
                    weight, at: start, patient: patient, encounter: encounter, key: key, stamp, context))
        }
        for (result, key) in zip(
            visit.results,
            keys(
                .observation,
                visit.results.map { [$0.row["STT"], $0.row["MA_DICH_VU"], $0.row["MA_CHI_SO"], $0.row["NGAY_KQ"]] }))
        {
            add(
                key,
                ResultResource.write(result, patient: patient, encounter: encounter, key: key, stamp, context))
        }
        for (step, key) in zip(
            visit.course, keys(.clinicalImpression, visit.course.map { [$0["STT"], $0["THOI_DIEM_DBLS"]] }))
        {
            add(
                key,
                ClinicalImpressionResource.write(
                    step, patient: patient, encounter: encounter, key: key, stamp, context))
        }
        if let summary = visit.recordSummary {
            let key = ResourceKey(.composition, record: about.record)
            add(
                key,
                RecordSummaryResource.write(
                    summary, facilityCode: row["MA_CSKCB"].isEmpty ? about.facilityCode : row["MA_CSKCB"],
                    patient: patient, encounter: encounter, key: key, stamp, context))
        }
        return found
    }
}
