import HealthStandards

/// Dates, kind and the rest of XML1 as Encounter.
enum EncounterResource {
    /// Fields of XML1 that other resources carry when a visit is written whole.
    static func carriedElsewhere(_ row: NamedRow) -> Set<String> {
        PatientResource.fields.union(ConditionResources.carried(row)).union(CoverageResources.carried(row))
            .union(WeightResource.carried(row))
    }

    /// - Parameters:
    ///   - sources: Records by which it was reported; none of a visit that is only being sent.
    ///   - diagnoses: The conditions, with their roles.
    static func write(
        _ row: NamedRow, sources: [String], facilityCode: String, diagnoses: [ConditionResources.Diagnosis],
        patient: ResourceKey, key: ResourceKey, _ stamp: ResourceStamp, _ context: MappingContext
    ) -> FHIRObject {
        var rest = FieldRest(row, elsewhere: carriedElsewhere(row))
        var object = context.head(key, stamp)
        var identifiers = [
            context.identifier(.visit, rest.take("MA_LK") ?? ""),
            context.identifier(.medicalRecord, rest.take("MA_HSBA") ?? ""),
        ]
        identifiers += sources.map { source in
            FHIRObject {
                $0.set("system", "urn:ietf:rfc:3986")
                $0.set("value", "urn:uuid:\(source)")
            }
        }
        let kind = rest.take("MA_LOAI_KCB", as: MappingContext.code) ?? ""
        let reason = rest.take("LY_DO_VV") ?? ""
        let start = rest.take("NGAY_VAO", as: FHIRTime.dateTime)
        let end = rest.take("NGAY_RA", as: FHIRTime.dateTime)
        let days = rest.take("SO_NGAY_DTRI", as: { FHIRValue.isPlainDecimal($0) ? $0 : nil })
        let stay = FHIRObject {
            $0.set("origin", context.named(.facility, rest.take("MA_NOI_DI") ?? ""))
            $0.set("destination", context.named(.facility, rest.take("MA_NOI_DEN") ?? ""))
            $0.set(
                "dischargeDisposition",
                MappingContext.concept(
                    CodeSystem.field("MA_LOAI_RV"), rest.take("MA_LOAI_RV", as: MappingContext.code) ?? ""))
        }
        let provider = rest.take("MA_CSKCB") ?? facilityCode
        object.set("extension", rest.extensions())
        object.set("identifier", identifiers)
        object.set("status", "finished")
        object.set("class", encounterClass(kind))
        object.set(
            "type", [kind.isEmpty ? FHIRObject() : MappingContext.concept(CodeSystem.field("MA_LOAI_KCB"), kind)])
        object.set("subject", context.reference(patient))
        object.set(
            "period",
            FHIRObject {
                $0.set("start", start)
                $0.set("end", end)
            })
        if let days {
            object.set(
                "length",
                FHIRObject {
                    $0.set("value", number: days)
                    $0.set("unit", "ngày")
                    $0.set("system", CodeSystem.unitsOfMeasure)
                    $0.set("code", "d")
                })
        }
        object.set("reasonCode", [FHIRObject { $0.set("text", reason) }])
        object.set("diagnosis", diagnoses.map { $0.reference(context) })
        object.set("hospitalization", stay)
        if !provider.isEmpty { object.set("serviceProvider", MappingContext.organization(provider)) }
        return object
    }

    /// Puts what an Encounter says into XML1; not whose it is, nor where.
    static func read(_ encounter: FHIRValue, into row: inout NamedRow) {
        for entry in encounter["identifier"]?.elements ?? [] {
            if IdentifierKind.visit.isNamed(by: entry.text("system")) { row["MA_LK"] = entry.text("value") }
            if IdentifierKind.medicalRecord.isNamed(by: entry.text("system")) { row["MA_HSBA"] = entry.text("value") }
        }
        row["MA_LOAI_KCB"] =
            encounter["type"]?.elements.compactMap {
                ConceptReading.code($0, CodeSystem.field("MA_LOAI_KCB"))
            }.first ?? ""
        row["LY_DO_VV"] = encounter["reasonCode"]?.elements.first?.text("text") ?? ""
        row["NGAY_VAO"] = FHIRTime.written(encounter["period"]?.text("start") ?? "") ?? ""
        row["NGAY_RA"] = FHIRTime.written(encounter["period"]?.text("end") ?? "") ?? ""
        if case .number(let days)? = encounter["length"]?["value"] { row["SO_NGAY_DTRI"] = days }
        if let stay = encounter["hospitalization"] {
            row["MA_NOI_DI"] = stay["origin"]?["identifier"]?.text("value") ?? ""
            row["MA_NOI_DEN"] = stay["destination"]?["identifier"]?.text("value") ?? ""
            row["MA_LOAI_RV"] =
                stay["dischargeDisposition"].flatMap { ConceptReading.code($0, CodeSystem.field("MA_LOAI_RV")) } ?? ""
        }
        FieldRest.read(encounter, into: &row)
    }

    /// Whether the person lies in the facility, is at home, or elsewhere (Decision 824/QD-BYT and 1804/QD-BYT).
    private static func encounterClass(_ kind: String) -> FHIRObject {
        let (code, display) =
            switch kind {
            case "03", "04", "06", "09": ("IMP", "inpatient encounter")
            case "11": ("FLD", "field")
            case "12": ("HH", "home health")
            case "14": ("VR", "virtual")
            default: ("AMB", "ambulatory")
            }
        return MappingContext.coding(CodeSystem.actCode, code, display: display)
    }
}

/// Reads codes.
enum ConceptReading {
    /// The code of a system; where only one coding is there and it names none, that one.
    static func code(_ concept: FHIRValue, _ system: String) -> String? {
        let codings = concept["coding"]?.elements ?? []
        if let found = codings.first(where: { $0.text("system") == system }) { return found["code"]?.string }
        return codings.count == 1 && codings[0]["system"] == nil ? codings[0]["code"]?.string : nil
    }
}
