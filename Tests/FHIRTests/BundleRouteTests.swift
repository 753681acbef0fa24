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
