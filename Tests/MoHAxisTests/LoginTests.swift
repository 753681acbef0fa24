import DoorHouse
import DoorTestSupport
import Foundation
import Testing
import _CryptoExtras

@testable import MoHAxis

/// Who is let in, by table.
@Suite struct LoginTests {
    @Test(arguments: [("VSS", "bí mật", "department"), ("BV", "bv", "facility"), ("SYT", "syt", "doh")])
    func eachRoleLogsIn(username: String, password: String, role: String) async throws {
        let rig = try AxisRig()
        defer { rig.close() }
        let body = try JSONEncoder().encode(["username": username, "password": password])
        let reply = try await rig.ask("/api/auth/login", body: Array(body))
        #expect(reply.status == 200 && reply.code == "CM_SUCCESS" && reply.header["success"] as? Bool == true)
        #expect(reply.data["role"] as? String == role && reply.data["duration"] as? Int == 6_000)
        let (token, refresh) = (reply.data["token"] as? String ?? "", reply.data["refresh_token"] as? String ?? "")
        #expect(!token.isEmpty && !refresh.isEmpty && token != refresh)
        #expect(reply.answer.account == username)
        #expect(!reply.answer.verdict.contains(password))
    }

    @Test(arguments: [
        (#"{"username":"VSS","password":"other"}"#, 401, "CM_AUTH_ACCOUNT_FAIL"),
        (#"{"username":"NOBODY","password":"bí mật"}"#, 401, "CM_AUTH_ACCOUNT_FAIL"),
        (#"{"username":"VSS"}"#, 400, "CM_INVALID_REQUEST"), ("username=VSS&password=x", 400, "CM_INVALID_REQUEST"),
    ])
    func aWrongLoginIsRefused(body: String, status: Int, code: String) async throws {
        let rig = try AxisRig()
        defer { rig.close() }
        let reply = try await rig.ask("/api/auth/login", body: Array(body.utf8))
        #expect(reply.status == status && reply.code == code && reply.object["data"] == nil)
        #expect(reply.header["success"] as? Bool == false)
        let always = try AxisRig { $0.readings.status = .alwaysOK }
        defer { always.close() }
        #expect(try await always.ask("/api/auth/login", body: Array(body.utf8)).status == 200)
    }

    @Test func aTokenIsNeededAndOnlyGoodForItsTime() async throws {
        let rig = try AxisRig()
        defer { rig.close() }
        let message = try rig.sender().message(try AxisRig.envelope())
        let token = try await rig.logIn()
        func code(_ token: String, at now: Int64 = AxisRig.now) async throws -> String {
            let reply = try await rig.push(message, token: token, at: now)
            return "\(reply.status) \(reply.code)"
        }
        #expect(try await code("") == "401 CM_AUTH_EXPIRED")
        #expect(try await code(token + "0") == "401 CM_AUTH_EXPIRED")
        let refresh = try await rig.ask(
            "/api/auth/login", body: Array(#"{"username":"VSS","password":"bí mật"}"#.utf8))
        #expect(try await code(refresh.data["refresh_token"] as? String ?? "") == "401 CM_AUTH_EXPIRED")
        #expect(try await code(token, at: AxisRig.now + 6_000_000) == "401 CM_AUTH_EXPIRED")
        #expect(rig.facility.commands == 0)
        #expect(try await code(token, at: AxisRig.now + 5_999_999) == "200 CM_SUCCESS")
    }

    @Test func keysAreMadeOnceAndOneOfOnesOwnIsTaken() throws {
        let directory = NSTemporaryDirectory() + "axis-own-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let account = AxisAccount(username: "A", password: "", role: .facility, senderID: "1")
        let first = try SenderKeys([account], directory: directory)
        let mode = try FileManager.default.attributesOfItem(atPath: directory + "/A.key.pem")[.posixPermissions] as? Int
        #expect(mode == 0o600)
        let again = try SenderKeys([account], directory: directory)
        #expect(first.senders["A"]?.pemRepresentation == again.senders["A"]?.pemRepresentation)
        #expect(first.own.pemRepresentation == again.own.pemRepresentation)
        var brought = account
        brought.publicKeyFile = directory + "/mine.pem"
        let key = try _RSA.Signing.PrivateKey(keySize: .bits2048)
        try key.publicKey.pemRepresentation.write(toFile: directory + "/mine.pem", atomically: true, encoding: .utf8)
        let own = try SenderKeys([brought], directory: directory)
        #expect(own.senders["A"]?.pemRepresentation == key.publicKey.pemRepresentation)
        try "no key".write(toFile: directory + "/mine.pem", atomically: true, encoding: .utf8)
        #expect(throws: HouseError.self) { try SenderKeys([brought], directory: directory) }
    }
}
