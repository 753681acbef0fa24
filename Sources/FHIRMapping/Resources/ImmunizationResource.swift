import ExchangeSchema

/// A vaccination as Immunization. Its fields are simulator-defined here, so what FHIR has no place for is carried by name.
enum ImmunizationResource {
    static func write(
        _ given: Vaccination, facilityCode: String, patient: ResourceKey, key: ResourceKey, _ stamp: ResourceStamp,
        _ context: MappingContext
    ) -> FHIRObject {
        var object = context.head(key, stamp)
        var rest: [(String, String)] = [("NGAY_HEN", given.ngayHen), ("PHAN_UNG", given.phanUng)]
        let time = FHIRTime.dateTime(given.ngayTiem)
        if time == nil { rest.append(("NGAY_TIEM", given.ngayTiem)) }
        let vaccine = MappingContext.concept(
            CodeSystem.field("MA_VACXIN"), MappingContext.code(given.maVacxin) ?? "", text: given.tenVacxin)
        object.set(
            "extension",
            rest.filter { !$0.1.isEmpty }.map { name, value in
                FHIRObject {
                    $0.set("url", CodeSystem.fieldExtension(name))
                    $0.set("valueString", value)
                }
            })
        object.set("status", "completed")
        object.set("vaccineCode", vaccine.isEmpty ? MappingContext.unknown : vaccine)
        object.set("patient", context.reference(patient))
        // FHIR demands a time in one of two forms; where it cannot be read it stands as it was written.
        if let time { object.set("occurrenceDateTime", time) } else { object.set("occurrenceString", given.ngayTiem) }
        object.set("primarySource", boolean: true)
        object.set("lotNumber", given.soLo)
        object.set("site", FHIRObject { $0.set("text", given.viTriTiem) })
        object.set("route", FHIRObject { $0.set("text", given.duongTiem) })
        object.set(
            "performer",
            [
                FHIRObject {
                    if !facilityCode.isEmpty { $0.set("actor", MappingContext.organization(facilityCode)) }
                },
                FHIRObject {
                    if !given.maBacSi.isEmpty { $0.set("actor", context.named(.practitioner, given.maBacSi)) }
                },
            ])
        object.set("note", [FHIRObject { $0.set("text", given.ghiChu) }])
        object.set("protocolApplied", [dose(given)])
        return object
    }

    /// The dose in its series. FHIR takes a positive number or a text, and wants the dose's whenever a series is named.
    private static func dose(_ given: Vaccination) -> FHIRObject {
        guard !given.soMui.isEmpty else { return FHIRObject() }
        func set(_ name: String, _ value: String, in object: inout FHIRObject) {
            if let number = Int32(value), number > 0, String(number) == value {
                object.set("\(name)PositiveInt", number: value)
            } else {
                object.set("\(name)String", value)
            }
        }
        return FHIRObject {
            $0.set(
                "targetDisease",
                given.benhPhong.split(separator: ";").map { disease in FHIRObject { $0.set("text", String(disease)) } })
            set("doseNumber", given.soMui, in: &$0)
            if !given.tongMui.isEmpty { set("seriesDoses", given.tongMui, in: &$0) }
        }
    }
}
