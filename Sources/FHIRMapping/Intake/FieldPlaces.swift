import HealthStandards

/// Where the fields of Decision 130 stand in resources, for whoever is told of a fault.
enum FieldPlaces {
    /// The path below the resource, as FHIRPath. What has no place of its own stands in an extension.
    static func path(of field: String, in table: VisitTable) -> String {
        paths[table]?[field] ?? "extension('\(CodeSystem.fieldExtension(field))').value"
    }

    /// The path of a field of a vaccination below its Immunization, or below the Patient.
    static func path(ofVaccination field: String) -> String {
        vaccinationPaths[field] ?? paths[.xml1]?[field] ?? "extension('\(CodeSystem.fieldExtension(field))').value"
    }

    private static let vaccinationPaths = [
        "MA_LK": "identifier", "MA_VACXIN": "vaccineCode.coding", "TEN_VACXIN": "vaccineCode.text",
        "BENH_PHONG": "protocolApplied[0].targetDisease", "SO_MUI": "protocolApplied[0].doseNumber",
        "TONG_MUI": "protocolApplied[0].seriesDoses", "NGAY_TIEM": "occurrence", "SO_LO": "lotNumber",
        "DUONG_TIEM": "route.text", "VI_TRI_TIEM": "site.text", "MA_BAC_SI": "performer.actor.identifier",
        "GHI_CHU": "note[0].text",
    ]

    private static let paths: [VisitTable: [String: String]] = [
        .xml1: [
            "MA_LK": "identifier", "MA_BN": "identifier", "HO_TEN": "name[0].text", "SO_CCCD": "identifier",
            "NGAY_SINH": "birthDate", "GIOI_TINH": "gender", "DIA_CHI": "address[0].text",
            "MATINH_CU_TRU": "address[0].state", "MAHUYEN_CU_TRU": "address[0].district",
            "MAXA_CU_TRU": "address[0].city", "DIEN_THOAI": "telecom[0].value", "MA_HSBA": "identifier",
            "LY_DO_VV": "reasonCode[0].text", "CHAN_DOAN_VAO": "diagnosis", "CHAN_DOAN_RV": "diagnosis",
            "MA_BENH_CHINH": "diagnosis", "MA_BENH_KT": "diagnosis", "NGAY_VAO": "period.start",
            "NGAY_RA": "period.end",
            "SO_NGAY_DTRI": "length.value", "MA_LOAI_KCB": "type", "MA_LOAI_RV": "hospitalization.dischargeDisposition",
            "MA_NOI_DI": "hospitalization.origin", "MA_NOI_DEN": "hospitalization.destination",
            "MA_CSKCB": "serviceProvider",
        ],
        .xml2: [
            "MA_THUOC": "medication.coding", "TEN_THUOC": "medication.text", "LIEU_DUNG": "dosageInstruction[0].text",
            "CACH_DUNG": "dosageInstruction[0].patientInstruction", "DUONG_DUNG": "dosageInstruction[0].route",
            "SO_LUONG": "dispenseRequest.quantity.value", "DON_VI_TINH": "dispenseRequest.quantity.unit",
            "NGAY_YL": "authoredOn", "MA_BAC_SI": "requester.identifier",
        ],
        .xml3: [
            "MA_DICH_VU": "code.coding", "TEN_DICH_VU": "code.text", "MA_VAT_TU": "usedCode[0].coding",
            "TEN_VAT_TU": "usedCode[0].text", "NGAY_TH_YL": "performed", "NGAY_YL": "performed",
            "MA_BAC_SI": "performer[0].actor.identifier",
        ],
        .xml4: [
            "MA_CHI_SO": "code.coding", "MA_DICH_VU": "code.coding", "TEN_CHI_SO": "code.text", "GIA_TRI": "value",
            "DON_VI_DO": "value.unit", "KET_LUAN": "interpretation[0].text", "MO_TA": "note[0].text",
            "NGAY_KQ": "effective", "MA_BS_DOC_KQ": "performer.identifier",
        ],
        .xml5: [
            "DIEN_BIEN_LS": "summary", "THOI_DIEM_DBLS": "effective", "NGUOI_THUC_HIEN": "assessor.identifier",
            "HOI_CHAN": "note[0].text",
        ],
    ]

    /// Times of a resource that say something, but nothing that a field can hold: what is sent must not be lost in silence.
    static func unreadable(_ entry: BundleEntries.Entry) -> [OutcomeIssue] {
        var issues: [OutcomeIssue] = []
        for path in times[entry.type] ?? [] {
            let found = path.reduce(Optional(entry.resource)) { $0?[$1] }
            guard let found else { continue }
            let isDate = path == ["birthDate"]
            let isRead = found.string.map { (isDate ? FHIRTime.writtenBirthDate($0) : FHIRTime.written($0)) != nil }
            if isRead != true {
                issues.append(
                    OutcomeIssue(
                        "value",
                        isDate ? "this is no date of FHIR" : "this is no time of FHIR with a day, or lacks its zone",
                        at: entry.expression(path.joined(separator: "."))))
            }
        }
        return issues
    }

    private static let times: [FHIRType: [[String]]] = [
        .patient: [["birthDate"]], .encounter: [["period", "start"], ["period", "end"]],
        .coverage: [["period", "start"], ["period", "end"]], .medicationRequest: [["authoredOn"]],
        .procedure: [["performedDateTime"]], .observation: [["effectiveDateTime"]],
        .clinicalImpression: [["effectiveDateTime"], ["date"]], .immunization: [["occurrenceDateTime"]],
    ]
}
