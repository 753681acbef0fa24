import DoorHouse
import ExchangeSchema
import FHIRMapping
import Foundation
import HealthStandards
import Inbox
import PartyCore
import Synchronization
import Testing

@testable import FHIR

/// The door at the facility: Bundles are judged as envelopes are, and taken in once or not at all.
@Suite struct BundleRouteTests {
    private static let token = "token-of-a-facility"

    /// A facility that takes in what is new, and knows what it has.
    private final class Facility: Sendable {
        private struct State {
            var contents: [String: [UInt8]] = [:]
            var commands = 0
        }

        let directory: String
        private let server: InboxServer
        private let clerk: Task<Void, Never>
        private let state: Mutex<State>

        var commands: Int { state.withLock { $0.commands } }

        init() throws {
            let directory = NSTemporaryDirectory() + "facility-\(UUID().uuidString)"
            try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
            self.directory = directory
            let (arrivals, arrival) = AsyncStream.makeStream(of: Void.self)
            let server = try InboxServer(directory: directory) { arrival.yield() }
            self.server = server
            state = Mutex(State())
            let box = Box()
            clerk = Task {
                for await _ in arrivals {
                    for command in server.take() {
                        guard let request = try? SubmitVisits(decoding: command.payload) else {
                            command.refuse("not now")
                            continue
                        }
                        command.finish(box.owner.withLock { $0 }?.answer(request).encoded ?? [])
                    }
                }
            }
            box.owner.withLock { $0 = self }
        }

        private final class Box: Sendable { let owner = Mutex<Facility?>(nil) }

        private func answer(_ request: SubmitVisits) -> VisitStandings {
            state.withLock { state in
                state.commands += 1
                var standings = VisitStandings()
                standings.visits = request.visits.map { visit in
                    let former = state.contents.updateValue(
                        state.contents[visit.name.episodeCode] ?? visit.encoded, forKey: visit.name.episodeCode)
                    var standing = VisitStanding()
                    standing.name = visit.name
                    standing.recordID = "0190a000-0000-7000-8000-000000000001"
                    standing.revision = 1
                    standing.effect = former == nil ? .submitted : former == visit.encoded ? .known : .conflict
                    return standing
                }
                return standings
            }
        }

        func close() {
            clerk.cancel()
            server.close()
            try? FileManager.default.removeItem(atPath: directory)
        }
    }

    private func door(_ facility: Facility) throws -> FHIRFacility {
        var settings = FHIRSettings()
        settings.accounts = [
            FHIRAccount(name: "BV", token: Self.token, role: .facility, code: "01999"),
            FHIRAccount(name: "BYT", token: "token-of-the-ministry", role: .ministry),
        ]
        return try FHIRFacility(settings, facility: [facility.directory], patience: .milliseconds(200))
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
        let facility = try Facility()
        defer { facility.close() }
        let door = try door(facility)
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
        let facility = try Facility()
        defer { facility.close() }
        var visits = try Self.visits()
        visits[1].administrative.hoTen = ""
        visits[2].details.drugs[0].maNhom = "x"
        let bundle = VisitBundle.transaction(visits, facilityCode: "01999", systems: .moh)
        let (status, value) = try await post(bundle.json, to: try door(facility))
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
        let facility = try Facility()
        defer { facility.close() }
        let door = try door(facility)
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
        facility.close()
        #expect(try await post(bundle, to: door).status == 503)
    }
}
