import DoorHouse
import DoorTestSupport
import ExchangeSchema
import FHIRMapping
import Foundation
import HealthStandards
import Testing

@testable import FHIR

/// The door at the facility: Bundles are judged as envelopes are, and taken in once or not at all.
@Suite struct BundleRouteTests {
    private static let token = "token-of-a-facility"

    private func door(_ inbox: StandInParty) throws -> FHIRFacility {
        var settings = FHIRSettings()
        settings.accounts = [
            FHIRAccount(name: "BV", token: Self.token, role: .facility, code: "01999"),
            FHIRAccount(name: "BYT", token: "token-of-the-ministry", role: .ministry),
        ]
        return try FHIRFacility(settings, facility: [inbox.directory], patience: .milliseconds(200))
    }

    private func post(
        _ body: [UInt8], to door: FHIRFacility, token: String? = token, type: String = "application/fhir+json"
    ) async throws -> (status: Int, value: FHIRValue) {
        var headers = ["content-type": type]
        if let token { headers["authorization"] = "Bearer \(token)" }
        let route = try #require(door.routes.first { $0.method == "POST" })
        let answer = await route.handle(
            DoorRequest(receivedAt: 1_795_200_000_000, path: "/facility/fhir", headers: headers, body: body))
        return (answer.status, try FHIRValue(json: answer.body))
    }

    /// The visits that are shipped.
    private static func visits() throws -> [VisitRecord] {
        var place = #filePath as NSString
        for _ in 0..<3 { place = place.deletingLastPathComponent as NSString }
        let path = place.appendingPathComponent("topology/people/visits.xml")
        return try EnvelopeReader.read(Array(try Data(contentsOf: URL(fileURLWithPath: path)))).visits
    }

    private func statuses(_ value: FHIRValue) -> Set<String> {
        Set((value["entry"]?.elements ?? []).compactMap { $0["response"]?["status"]?.string })
    }

    @Test func visitsAreTakenInOnce() async throws {
        let facility = StandInFacility()
        let inbox = try StandInParty { facility.answer($0, $1) }
        defer { inbox.close() }
        let door = try door(inbox)
        let bundle = VisitBundle.transaction(try Self.visits(), facilityCode: "01999", systems: .moh)
        let first = try await post(bundle.json, to: door)
        #expect(first.status == 200 && first.value["type"]?.string == "transaction-response", "\(first.value)")
        #expect(first.value["entry"]?.elements.count == bundle["entry"]?.elements.count)
        #expect(statuses(first.value) == ["201 Created"])
        let again = try await post(bundle.json, to: door)
        #expect(again.status == 200 && statuses(again.value) == ["200 OK"] && facility.commands == 2)
        var changed = try Self.visits()
        for place in changed.indices { changed[place].clinical.ghiChu = "khác" }
        let other = try await post(
            VisitBundle.transaction(changed, facilityCode: "01999", systems: .moh).json, to: door)
        #expect(other.status == 409 && statuses(other.value) == ["409 Conflict"])
    }

    @Test func aFaultOfOneVisitKeepsAllBackAndIsFoundInItsResource() async throws {
        let facility = StandInFacility()
        let inbox = try StandInParty { facility.answer($0, $1) }
        defer { inbox.close() }
        var visits = try Self.visits()
        visits[1].administrative.hoTen = ""
        visits[2].details.drugs[0].maNhom = "x"
        let bundle = VisitBundle.transaction(visits, facilityCode: "01999", systems: .moh)
        let (status, value) = try await post(bundle.json, to: try door(inbox))
        let issues = value["issue"]?.elements ?? []
        let places = issues.compactMap { $0["expression"]?.elements.first?.string }
        #expect(status == 422 && facility.commands == 0 && issues.count == 2, "\(value)")
        let entries = bundle["entry"]?.elements ?? []
        func type(_ expression: String) -> String? {
            let number = expression.drop { $0 != "[" }.dropFirst().prefix { $0 != "]" }
            return Int(number).flatMap { entries[$0]["resource"]?["resourceType"]?.string }
        }
        #expect(places.map(type) == ["Patient", "MedicationRequest"], "\(places)")
        #expect(places.first?.hasSuffix("name[0].text") == true)
        #expect(places.last?.hasSuffix("extension('urn:closed-cycle:field:MA_NHOM').value") == true)
    }

    private static func events() -> (HealthCheckRecord, AdministrativeBlock, Vaccination) {
        var person = AdministrativeBlock()
        (person.maLk, person.stt, person.hoTen, person.ngaySinh) = ("TC1", "1", "TRẦN THỊ HAI THẺ", "198005040000")
        (person.soCccd, person.gioiTinh, person.matinhCuTru) = ("001180000101", "2", "01")
        var dose = Vaccination()
        (dose.maVacxin, dose.soMui, dose.ngayTiem) = ("VX-CUM", "1", "202611200910")
        var check = HealthCheckRecord(administrative: person)
        check.administrative.maLk = "SK1"
        (check.administrative.maDantoc, check.administrative.diaChi) = ("01", "Tổ 1")
        check.administrative.maxaCuTru = "00004"
        (check.check.maCskcb, check.check.doiTuong, check.check.nguonChiTra) = ("01999", "13", "4")
        (check.check.maLoaiKcb, check.check.ngayVao, check.check.xml12PhanLoaiSk) = ("15", "202611200910", "2")
        return (check, person, dose)
    }

    @Test func vaccinationsAndHealthChecksAreTakenInOnceByTheirOwnRules() async throws {
        let facility = StandInFacility()
        let inbox = try StandInParty { facility.answer($0, $1) }
        defer { inbox.close() }
        let door = try door(inbox)
        let (check, person, dose) = Self.events()
        func send(
            _ check: HealthCheckRecord, _ person: AdministrativeBlock, _ dose: Vaccination
        ) async throws -> (status: Int, value: FHIRValue) {
            let bundle = VisitBundle.transaction(
                [.vaccination(person, dose), .healthCheck(check)], facilityCode: "01999", systems: .local)
            return try await post(bundle.json, to: door)
        }
        let first = try await send(check, person, dose)
        #expect(first.status == 200 && statuses(first.value) == ["201 Created"], "\(first.value)")
        #expect(facility.revision("TC1") == 1 && facility.revision("SK1") == 1 && facility.commands == 1)
        #expect(statuses(try await send(check, person, dose).value) == ["200 OK"])
        var other = dose
        other.soLo = "khác"
        let conflict = try await send(check, person, other)
        #expect(conflict.status == 200 && statuses(conflict.value) == ["200 OK", "409 Conflict"], "\(conflict.value)")
        // Each kind by its own rules, and nothing is handed on.
        var (bad, nobody, none) = Self.events()
        (bad.check.doiTuong, nobody.hoTen, none.soMui) = ("", "", "100")
        let refused = try await send(bad, nobody, none)
        let places = (refused.value["issue"]?.elements ?? []).compactMap { $0["expression"]?.elements.first?.string }
        #expect(refused.status == 422 && facility.commands == 3, "\(refused.value)")
        #expect(
            Set(places) == [
                "Bundle.entry[0].resource.name[0].text", "Bundle.entry[1].resource.protocolApplied[0].doseNumber",
                "Bundle.entry[3].resource.extension('urn:closed-cycle:field:KHAMSUCKHOE.XML2.DOI_TUONG').value",
            ], "\(places)")
        var same = check
        same.administrative.maLk = "TC1"
        #expect(try await send(same, person, dose).status == 422)
        let foreign = VisitBundle.transaction([.vaccination(person, dose)], facilityCode: "01998", systems: .local)
        #expect(try await post(foreign.json, to: door).status == 403)
    }

    @Test func whoMayNotSendIsToldWhy() async throws {
        let facility = StandInFacility()
        let inbox = try StandInParty { facility.answer($0, $1) }
        defer { inbox.close() }
        let door = try door(inbox)
        let bundle = VisitBundle.transaction(try Self.visits(), facilityCode: "01999", systems: .moh).json
        #expect(try await post(bundle, to: door, token: nil).status == 401)
        #expect(try await post(bundle, to: door, token: "token-of-the-ministry").status == 403)
        #expect(try await post(bundle, to: door, type: "text/plain").status == 415)
        #expect(try await post(Array("{".utf8), to: door).status == 400)
        #expect(try await post(Array("{}".utf8), to: door).status == 422)
        var foreign = try Self.visits()
        foreign[0].insurance.maCskcb = "01998"
        let other = try await post(
            VisitBundle.transaction(foreign, facilityCode: "01999", systems: .moh).json, to: door)
        #expect(other.status == 403 && facility.commands == 0)
        inbox.close()
        #expect(try await post(bundle, to: door).status == 503)
    }
}
