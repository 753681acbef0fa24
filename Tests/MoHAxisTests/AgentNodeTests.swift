import DoorHouse
import DoorTestSupport
import EnvelopeSignature
import Foundation
import Testing

@testable import MoHAxis

/// The edition of June 2026, by table.
@Suite struct AgentNodeTests {
    /// 18 November 2026, 18:06:40 in Viet Nam.
    static let now = AxisRig.now

    final class Rig: Sendable {
        let node: AgentNode
        let facility = StandInFacility()
        let inbox: StandInParty
        let store: String

        init(_ change: (inout AgentNodeSettings) -> Void = { _ in }, store: String? = nil) throws {
            var settings = AgentNodeSettings()
            settings.accounts = [AgentNodeAccount(username: "VSS", key: "khóa", service: "G12")]
            change(&settings)
            let facility = facility
            inbox = try StandInParty { facility.answer($0, $1) }
            self.store = store ?? NSTemporaryDirectory() + "agent-\(UUID().uuidString).sqlite"
            node = try AgentNode(
                settings, facility: [inbox.directory], store: self.store, authority: nil, patience: .milliseconds(200))
        }

        func close() {
            inbox.close()
            for end in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: store + end) }
        }

        struct Reply {
            var status: Int
            var body: String
            func value(_ name: String) -> String {
                guard let start = body.firstRange(of: "<\(name)>"), let end = body.firstRange(of: "</\(name)>") else {
                    return "none"
                }
                return String(body[start.upperBound..<end.lowerBound])
            }
        }

        func send(
            _ change: [String: String?] = [:], file: [UInt8]? = nil, body: String? = nil, at now: Int64 = now
        ) async throws -> Reply {
            var headers: [String: String] = [
                "content-type": "application/json", "authorization": "khóa", "x-service": "G12", "data-type": "QD3176",
                "request-id": "r-1", "request-time": "18112026180640",
            ]
            for (name, value) in change { headers[name] = value }
            let content = Data(try file ?? AxisRig.envelope()).base64EncodedString()
            let text = body ?? #"{"fileName":"a.xml","fileContent":"\#(content)"}"#
            let route = try #require(node.routes.first)
            let answer = await route.handle(
                DoorRequest(receivedAt: now, path: route.path, headers: headers, body: Array(text.utf8)))
            return Reply(status: answer.status, body: String(decoding: answer.body, as: UTF8.self))
        }
    }

    @Test func aFileIsTakenInWhenTheFacilityHasIt() async throws {
        let rig = try Rig()
        defer { rig.close() }
        let reply = try await rig.send()
        #expect(reply.status == 200 && reply.value("statusCode") == "200" && reply.value("data").isEmpty, "\(reply)")
        #expect(reply.value("responseTime") == "18112026180640" && rig.facility.count == 10)
        #expect(try await rig.send(at: Self.now + 9_000).body == reply.body && rig.facility.commands == 1)
        let again = try Rig(store: rig.store)
        defer { again.close() }
        #expect(try await again.send().body == reply.body && again.facility.commands == 0)
        let other = try AxisRig.envelope { $0.replacingOccurrences(of: "TRẦN THỊ HAI THẺ", with: "TRẦN THỊ HAI") }
        #expect(try await again.send(file: other).value("data") == "REQUEST_ID_REUSED")
        let version = try await rig.send(["request-id": "r-2"], file: other)
        #expect(version.value("message").contains("1 là phiên bản mới") && rig.facility.revision("PX0001") == 2)
    }

    static let faults: [(String, String?, Int, String)] = [
        ("authorization", "khác", 401, "AUTHORIZATION_INVALID"), ("authorization", nil, 401, "AUTHORIZATION_INVALID"),
        ("x-service", "G13", 400, "SERVICE_INVALID"), ("x-service", nil, 400, "SERVICE_INVALID"),
        ("request-time", nil, 400, "REQUEST_TIME_MALFORMED"),
        ("request-time", "20261118180640", 400, "REQUEST_TIME_MALFORMED"),
        ("request-time", "31112026180640", 400, "REQUEST_TIME_MALFORMED"),
        ("request-time", "18112026180439", 400, "REQUEST_TIME_OUT"),
        ("request-time", "18112026180841", 400, "REQUEST_TIME_OUT"),
        ("request-id", nil, 400, "REQUEST_ID_INVALID"), ("request-id", "a b", 400, "REQUEST_ID_INVALID"),
        ("data-type", nil, 400, "DATA_TYPE_MISSING"),
    ]

    @Test(arguments: faults)
    func aFaultOfTheHeadHasItsOwnAnswer(field: String, value: String?, status: Int, code: String) async throws {
        let rig = try Rig()
        defer { rig.close() }
        let reply = try await rig.send([field: value])
        #expect(reply.status == status && reply.value("statusCode") == "400" && reply.value("data") == code, "\(reply)")
        #expect(rig.facility.commands == 0 && !reply.value("message").isEmpty)
    }

    @Test(arguments: ["18112026180440", "18112026180840"])
    func aClockThatIsTwoMinutesOffIsTaken(time: String) async throws {
        let rig = try Rig()
        defer { rig.close() }
        #expect(try await rig.send(["request-time": time]).value("statusCode") == "200")
    }

    @Test(arguments: [
        ("18112026165959", false), ("18112026170000", true), ("19112026065959", true), ("19112026070000", false),
        ("18112026120000", false),
    ])
    func outsideOfTheWindowNothingIsTakenWhereItIsEnforced(time: String, isTaken: Bool) async throws {
        let clock = try #require(AxisTime.moment(time))
        let rig = try Rig { $0.window = .enforced }
        defer { rig.close() }
        let reply = try await rig.send(["request-time": time], at: clock)
        #expect(reply.value("data") == (isTaken ? "" : "OUTSIDE_WINDOW"), "\(reply)")
        #expect((rig.facility.commands == 1) == isTaken)
        let open = try Rig()
        defer { open.close() }
        #expect(try await open.send(["request-time": time], at: clock).value("statusCode") == "200")
    }

    @Test(arguments: [
        ("no JSON", "BODY_MALFORMED"), (#"{"fileContent":"QQ=="}"#, "BODY_MALFORMED"),
        (#"{"fileName":"a","fileContent":"<x/>"}"#, "BODY_MALFORMED"),
        (#"{"fileName":"a","fileContent":"QQ=="}"#, "FILE_MALFORMED"),
    ])
    func aBodyThatIsNoneIsSaidSo(body: String, code: String) async throws {
        let rig = try Rig()
        defer { rig.close() }
        let reply = try await rig.send(body: body)
        #expect(reply.status == 400 && reply.value("data") == code, "\(reply)")
        let always = try Rig { $0.status = .alwaysOK }
        defer { always.close() }
        #expect(try await always.send(body: body).status == 200)
    }

    @Test func aFileThatMustBeSignedAndIsNotIsRefused() async throws {
        let rig = try Rig { $0.signature = .always }
        defer { rig.close() }
        #expect(try await rig.send().value("data") == "SIGNATURE_MISSING")
        let text = String(decoding: try AxisRig.envelope(), as: UTF8.self).replacing(
            "<CHUKYDONVI>", with: #"<CHUKYDONVI><Signature xmlns="http://www.w3.org/2000/09/xmldsig#"/>"#)
        #expect(try await rig.send(file: Array(text.utf8)).value("data") == "SIGNATURE_INVALID")
        #expect(rig.facility.commands == 0)
    }

    @Test func aFacilityThatDoesNotAnswerIsSaidSo() async throws {
        let rig = try Rig()
        defer { rig.close() }
        rig.facility.refuse(true)
        let reply = try await rig.send()
        #expect(reply.status == 503 && reply.value("data") == "TRY_AGAIN")
        rig.facility.refuse(false)
        #expect(try await rig.send().value("statusCode") == "200")
    }
}
