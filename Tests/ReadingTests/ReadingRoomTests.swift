import DoorHouse
import DoorTestSupport
import ExchangeSchema
import Foundation
import PartyCore
import Synchronization
import Testing

@testable import Reading

/// The reading room: who is let in, what is shown to whom, and what is written down before.
@Suite struct ReadingRoomTests {
    /// Looks that were written down: action, reader, purpose, subject.
    private final class Notes: Sendable {
        let all = Mutex<[[String]]>([])
    }

    private struct Room {
        var room: ReadingRoom
        var inbox: StandInParty
        var notes: Notes
    }

    private struct NotNoted: Error {}

    private func open(isNoted: Bool = true) throws -> Room {
        let inbox = try StandInParty { kind, payload in
            guard kind == .readBook, let request = try? ReadBook(decoding: payload) else { return nil }
            var extract = BookExtract()
            if request.citizenNumber != "001180000101" {
                (extract.refusalCode, extract.rule) = (
                    "moh.person-unknown", "somebody with this number has a health book"
                )
            } else if request.province == "79" {
                (extract.refusalCode, extract.rule) = (
                    "moh.not-its-patient", "the person lives in the province that asks"
                )
            } else {
                extract.citizenNumber = request.citizenNumber
                extract.person.hoTen = "ĐỖ THỊ <MỘT>"
            }
            return extract.encoded
        }
        var settings = ReadingSettings()
        settings.accounts = [
            ReadingAccount(username: "SYT", password: "mật khẩu", province: "01"),
            ReadingAccount(username: "KHAC", password: "x", province: "79"),
            ReadingAccount(username: "BYT", password: "y", province: nil),
        ]
        let notes = Notes()
        let surroundings = ReadingRoom.Surroundings(
            ministry: [inbox.directory], groupings: ["facility", "age"],
            warehouse: { province, month, groupings in
                let words = "\(province) \(month ?? "all") \(groupings.joined(separator: "+"))"
                return province == "96" ? nil : .init(html: "<p>\(words)</p>", json: Array("[\"\(words)\"]".utf8))
            },
            department: { province, _ in
                .init(html: "<p>department \(province)</p>", json: Array("{\"province\":\"\(province)\"}".utf8))
            },
            note: { _, action, inquiry, subject, _ in
                guard isNoted else { throw NotNoted() }
                notes.all.withLock { $0.append([action, inquiry.reader, inquiry.purpose, subject]) }
            })
        return Room(room: try ReadingRoom(settings, surroundings), inbox: inbox, notes: notes)
    }

    private func ask(
        _ room: Room, _ path: String, _ form: String? = nil, as login: String? = "SYT:mật khẩu",
        headers: [String: String] = [:]
    ) async throws -> (status: Int, text: String, answer: DoorAnswer) {
        var all = headers
        if let login { all["authorization"] = "Basic " + Data(login.utf8).base64EncodedString() }
        let method = form == nil ? "GET" : "POST"
        let route = try #require(room.room.routes.first { $0.method == method && $0.path == path })
        let answer = await route.handle(
            DoorRequest(
                receivedAt: 1, method: method, path: "/reading" + path, headers: all, body: Array((form ?? "").utf8)))
        return (answer.status, String(decoding: answer.body, as: UTF8.self), answer)
    }

    @Test func theDeskHasFormsAndNoScript() async throws {
        let room = try open()
        defer { room.inbox.close() }
        let (status, text, answer) = try await ask(room, "")
        #expect(
            status == 200 && text.contains("<form method=\"post\" action=\"/reading/book\">")
                && !text.contains("<script"))
        #expect(text.contains("01 Hà Nội") && !text.contains("value=\"79\""))
        #expect(answer.headers["Content-Security-Policy"]?.contains("default-src 'none'") == true)
        #expect(try await ask(room, "", as: "BYT:y").text.contains("value=\"79\""))
        #expect(room.notes.all.withLock { $0 }.isEmpty)
    }

    static let refusals: [(String, String, String?, Int)] = [
        ("/warehouse", "province=01&purpose=x", nil, 401), ("/warehouse", "province=01&purpose=x", "SYT:wrong", 401),
        ("/warehouse", "province=01", "SYT:mật khẩu", 400),
        ("/warehouse", "province=79&purpose=x", "SYT:mật khẩu", 403),
        ("/warehouse", "province=99&purpose=x", "BYT:y", 400), ("/warehouse", "province=96&purpose=x", "BYT:y", 404),
        ("/warehouse", "province=01&purpose=x&month=x", "SYT:mật khẩu", 400),
        ("/warehouse", "province=01&purpose=x&by=name", "SYT:mật khẩu", 400),
        ("/department", "province=79&purpose=x", "SYT:mật khẩu", 403),
        ("/book", "citizen=1&purpose=x", "SYT:mật khẩu", 404),
        ("/book", "citizen=001180000101&purpose=x", "KHAC:x", 403),
        ("/book", "citizen=001180000101", "SYT:mật khẩu", 400),
    ]

    @Test(arguments: refusals) func whatMayNotBeReadIsNot(
        path: String, form: String, login: String?, status: Int
    ) async throws {
        let room = try open()
        defer { room.inbox.close() }
        let found = try await ask(room, path, form, as: login)
        #expect(
            found.status == status && !found.text.contains("ĐỖ THỊ") && !found.text.contains("001180000101"),
            "\(found.text)")
        #expect((found.answer.headers["WWW-Authenticate"] != nil) == (status == 401))
    }

    @Test func eachLookIsWrittenDownBeforeAnythingIsShown() async throws {
        let room = try open()
        defer { room.inbox.close() }
        let report = try await ask(
            room, "/warehouse", "province=01&month=2026-11&by=facility&by=age&purpose=th%C3%A1ng+11")
        #expect(report.text == "<p>01 2026-11 facility+age</p>")
        #expect(try await ask(room, "/department", "province=79&purpose=x", as: "BYT:y").text == "<p>department 79</p>")
        let book = try await ask(room, "/book", "citizen=001180000101&purpose=ki%E1%BB%83m+tra&officer=B")
        #expect(book.status == 200 && book.text.contains("ĐỖ THỊ &lt;MỘT&gt;"))
        let notes = room.notes.all.withLock { $0 }
        #expect(
            notes.map { Array($0.prefix(3)) } == [
                ["warehouse", "province 01", "tháng 11"], ["report", "ministry", "x"],
                ["door", "province 01", "kiểm tra"],
            ])
        #expect(notes.allSatisfy { !$0[3].contains("001180000101") } && notes[0][3] == "province 01")
        let shut = try open(isNoted: false)
        defer { shut.inbox.close() }
        for (path, form) in [("/warehouse", "province=01&purpose=x"), ("/book", "citizen=001180000101&purpose=x")] {
            let found = try await ask(shut, path, form)
            #expect(found.status == 503 && !found.text.contains("<p>01") && !found.text.contains("ĐỖ THỊ"))
        }
    }

    private struct Told: Decodable, Equatable {
        var status: Int
        var code: String
        var message: String
    }

    /// The same login, purpose and note, and no page.
    @Test func aProgramIsAnsweredInJSON() async throws {
        let room = try open()
        defer { room.inbox.close() }
        let accept = ["accept": "application/json"]
        func told(_ path: String, _ form: String?, as login: String? = "SYT:mật khẩu") async throws -> [String: Any] {
            let found = try await ask(room, path, form, as: login, headers: accept)
            #expect(found.status == 200 && found.answer.contentType.hasPrefix("application/json"), "\(found.text)")
            return try JSONSerialization.jsonObject(with: Data(found.answer.body)) as? [String: Any] ?? [:]
        }
        let desk = try await told("", nil)
        #expect(desk["reader"] as? String == "province 01" && desk["provinces"] as? [String] == ["01"])
        #expect(desk["groupings"] as? [String] == ["facility", "age"] && desk["account"] as? String == "SYT")
        let report = try await ask(room, "/warehouse", "province=01&by=age&purpose=x", headers: accept)
        #expect(report.text == "[\"01 all age\"]")
        #expect(try await told("/department", "purpose=x")["province"] as? String == "01")
        let book = try await told("/book", "citizen=001180000101&purpose=x")
        #expect(book["citizen"] as? String == "001180000101" && book["pastCount"] == nil)
        #expect((book["administrative"] as? [[String: String]])?.map { $0["value"] } == ["ĐỖ THỊ <MỘT>"])
        #expect(Set(book.keys).isSuperset(of: ["visits", "vaccinations", "healthChecks", "profile", "answeredAt"]))
        #expect(room.notes.all.withLock { $0 }.map { $0[0] } == ["warehouse", "report", "door"])
        // A browser names both.
        let both = try await ask(
            room, "/warehouse", "province=01&purpose=x", headers: ["accept": "text/html,application/json;q=0.9"])
        #expect(both.text.hasPrefix("<p>"))
    }

    static let codes: [(String, String, String?, Int, String)] = [
        ("/warehouse", "province=01&purpose=x", nil, 401, "login"),
        ("/warehouse", "province=01", "SYT:mật khẩu", 400, "purpose-missing"),
        ("/warehouse", "province=79&purpose=x", "SYT:mật khẩu", 403, "another-province"),
        ("/warehouse", "province=99&purpose=x", "BYT:y", 400, "province-unknown"),
        ("/warehouse", "province=96&purpose=x", "BYT:y", 404, "no-warehouse"),
        ("/department", "province=01&purpose=x&month=x", "BYT:y", 400, "month-malformed"),
        ("/warehouse", "province=01&purpose=x&by=name", "BYT:y", 400, "grouping-unknown"),
        ("/book", "citizen=1&purpose=x", "SYT:mật khẩu", 404, "moh.person-unknown"),
        ("/book", "citizen=001180000101&purpose=x", "KHAC:x", 403, "moh.not-its-patient"),
    ]

    @Test(arguments: codes) func eachRefusalHasItsCode(
        path: String, form: String, login: String?, status: Int, code: String
    ) async throws {
        let room = try open()
        defer { room.inbox.close() }
        let found = try await ask(room, path, form, as: login, headers: ["accept": "application/json"])
        let told = try JSONDecoder().decode(Told.self, from: Data(found.answer.body))
        #expect(found.status == status && told.status == status && told.code == code && !told.message.isEmpty)
        #expect((found.answer.headers["WWW-Authenticate"] != nil) == (status == 401))
    }

    @Test func whatTheHouseFindsWrongIsToldInTheSameForm() throws {
        let room = try open()
        defer { room.inbox.close() }
        for problem in [HouseProblem.overloaded, .bodyTooLarge(limit: 1), .methodNotAllowed("POST")] {
            let page = room.room.answer(to: problem, accept: "text/html")
            let json = room.room.answer(to: problem, accept: "application/json")
            #expect(page.status == json.status && page.contentType.hasPrefix("text/html"))
            #expect(try JSONDecoder().decode(Told.self, from: Data(json.body)).status == json.status)
        }
        let openAPI = try #require(room.room.openAPI)
        #expect(openAPI.contains("silentFacilities") && openAPI.contains("text/html"))
    }

    @Test func aFormFromElsewhereIsNotTaken() async throws {
        let room = try open()
        defer { room.inbox.close() }
        let found = try await ask(
            room, "/warehouse", "province=01&purpose=x", headers: ["sec-fetch-site": "cross-site"])
        #expect(found.status == 403 && room.notes.all.withLock { $0 }.isEmpty)
        let own = try await ask(
            room, "/warehouse", "province=01&purpose=x", headers: ["sec-fetch-site": "same-origin"])
        #expect(own.status == 200)
    }

    @Test func aSettingThatIsWrongKeepsTheHouseShut() throws {
        for account in [
            ReadingAccount(username: "a:b", password: "x", province: nil),
            ReadingAccount(username: "a", password: "", province: nil),
            ReadingAccount(username: "a", password: "x", province: "02"),
        ] { #expect(account.problem != nil) }
    }
}
