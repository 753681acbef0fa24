import ExchangeSchema

/// A vaccination as Immunization. Its fields are simulator-defined here, so what FHIR has no place for is carried by name.
enum ImmunizationResource {
    /// - Parameter number: The facility's number for it; empty where it is not told.
    static func write(
        _ given: Vaccination, number: String = "", facilityCode: String, patient: ResourceKey, key: ResourceKey,
        _ stamp: ResourceStamp, _ context: MappingContext
    ) -> FHIRObject {
        var object = context.head(key, stamp)
        let time = FHIRTime.dateTime(given.ngayTiem)
        let code = MappingContext.code(given.maVacxin)
        let diseases = diseases(given.benhPhong)
        let hasDose = !given.soMui.isEmpty
        let rest: [(String, String)] = [
            ("MA_VACXIN", code == nil ? given.maVacxin : ""),
            ("BENH_PHONG", hasDose && diseases != nil ? "" : given.benhPhong),
            ("TONG_MUI", hasDose ? "" : given.tongMui), ("NGAY_TIEM", time == nil ? given.ngayTiem : ""),
            ("NGAY_HEN", given.ngayHen), ("PHAN_UNG", given.phanUng),
        ]
        let vaccine = MappingContext.concept(CodeSystem.field("MA_VACXIN"), code ?? "", text: given.tenVacxin)
        object.set(
            "extension",
            rest.filter { !$0.1.isEmpty }.map { name, value in
                FHIRObject {
                    $0.set("url", CodeSystem.fieldExtension(name))
                    $0.set("valueString", value)
                }
            })
        object.set("identifier", [context.identifier(.visit, number)])
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
        object.set("protocolApplied", [dose(given, diseases ?? [])])
        return object
    }

    /// The dose in its series. FHIR takes a positive number or a text, and wants the dose's whenever a series is named.
    private static func dose(_ given: Vaccination, _ diseases: [String]) -> FHIRObject {
        guard !given.soMui.isEmpty else { return FHIRObject() }
        func set(_ name: String, _ value: String, in object: inout FHIRObject) {
            if let number = Int32(value), number > 0, String(number) == value {
                object.set("\(name)PositiveInt", number: value)
            } else {
                object.set("\(name)String", value)
            }
        }
        return FHIRObject {
            $0.set("targetDisease", diseases.map { disease in FHIRObject { $0.set("text", disease) } })
            set("doseNumber", given.soMui, in: &$0)
            if !given.tongMui.isEmpty { set("seriesDoses", given.tongMui, in: &$0) }
        }
    }

    /// Diseases that are joined by `;`; nil where they would not come back as they were written.
    private static func diseases(_ written: String) -> [String]? {
        if written.isEmpty { return [] }
        let diseases = written.split(separator: ";", omittingEmptySubsequences: false).map(String.init)
        return diseases.contains("") ? nil : diseases
    }

    static func read(_ immunization: FHIRValue) -> Vaccination {
        var given = Vaccination()
        let vaccine = immunization["vaccineCode"]
        given.maVacxin = vaccine.flatMap { ConceptReading.code($0, CodeSystem.field("MA_VACXIN")) } ?? ""
        // A code of another list, of which CVX is FHIR's example, names the vaccine all the same.
        if given.maVacxin.isEmpty { given.maVacxin = vaccine?["coding"]?.elements.first?.text("code") ?? "" }
        given.tenVacxin = vaccine?.text("text") ?? ""
        if given.tenVacxin.isEmpty { given.tenVacxin = vaccine?["coding"]?.elements.first?.text("display") ?? "" }
        given.ngayTiem =
            FHIRTime.written(immunization.text("occurrenceDateTime")) ?? immunization.text("occurrenceString")
        given.soLo = immunization.text("lotNumber")
        given.viTriTiem = words(immunization["site"])
        given.duongTiem = words(immunization["route"])
        given.maBacSi =
            (immunization["performer"]?.elements ?? []).compactMap { $0["actor"]?["identifier"] }
            .first { IdentifierKind.practitioner.isNamed(by: $0.text("system")) }?.text("value") ?? ""
        given.ghiChu = immunization["note"]?.elements.first?.text("text") ?? ""
        if let applied = immunization["protocolApplied"]?.elements.first {
            given.benhPhong = (applied["targetDisease"]?.elements ?? []).map(words).joined(separator: ";")
            given.soMui = number("doseNumber", in: applied)
            given.tongMui = number("seriesDoses", in: applied)
        }
        readExtensions(immunization, into: &given)
        return given
    }

    private static func readExtensions(_ immunization: FHIRValue, into given: inout Vaccination) {
        for entry in immunization["extension"]?.elements ?? [] {
            let value = entry.text("valueString")
            switch entry.text("url").dropFirst(CodeSystem.extensionPrefix.count) {
            case _ where !entry.text("url").hasPrefix(CodeSystem.extensionPrefix): continue
            case "MA_VACXIN": given.maVacxin = value
            case "BENH_PHONG": given.benhPhong = value
            case "TONG_MUI": given.tongMui = value
            case "NGAY_TIEM": given.ngayTiem = value
            case "NGAY_HEN": given.ngayHen = value
            case "PHAN_UNG": given.phanUng = value
            default: continue
            }
        }
    }

    private static func words(_ concept: FHIRValue?) -> String {
        guard let concept else { return "" }
        let text = concept.text("text")
        guard text.isEmpty, let coding = concept["coding"]?.elements.first else { return text }
        return coding.text("display").isEmpty ? coding.text("code") : coding.text("display")
    }

    private static func number(_ name: String, in applied: FHIRValue) -> String {
        if case .number(let digits)? = applied["\(name)PositiveInt"] { return digits }
        return applied.text("\(name)String")
    }
}
