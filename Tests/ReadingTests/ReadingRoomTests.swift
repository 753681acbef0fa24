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
                province == "96" ? nil : "<p>\(province) \(month ?? "all") \(groupings.joined(separator: "+"))</p>"
            },
            department: { province, _ in "<p>department \(province)</p>" },
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
