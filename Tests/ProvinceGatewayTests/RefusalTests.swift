import DoorHouse
import DoorTestSupport
import Foundation
import Testing

@testable import ProvinceGateway

/// What is refused at once: nothing of it is stored.
@Suite struct RefusalTests {
    struct Wrong: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var status: Int
        var words: String
        var change: @Sendable (inout [String: Any]) -> Void

        init(
            _ name: String, _ status: Int, _ words: String, _ change: @escaping @Sendable (inout [String: Any]) -> Void
        ) {
            (testDescription, self.status, self.words, self.change) = (name, status, words, change)
        }
    }

    static let headers: [Wrong] = [
        Wrong("version", 400, "version") { $0["version"] = "2.0" },
        Wrong("another axis", 400, "receiver_id phải là VTS") { $0["receiver_id"] = "TDLBYT" },
        Wrong("health records", 400, "sync_checkup") { $0["txn_type"] = "sync_ehr" },
        Wrong("another sender", 403, "sender_id") { $0["sender_id"] = "8930000010004" },
        Wrong("a msg_id of another", 400, "msg_id") { $0["msg_id"] = ProvinceRig.messageID(sender: "8930000010004") },
        Wrong("no msg_id", 400, "msg_id") { $0["msg_id"] = nil },
        Wrong("a msg_id that is the sender alone", 400, "msg_id") { $0["msg_id"] = ProvinceRig.sender },
    ]

    @Test(arguments: headers) func aWrongHeader(wrong: Wrong) async throws {
        let rig = try ProvinceRig()
        defer { rig.close() }
        let reply = try await rig.push(try ProvinceRig.envelope(), wrong.change)
        #expect(reply.status == wrong.status && reply.text("message").contains(wrong.words), "\(reply.object)")
        await rig.settled()
        #expect(rig.facility.commands == 0)
    }

    static let bodies: [(type: String, body: String)] = [
        ("application/json", "x"), ("application/json", "{}"),
        ("application/json", "{\"header\":{},\"data\":\"PA==\"}"),
        ("application/json", "[]"), ("multipart/form-data", "--x-1\r\n\r\n--x-1--"),
        ("multipart/form-data; boundary=x-1", "--x-1\r\n"), ("multipart/form-data; boundary=x-1", ""),
        (
            "multipart/form-data; boundary=x-1",
            "--x-1\r\nContent-Disposition: form-data; name=\"header\"\r\n\r\nx\r\n--x-1--"
        ),
    ]

    @Test(arguments: bodies.indices) func aBodyThatIsNone(index: Int) async throws {
        let rig = try ProvinceRig()
        defer { rig.close() }
        var headers = try await rig.bearer()
        headers["content-type"] = Self.bodies[index].type
        let reply = try await rig.ask(ProvinceRig.push, headers: headers, body: Array(Self.bodies[index].body.utf8))
        #expect(reply.status == 400 && reply.text("code") == "INVALID_REQUEST", "\(reply.object)")
    }

    @Test func aFormThatIsCutOrLacksAPart() async throws {
        let rig = try ProvinceRig()
        defer { rig.close() }
        var headers = try await rig.bearer()
        headers["content-type"] = "multipart/form-data; boundary=x-1"
        let whole = try ProvinceRig.multipart([("file", Array("<a/>".utf8))]) { _ in }
        for count in stride(from: 0, to: whole.count - 5, by: 7) {
            let reply = try await rig.ask(ProvinceRig.push, headers: headers, body: Array(whole.prefix(count)))
            #expect(reply.status == 400, "\(count)")
        }
        #expect(try await rig.push(parts: []).text("message").contains("data"))
        #expect(try await rig.push(parts: [("data", Array("@@@".utf8))]).status == 400)
    }

    @Test func withoutATokenOrWithABadOne() async throws {
        let rig = try ProvinceRig { $0.tokenSeconds = 60 }
        defer { rig.close() }
        #expect(try await rig.ask(ProvinceRig.push).status == 401)
        #expect(try await rig.ask(ProvinceRig.push, headers: ["authorization": "Bearer x.y.z"]).status == 401)
        let bearer = try await rig.bearer()
        let late = try await rig.ask(ProvinceRig.push, headers: bearer, at: ProvinceRig.now + 60_000)
        #expect(late.status == 401 && late.text("message").contains("hết hạn"))
    }

    @Test func whatIsTooLargeOrSentInAnotherForm() async throws {
        let rig = try ProvinceRig { $0.bodies = [.multipart] }
        defer { rig.close() }
        let json = try await rig.push(try ProvinceRig.envelope())
        #expect(json.status == 400 && json.text("message").contains("cổng này nhận multipart"))
        let bearer = try await rig.bearer()
        let large = try await rig.ask(
            ProvinceRig.push, headers: bearer, body: [UInt8](repeating: 0x20, count: PushRoute.byteLimit + 1))
        #expect(large.status == 413)
    }

    @Test func accountsAreExamined() throws {
        #expect(throws: (any Error).self) { try ProvinceRig { $0.accounts[0].senderID = "1" } }
        #expect(throws: (any Error).self) { try ProvinceRig { $0.bodies = [] } }
        let settings = try JSONDecoder().decode(ProvinceSettings.self, from: Data("{\"isPaused\":true}".utf8))
        #expect(settings.isPaused && settings.receivers == ["VTS"] && settings.bodies.count == 2)
    }
}
