import ExchangeSchema
import HealthStandards
import Testing

@testable import FHIRMapping

/// Bundles of others: what is understood, and where a fault stands.
@Suite struct BundleIntakeTests {
    static let patient =
        #"{"fullUrl":"urn:uuid:p","resource":{"resourceType":"Patient","identifier":[{"system":"http://fhir.hl7.org.vn/core/sid/cccd","value":"001180000101"}],"name":[{"family":"ĐỖ","given":["THỊ","MỘT"]}],"gender":"other","birthDate":"1980-03-15"},"request":{"method":"POST","url":"Patient"}}"#
    static let encounter =
        #"{"fullUrl":"urn:uuid:e","resource":{"resourceType":"Encounter","identifier":[{"system":"urn:closed-cycle:sid:ma-lk","value":"LK1"}],"status":"finished","class":{"code":"AMB"},"subject":{"reference":"urn:uuid:p"},"period":{"start":"2026-11-16T01:30:15Z","end":"2026-11-16T10:00:00+07:00"},"serviceProvider":{"identifier":{"value":"01999"}}},"request":{"method":"POST","url":"Encounter"}}"#

    static func bundle(_ entries: String..., type: String = "transaction") throws -> FHIRValue {
        try FHIRValue(
            json: Array(
                #"{"resourceType":"Bundle","type":"\#(type)","entry":[\#(entries.joined(separator: ","))]}"#.utf8))
    }

    @Test func aBundleOfSomebodyElseIsUnderstood() throws {
        let observation =
            #"{"resource":{"resourceType":"Observation","status":"final","code":{"coding":[{"system":"http://loinc.org","code":"6690-2"}],"text":"WBC"},"subject":{"reference":"urn:uuid:p"},"valueQuantity":{"value":7.10,"unit":"10*9/L"}},"request":{"method":"POST"}}"#
        let condition =
            #"{"resource":{"resourceType":"Condition","code":{"coding":[{"code":"J06.9"}],"text":"Viêm họng"},"subject":{"reference":"urn:uuid:p"},"encounter":{"reference":"urn:uuid:e"}},"request":{"method":"POST"}}"#
        let read = BundleIntake(try Self.bundle(Self.patient, Self.encounter, observation, condition))
        #expect(read.issues == [])
        guard case .visit(let visit)? = read.records.first?.content else {
            Issue.record("no visit")
            return
        }
        #expect(visit.administrative.hoTen == "ĐỖ THỊ MỘT" && visit.administrative.gioiTinh == "3")
        #expect(visit.insurance.ngayVao == "202611160830", "another zone, and seconds that no field can say")
        #expect(visit.clinical.maBenhChinh == "J06.9" && visit.clinical.chanDoanRv == "Viêm họng")
        let row = try #require(visit.details.results.first)
        #expect(row.maChiSo == "6690-2" && row.giaTri == "7.10" && row.stt == "1" && row.maLk == "LK1")
        let document = try Self.bundle(Self.patient, Self.encounter, type: "document")
        #expect(BundleIntake(document).records.count == 1)
    }

    static let immunization =
        #"{"resource":{"resourceType":"Immunization","identifier":[{"system":"urn:closed-cycle:sid:ma-lk","value":"TC1"}],"status":"completed","vaccineCode":{"coding":[{"system":"http://hl7.org/fhir/sid/cvx","code":"115","display":"Tdap"}]},"patient":{"reference":"urn:uuid:p"},"occurrenceDateTime":"2026-11-01","performer":[{"actor":{"reference":"Organization/01999"}}],"protocolApplied":[{"doseNumberPositiveInt":1}]},"request":{"method":"POST"}}"#
    static let check = encounter.replacing(
        #""status":"finished""#,
        with:
            #""status":"finished","type":[{"coding":[{"system":"urn:closed-cycle:cs:KHAMSUCKHOE","code":"KHAMSUCKHOE"}]}]"#
    )
    static let finding =
        #"{"resource":{"resourceType":"Observation","status":"final","code":{"coding":[{"system":"http://loinc.org","code":"8302-2"}]},"valueQuantity":{"value":168,"system":"http://unitsofmeasure.org","code":"cm"}},"request":{"method":"POST"}}"#

    @Test func vaccinationsAndHealthChecksOfSomebodyElseAreUnderstood() throws {
        let read = BundleIntake(try Self.bundle(Self.patient, Self.immunization, Self.check, Self.finding))
        #expect(read.issues == [] && read.records.map(\.facilityCode) == ["01999", "01999"])
        guard case .vaccination(let person, let given)? = read.records.first?.content,
            case .healthCheck(let made)? = read.records.last?.content
        else {
            Issue.record("\(read.records)")
            return
        }
        #expect(person.maLk == "TC1" && person.hoTen == "ĐỖ THỊ MỘT")
        #expect(
            given.maVacxin == "115" && given.tenVacxin == "Tdap" && given.soMui == "1" && given.ngayTiem == "20261101")
        #expect(made.check.xml10ChieuCao == "168" && made.check.ngayVao == "202611160830" && made.episodeCode == "LK1")
        #expect(
            read.records[0].expression(table: nil, row: nil, field: "HO_TEN") == "Bundle.entry[0].resource.name[0].text"
        )
        #expect(
            read.records[0].expression(table: nil, row: nil, field: "MA_VACXIN")
                == "Bundle.entry[1].resource.vaccineCode.coding")
        #expect(
            read.records[1].expression(table: "XML10", row: nil, field: "CHIEU_CAO") == "Bundle.entry[3].resource")
        #expect(
            read.records[1].expression(table: "XML2", row: nil, field: "DOI_TUONG")
                == "Bundle.entry[2].resource.extension('urn:closed-cycle:field:KHAMSUCKHOE.XML2.DOI_TUONG').value")
        #expect(
            read.records[1].expression(table: "XML1", row: nil, field: "MA_DAN_TOC")
                == "Bundle.entry[0].resource.extension('urn:closed-cycle:field:MA_DANTOC').value")
    }

    static let faults: [(String, [String], String)] = [
        ("collection", [patient], "Bundle.type"), ("transaction", [], "Bundle.entry"),
        ("transaction", ["{}"], "Bundle.entry[0].resource"),
        ("transaction", [#"{"resource":{"resourceType":"Device"}}"#], "Bundle.entry[0].resource"),
        ("transaction", [patient], "Bundle.entry"),
        ("transaction", [encounter], "Bundle.entry[0].resource.subject"),
        ("transaction", [patient, patient, encounter], "Bundle.entry[1].fullUrl"),
        ("transaction", [patient.replacing("POST", with: "DELETE"), encounter], "Bundle.entry[0].request.method"),
        (
            "transaction", [patient.replacing("1980-03-15", with: "15/3/1980"), encounter],
            "Bundle.entry[0].resource.birthDate"
        ),
        (
            "transaction", [patient, encounter.replacing("2026-11-16T01:30:15Z", with: "2026-11-16T01:30")],
            "Bundle.entry[1].resource.period.start"
        ),
        (
            "transaction",
            [
                patient, encounter,
                #"{"resource":{"resourceType":"Procedure","status":"completed","encounter":{"reference":"urn:uuid:x"}},"request":{"method":"POST"}}"#,
            ], "Bundle.entry[2].resource.encounter"
        ),
        ("transaction", [immunization], "Bundle.entry[0].resource.patient"),
        (
            "transaction", [patient, immunization.replacing("completed", with: "not-done")],
            "Bundle.entry[1].resource.status"
        ),
        (
            "transaction", [patient, check, finding.replacing("\"cm\"", with: "\"m\"")],
            "Bundle.entry[2].resource.value"
        ),
        ("transaction", [patient, check, finding, finding], "Bundle.entry[3].resource.code"),
        (
            "transaction",
            [
                patient, check,
                #"{"resource":{"resourceType":"Procedure","status":"completed"},"request":{"method":"POST"}}"#,
            ],
            "Bundle.entry[2].resource.encounter"
        ),
        (
            "transaction",
            [
                patient, check,
                #"{"resource":{"resourceType":"Condition","code":{"text":"x"}},"request":{"method":"POST"}}"#,
            ],
            "Bundle.entry[2].resource.code"
        ),
    ]

    @Test(arguments: faults) func aFaultIsNamedWithItsPlace(type: String, entries: [String], expression: String) throws
    {
        let value = try FHIRValue(
            json: Array(
                #"{"resourceType":"Bundle","type":"\#(type)","entry":[\#(entries.joined(separator: ","))]}"#.utf8))
        let read = BundleIntake(value)
        #expect(read.issues.map(\.expression) == [expression] && read.records.isEmpty, "\(read.issues)")
    }

    @Test func whatIsNoBundleIsSaid() throws {
        #expect(BundleIntake(.object([])).issues.map(\.expression) == ["Bundle"])
    }

    @Test func aFieldIsFoundAgainInItsResource() throws {
        let drug =
            #"{"resource":{"resourceType":"MedicationRequest","status":"completed","intent":"order","medicationCodeableConcept":{"text":"x"}},"request":{"method":"POST"}}"#
        let visit = try #require(BundleIntake(try Self.bundle(Self.patient, Self.encounter, drug)).records.first)
        #expect(visit.expression(table: "XML1", row: 1, field: "HO_TEN") == "Bundle.entry[0].resource.name[0].text")
        #expect(visit.expression(table: "XML1", row: 1, field: "NGAY_RA") == "Bundle.entry[1].resource.period.end")
        #expect(
            visit.expression(table: "XML2", row: 1, field: "MA_NHOM")
                == "Bundle.entry[2].resource.extension('urn:closed-cycle:field:MA_NHOM').value")
        #expect(visit.expression(table: nil, row: nil, field: nil) == "Bundle.entry[1].resource")
    }
}
