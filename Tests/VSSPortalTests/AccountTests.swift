import DoorHouse
import Foundation
import Testing

@testable import VSSPortal

/// Who is let in.
@Suite struct AccountTests {
    @Test func aTokenIsGivenForNameAndPassword() async throws {
        let rig = try PortalRig()
        defer { rig.close() }
        let body = PortalRig.form(["username": "BV", "password": PortalRig.md5("mật khẩu")])
        let reply = try await rig.ask("/api/token/take", body: body)
        let key = try #require(reply.object["APIKey"] as? [String: Any])
        #expect(reply.status == 200 && reply.code == "200" && key["username"] as? String == "BV")
        #expect(key["token_type"] as? String == "Bearer")
        #expect(key["expires_in"] as? String == "2026-11-18T12:06:40Z", "UTC, an hour later")
        let json = try await rig.ask(
            "/api/token/take", headers: ["content-type": "application/json"],
            body: Array(#"{"username":"BV","password":"\#(PortalRig.md5("mật khẩu"))"}"#.utf8))
        #expect(json.code == "200" && json.answer.readings.first == "fields: json")
    }

    @Test(arguments: [
        ("BV", PortalRig.md5("other"), 401, "401"), ("NOBODY", PortalRig.md5("mật khẩu"), 401, "401"),
        ("BV", "", 400, "205"), ("", PortalRig.md5("mật khẩu"), 400, "205"),
    ])
    func aWrongLoginIsRefused(username: String, password: String, status: Int, code: String) async throws {
        let rig = try PortalRig()
        defer { rig.close() }
        let reply = try await rig.ask(
            "/api/token/take", body: PortalRig.form(["username": username, "password": password]))
        #expect(reply.status == status && reply.code == code && reply.object["APIKey"] == nil)
    }

    @Test(arguments: [(PortalRig.md5("mật khẩu").lowercased(), "md5-lower"), ("mật khẩu", "in clear")])
    func anotherFormOfTheRightPasswordIsNamed(password: String, form: String) async throws {
        let rig = try PortalRig()
        defer { rig.close() }
        let body = PortalRig.form(["username": "BV", "password": password])
        let reply = try await rig.ask("/api/token/take", body: body)
        #expect(reply.code == "401" && reply.text("thongDiep").contains(form))
        #expect(reply.text("thongDiep").contains("md5-upper"), "and the form that is wanted")
        let lenient = try PortalRig { $0.readings.password = [.upper, .lower] }
        defer { lenient.close() }
        #expect(try await lenient.ask("/api/token/take", body: body).code == (form == "md5-lower" ? "200" : "401"))
    }

    @Test func aTokenThatIsExpiredWrongOrAnothersLetsNobodyIn() async throws {
        let rig = try PortalRig()
        defer { rig.close() }
        let session = try await rig.logIn()
        let file = try PortalRig.envelope()
        let late = try await rig.submit(file, session, at: PortalRig.now + 3_600_000)
        #expect(late.code == "401" && late.text("thongDiep").contains("hết hạn"))
        let inTime = try await rig.submit(file, session, at: PortalRig.now + 3_599_999)
        #expect(inTime.code == "200")

        var wrong = session
        wrong.access = String(session.access.dropLast()) + (session.access.hasSuffix("0") ? "1" : "0")
        #expect(try await rig.submit(file, wrong).code == "401")
        wrong = session
        wrong.access = session.identity
        #expect(try await rig.submit(file, wrong).code == "401", "the one is not the other")
        wrong = session
        wrong.access = ""
        #expect(try await rig.submit(file, wrong).code == "401")
        wrong = session
        wrong.identity = try await rig.logIn("ANY", "any").identity
        #expect(try await rig.submit(file, wrong).code == "401", "two logins")
        wrong = session
        wrong.password = PortalRig.md5("other")
        #expect(try await rig.submit(file, wrong).code == "401")
        let other = try PortalRig()
        defer { other.close() }
        #expect(try await other.submit(file, session).code == "401", "another process has another key")
    }

    @Test func underMaintenanceNothingIsAnsweredAndTheStatusFollowsTheReading() async throws {
        let rig = try PortalRig { $0.maintenance = [.init(from: PortalRig.now, until: PortalRig.now + 60_000)] }
        defer { rig.close() }
        for path in rig.portal.routes.map(\.path) {
            let reply = try await rig.ask(path, body: [])
            #expect(reply.status == 503 && reply.code == "500" && reply.text("thongDiep").contains("20261118180740"))
        }
        #expect(try await rig.ask("/api/token/take", body: [], at: PortalRig.now + 60_000).code == "205")
        let always = try PortalRig { $0.readings.status = .alwaysOK }
        defer { always.close() }
        let reply = try await always.ask("/api/token/take", body: [])
        #expect(reply.status == 200 && reply.code == "205")
    }

    @Test func settingsThatAPersonLeavesOutAreAsByDefault() throws {
        let read = try JSONDecoder().decode(PortalSettings.self, from: Data(#"{"tokenSeconds":5}"#.utf8))
        var expected = PortalSettings()
        expected.tokenSeconds = 5
        #expect(read == expected)
    }
}
