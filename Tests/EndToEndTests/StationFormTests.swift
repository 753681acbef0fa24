import DoorTestSupport
import Foundation
import ProgramTestSupport
import Supervision
import Testing

/// A nurse at a commune station with a browser without scripts: what is entered goes round, what is refused is amended, and the
/// doors may die before they answer.
@Suite struct StationFormTests {
    /// The browser: it knows the login, and what the pages say.
    private struct Browser: Sendable {
        var port: Int
        var credentials: String

        func open(_ address: String) async throws -> HTTPReply {
            let answer = try await HTTPExchange.ask(
                "GET", address, port: port, headers: ["Authorization": credentials])
            guard let reply = answer else { throw OpenDoors.NoReply() }
            guard reply.status == 303, let next = reply.headers["location"] else { return reply }
            return try await open(next)
        }

        /// Sends a form, and opens the page to which the answer leads.
        func send(_ form: HTMLForm, pressing button: String? = nil) async throws -> HTTPReply {
            let reply = try await post(form, pressing: button)
            guard reply.status == 303, let next = reply.headers["location"] else { return reply }
            return try await open(next)
        }

        func post(_ form: HTMLForm, pressing button: String? = nil) async throws -> HTTPReply {
            let (address, body) = form.sent(pressing: button)
            let answer = try await HTTPExchange.ask(
                address, port: port,
                headers: [
                    "Authorization": credentials, "Content-Type": "application/x-www-form-urlencoded",
                    "Origin": "http://127.0.0.1", "Sec-Fetch-Site": "same-origin",
                ], body: body)
            // Doors that are killed give none.
            guard let answer else { throw OpenDoors.NoReply() }
            return answer
        }

        /// The form of a page that has a seal.
        func form(_ address: String) async throws -> HTMLForm {
            let page = try await open(address)
            return try #require(HTMLForm.all(in: page.body).first { $0.has("seal") }, "\(page.status) \(page.body)")
        }

        /// The page of a record, once it says so; the state is told by the parties and nobody else.
        func record(_ number: String, says words: String) async throws -> String {
            let deadline = ContinuousClock.now + .seconds(60)
            while true {
                let page = try await open("/station/en/record?number=\(number)")
                if page.body.contains(words) { return page.body }
                guard ContinuousClock.now < deadline else {
                    Issue.record("\(number) is never \(words): \(page.body)")
                    return page.body
                }
                await Task.yield()
            }
        }
    }

    private static let visit = [
        "XML1.HO_TEN": "TRẦN THỊ HAI THẺ", "XML1.NGAY_SINH": "04/05/1980", "XML1.GIOI_TINH": "2",
        "XML1.SO_CCCD": "001180000101", "XML1.MAXA_CU_TRU": "00004", "XML1.DIA_CHI": "Số 1 phố Thử, Hà Nội",
        "XML1.CAN_NANG": "55", "XML1.MA_THE_BHYT": "HN2010000000101", "XML1.MA_DKBD": "01999",
        "XML1.GT_THE_TU": "01/01/2026", "XML1.GT_THE_DEN": "31/12/2027", "XML1.NGAY_VAO": "02/11/2026 08:00",
        "XML1.NGAY_RA": "02/11/2026 10:30", "XML1.LY_DO_VV": "Ho, sốt", "XML1.CHAN_DOAN_VAO": "Viêm họng cấp",
        "XML1.CHAN_DOAN_RV": "Viêm họng cấp", "XML1.MA_BENH_CHINH": "J02.9", "XML1.KET_QUA_DTRI": "2",
        "XML2.1.TEN_THUOC": "Thuốc thử 500mg", "XML2.1.MA_THUOC": "40.30.157", "XML2.1.HAM_LUONG": "500mg",
        "XML2.1.DON_VI_TINH": "Viên", "XML2.1.DUONG_DUNG": "1.01", "XML2.1.LIEU_DUNG": "2 viên/ngày * 5 ngày",
        "XML2.1.SO_LUONG": "10", "XML2.1.DON_GIA": "1500",
    ]

    @Test func whatANurseEntersGoesRound() async throws {
        try await ExchangeSlots.run { directory in
            let doors = try await OpenDoors.start(in: directory)
            let account = try #require(try doors.accounts("commune-station").first)
            let login = "\(account["username"] as? String ?? ""):\(account["password"] as? String ?? "")"
            let browser = Browser(
                port: doors.port, credentials: "Basic " + Data(login.utf8).base64EncodedString())
            let number = try await Self.refusedThenShared(browser)
            try await Self.vaccinated(browser)
            try await Self.withdrawn(browser)
            try await Self.lookedUp(browser, directory, doors)
            try await Self.killed(browser, doors)
            try await doors.end()
            let verified = try await ProgramRun.of("cycle", ["audit", "verify", doors.data], in: directory)
            #expect(verified.code == 0, "\(verified.output)\(verified.errors)")
            let log = try String(contentsOfFile: doors.data + "/logs/doors.log", encoding: .utf8)
            #expect(!log.contains(" error ") && !log.contains("001180000101") && !log.contains("HAI THẺ"), "\(log)")
            #expect(try ExchangeLayout(doors.data).errorLines() == [])
            #expect(!number.isEmpty)
        }
    }

    /// Found through the card, entered with a wrong name, sent twice, refused by the parties, amended and shared.
    private static func refusedThenShared(_ browser: Browser) async throws -> String {
        var question = try await browser.form("/station/en/look-up")
        try question.fill(["number": "HN2010000000101", "fullName": "Trần Thị Hai Thẻ", "birthDate": "04/05/1980"])
        let found = try await browser.send(question)
        #expect(found.body.contains("000 the card is right"), "\(found.body)")
        let begin = try #require(HTMLForm.all(in: found.body).first { $0.action.hasSuffix("/visit") })
        let begun = try await browser.send(begin)
        var form = try #require(HTMLForm.all(in: begun.body).first { $0.has("seal") })
        #expect(form["XML1.MA_THE_BHYT"] == "HN2010000000101")
        try form.fill(visit.merging(["XML1.HO_TEN": "TRẦN THỊ BA THẺ", "XML1.MA_BENH_CHINH": ""]) { $1 })
        let faulty = try await browser.send(form)
        #expect(faulty.status == 422 && faulty.body.contains("id=\"XML1.MA_BENH_CHINH-fault\""), "\(faulty.body)")
        form = try #require(HTMLForm.all(in: faulty.body).first { $0.has("seal") })
        try form.fill(["XML1.MA_BENH_CHINH": "J02.9"])
        let number = form["number"]
        // A double click: both come at once.
        let sent = form
        async let first = browser.post(sent)
        async let second = browser.post(sent)
        let answers = try await [first, second]
        #expect(
            answers.allSatisfy { $0.status == 303 && $0.headers["location"]?.hasSuffix(number) == true }, "\(answers)")
        let refused = try await browser.record(number, says: "Revision 1 was refused")
        #expect(refused.contains("vss.061") || refused.contains("c06.no-match"), "\(refused)")
        var amendment = try await browser.form("/station/en/amend?number=\(number)")
        #expect(amendment["XML1.HO_TEN"] == "TRẦN THỊ BA THẺ")
        try amendment.fill(["XML1.HO_TEN": "TRẦN THỊ HAI THẺ"])
        #expect(try await browser.send(amendment).status == 200)
        let shared = try await browser.record(number, says: "Revision 2 stands in the health book")
        #expect(!shared.contains("VSS accepts") && !shared.contains("VSS refuses"), "\(shared)")
        return number
    }

    private static func vaccinated(_ browser: Browser) async throws {
        var form = try await browser.form("/station/vi/vaccination")
        try form.fill([
            "fullName": "TRẦN THỊ HAI THẺ", "birthDate": "04/05/1980", "sex": "2", "citizenNumber": "001180000101",
            "vaccine": "VX-CUM", "dose": "1", "given": "20/11/2026 09:10",
        ])
        #expect(try await browser.send(form).status == 200)
        _ = try await browser.record(form["number"], says: "Revision 1 stands in the health book")
    }

    private static func withdrawn(_ browser: Browser) async throws {
        var form = try await browser.form("/station/vi/visit")
        try form.fill(visit)
        #expect(try await browser.send(form).status == 200)
        var withdrawal = try await browser.form("/station/vi/withdraw?number=\(form["number"])")
        withdrawal["reason"] = "nhập hai lần"
        #expect(try await browser.send(withdrawal).body.contains("Đã rút ở lần gửi 2"))
    }

    /// The person is the station's own patient now; nothing stands elsewhere, and the look is in the book.
    private static func lookedUp(_ browser: Browser, _ directory: TemporaryDirectory, _ doors: OpenDoors) async throws {
        var question = try await browser.form("/station/vi/look-up")
        try question.fill(["number": "001180000101", "purpose": "khám lại tại trạm"])
        for _ in 0..<2 {
            let found = try await browser.send(question)
            #expect(found.status == 200 && found.body.contains("Không có gì ở nơi khác"), "\(found.body)")
        }
        let book = try await ProgramRun.of(
            "cycle", ["book", "001180000101", "--purpose", "kiểm tra", "--data", doors.data], in: directory)
        let looks = book.output.split(separator: "\n").filter { $0.contains("khám lại tại trạm") }
        #expect(looks.count == 1 && looks[0].contains("facility 01999, NGUYỄN THỊ TRẠM"), "\(book.output)")
    }

    /// Killed in the midst: the same form sent again says what was taken in.
    private static func killed(_ browser: Browser, _ doors: OpenDoors) async throws {
        var form = try await browser.form("/station/en/visit")
        try form.fill(visit)
        let process = try #require(try ExchangeLayout(doors.data).record()?.processes["doors"])
        let sent = form
        async let answer = try? browser.post(sent)
        kill(process, SIGKILL)
        _ = await answer
        _ = try await FileWatch.value("the doors are back", in: doors.data, of: [doors.exchange]) {
            let running = try ExchangeLayout(doors.data).record()?.processes["doors"]
            return running != nil && running != process ? running : nil
        }
        let deadline = ContinuousClock.now + .seconds(20)
        while true {
            do {
                let again = try await browser.send(sent)
                #expect(again.status == 200 && again.body.contains(form["number"]), "\(again.status) \(again.body)")
                break
            } catch {
                guard ContinuousClock.now < deadline else { throw error }
                await Task.yield()
            }
        }
        _ = try await browser.record(form["number"], says: "Revision 1 stands in the health book")
    }
}
