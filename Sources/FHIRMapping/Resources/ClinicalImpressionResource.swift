import HealthStandards

/// A row of XML5 as ClinicalImpression, which FHIR R4 defines as the record of a clinical assessment of a patient at a moment:
/// what a row of the course is. An Observation is of one measured thing, and a DocumentReference or Composition of a whole text.
enum ClinicalImpressionResource {
    static func write(
        _ row: NamedRow, patient: ResourceKey, encounter: ResourceKey, key: ResourceKey, _ stamp: ResourceStamp,
        _ context: MappingContext
    ) -> FHIRObject {
        var rest = FieldRest(row, elsewhere: ["MA_LK"])
        var object = context.head(key, stamp)
        let time = rest.take("THOI_DIEM_DBLS", as: FHIRTime.dateTime)
        let summary = rest.take("DIEN_BIEN_LS")
        let assessor = rest.take("NGUOI_THUC_HIEN") ?? ""
        let consultation = rest.take("HOI_CHAN")
        object.set("extension", rest.extensions())
        object.set("status", "completed")
        object.set("subject", context.reference(patient))
        object.set("encounter", context.reference(encounter))
        // The table has one time, which is both that of what was seen and the one by which FHIR searches.
        object.set("effectiveDateTime", time)
        object.set("date", time)
        if !assessor.isEmpty { object.set("assessor", context.named(.practitioner, assessor)) }
        object.set("summary", summary)
        object.set("note", [FHIRObject { $0.set("text", consultation) }])
        return object
    }

    static func read(_ impression: FHIRValue) -> NamedRow {
        var row = NamedRow(.xml5)
        let effective = impression.text("effectiveDateTime")
        row["THOI_DIEM_DBLS"] = FHIRTime.written(effective.isEmpty ? impression.text("date") : effective) ?? ""
        let summary = impression.text("summary")
        row["DIEN_BIEN_LS"] = summary.isEmpty ? impression.text("description") : summary
        row["NGUOI_THUC_HIEN"] = impression["assessor"]?["identifier"]?.text("value") ?? ""
        row["HOI_CHAN"] = impression["note"]?.elements.first?.text("text") ?? ""
        FieldRest.read(impression, into: &row)
        return row
    }
}
