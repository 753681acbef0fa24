import DoorHouse
import DoorTestSupport
import ExchangeSchema
import Synchronization
import Testing

@testable import CommuneStation

/// Looking people up: a card at VSS, a book at MoH, and that it is written down before anything is shown.
@Suite struct LookUpTests {
    private static let card = [
        "number": "HN2010000000101", "fullName": "Trần Thị Hai Thẻ", "birthDate": "04/05/1980",
    ]

    @Test(arguments: Language.allCases) func aCardIsCheckedAndARecordBegunFromIt(say: Language) async throws {
        let rig = try StationRig()
        defer { rig.close() }
        var form = try await rig.open("/station/\(say.rawValue)/look-up").form
        try form.fill(Self.card)
        let page = try await rig.send(form)
        #expect(page.status == 200, "\(page.text)")
        #expect(page.text.contains(say("000 Thông tin thẻ chính xác", "000 the card is right")), "\(page.text)")
        #expect(page.html.contains("TRẦN THỊ &lt;HAI THẺ&gt;") && rig.asked.withLock { $0 }.isEmpty)
        let question = try #require(rig.cards.withLock { $0 }.first)
        #expect(
            question.account == "TRAM" && question.officerNumber == "001199000002" && question.birthDate == "19800504")
        let begin = try #require(HTMLForm.all(in: page.html).first { $0.action.hasSuffix("/visit") })
        #expect(!begin.action.contains("?"))
        let visit = try await rig.send(begin).form
        #expect(visit["XML1.HO_TEN"] == "Trần Thị Hai Thẻ" && visit["XML1.GT_THE_DEN"] == "31/12/2027")
        // What stands in a new form stands in this one too.
        #expect(visit["XML1.MA_LOAI_KCB"] == "01" && visit["number"] == begin["number"])
        try form.fill(["birthDate": "1981"])
        #expect(try await rig.send(form).text.contains("070 "))
    }

    @Test func aBookIsReadWithAPurposeAndWrittenDown() async throws {
        let rig = try StationRig()
        defer { rig.close() }
        var form = try await rig.open("/station/vi/look-up").form
        try form.fill(["number": "001180000101", "purpose": "khám bệnh"])
        let page = try await rig.send(form)
        #expect(page.status == 200 && page.html.contains("Tăng huyết áp &lt;vô căn&gt;"), "\(page.text)")
        #expect(page.text.contains("01013"))
        _ = try await rig.send(form)
        let asked = rig.asked.withLock { $0 }
        #expect(asked.count == 2 && asked[0].requestID == asked[1].requestID, "one form is one look")
        #expect(
            asked[0].facilityCode == "01999" && asked[0].officer == "NGUYỄN THỊ TRẠM" && asked[0].purpose == "khám bệnh"
        )
        try form.fill(["number": "001199000108"])
        let other = try await rig.send(form)
        #expect(other.text.contains("moh.not-its-patient: không phải là người bệnh của cơ sở"), "\(other.text)")
        #expect(rig.asked.withLock { $0 }.last?.requestID != asked[0].requestID, "somebody else is another look")
        #expect(rig.looks.withLock { $0 }.map(\.refusalCode) == ["", "", "moh.not-its-patient"])
        #expect(!page.answer.verdict.contains("001180000101"))
        let shut = try StationRig(isNoted: false)
        defer { shut.close() }
        var silent = try await shut.open("/station/vi/look-up").form
        try silent.fill(["number": "001180000101", "purpose": "khám bệnh"])
        let nothing = try await shut.send(silent)
        #expect(nothing.status == 503 && !nothing.text.contains("Tăng huyết áp"))
    }

    static let wrong: [([String: String], String)] = [
        ([:], "number"), (["number": "1234567890123456"], "number"), (["number": "HN2010000000101"], "fullName"),
        (["number": "HN2010000000101", "fullName": "A", "birthDate": "x"], "birthDate"),
        (["number": "HN2010000000101", "purpose": "khám"], "number"),
        (["number": "001180000101", "purpose": "a\u{7}b"], "purpose"),
    ]

    @Test(arguments: wrong) func whatIsWrongIsToldAtItsField(values: [String: String], field: String) async throws {
        let rig = try StationRig()
        defer { rig.close() }
        var form = try await rig.open("/station/en/look-up").form
        try form.fill(values)
        let page = try await rig.send(form)
        #expect(page.status == 422 && page.html.contains("id=\"\(field)-fault\""), "\(page.text)")
        #expect(rig.asked.withLock { $0 }.isEmpty && rig.cards.withLock { $0 }.isEmpty)
        for (name, value) in values { #expect(page.form[name] == value) }
    }

    @Test func aLookWithoutItsSealAsksNobody() async throws {
        let rig = try StationRig()
        defer { rig.close() }
        var form = try await rig.open("/station/vi/look-up").form
        try form.fill(["number": "001180000101", "purpose": "khám bệnh"])
        form["form"] = "x"
        #expect(try await rig.send(form).status == 403)
        #expect(rig.asked.withLock { $0 }.isEmpty)
    }
}
