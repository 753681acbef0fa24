import DoorDesk
import DoorHouse
import DoorTestSupport
import ExchangeSchema
import Foundation
import Synchronization
import Testing

@testable import VSSPortal

/// Card checks, history and check-in.
@Suite struct CardTests {
    static func answer(_ code: String) -> CardAnswer {
        var answer = CardAnswer()
        answer.code = code
        guard code == "000" else { return answer }
        answer.holder.card = "GD4010000000103"
        answer.holder.fullName = "PHẠM VĂN SỐ"
        answer.holder.birthDate = "19750211"
        answer.holder.validFrom = "20260101"
        answer.holder.validTo = "20261231"
        answer.holder.socialInsuranceNumber = "0000000103"
        var inquiry = CardInquiry()
        (inquiry.account, inquiry.askedAt, inquiry.code) = ("OTHER", PortalRig.now - 1_000, "070")
        answer.inquiries = [inquiry]
        var visit = CardVisit()
        (visit.recordID, visit.facilityCode, visit.admitted) = ("record", "01013", "202611010800")
        answer.visits = [visit]
        return answer
    }

    @Test func aGoodCardIsShownWithWhoAskedAndWhereItsHolderWas() async throws {
        let asked = Mutex<[CardQuestion]>([])
        let rig = try PortalRig(vss: { question in
            asked.withLock { $0.append(question) }
            return Self.answer("000")
        })
        defer { rig.close() }
        let reply = try await rig.check(try await rig.logIn(), ["maThe": " gd4010000000103"])
        #expect(reply.status == 200 && reply.code == "000", "\(reply.object)")
        #expect(reply.text("ngaySinh") == "11/02/1975" && reply.text("gtTheDen") == "31/12/2026")
        #expect(reply.list("dsLichSuKT2018").first?["maLoi"] as? String == "070")
        #expect(reply.list("dsLichSuKCB2018").first?["maCSKCB"] as? String == "01013")
        let question = try #require(asked.withLock { $0.first })
        #expect(question.card == "GD4010000000103" && question.birthDate == "19750211" && question.account == "BV")
        #expect(question.officerNumber == PortalRig.officer.number)

        let history = try await rig.check(try await rig.logIn(), path: "/api/egw/Lskcb2025")
        #expect(history.code == "000" && history.list("dsLichSuKCB2025").count == 1)
        #expect(history.list("dsLichSuKT2025").count == 1 && history.object["hoTen"] == nil)
    }

    @Test(arguments: CardCodes.all.map(\.code))
    func everyResultHasItsWords(code: String) async throws {
        let rig = try PortalRig(vss: { _ in Self.answer(code) })
        defer { rig.close() }
        let reply = try await rig.check(try await rig.logIn())
        #expect(reply.code == code && !reply.text("ghiChu").isEmpty && reply.text("ghiChu") != code)
        #expect(reply.text("hoTen").isEmpty == (code != "000"))
    }

    @Test(arguments: [
        (["maThe": ""], "205"), (["maThe": "GD40100000001031"], "205"), (["hoTen": " "], "205"),
        (["ngaySinh": "1975-02-11"], "205"), (["ngaySinh": "30/02/1975"], "205"), (["ngaySinh": "75"], "205"),
        (["cccdCb": "001199000002"], "054"), (["cccdCb": ""], "054"), (["hoTenCb": "Trần Văn B"], "055"),
    ])
    func whatIsWrongWithAQuestionIsNotAsked(change: [String: String], code: String) async throws {
        let rig = try PortalRig(vss: { _ in Self.answer("000") })
        defer { rig.close() }
        let reply = try await rig.check(try await rig.logIn(), change)
        #expect(reply.code == code && reply.text("hoTen").isEmpty && reply.status >= 400)
    }

    @Test func theYearAloneIsEnoughForACheckAndTooLittleForTheHistory() async throws {
        let rig = try PortalRig(vss: { Self.answer($0.birthDate == "19750000" ? "000" : "070") })
        defer { rig.close() }
        let session = try await rig.logIn()
        #expect(try await rig.check(session, ["ngaySinh": "1975"]).code == "000")
        #expect(try await rig.check(session, ["ngaySinh": "1975"], path: "/api/egw/Lskcb2025").code == "205")
    }

    @Test func aWrongTokenAndASilentVSSHaveTheirOwnResults() async throws {
        let rig = try PortalRig(vss: { _ in Self.answer("000") })
        defer { rig.close() }
        let session = try await rig.logIn()
        let wrong = try await rig.check(session, query: ["token": "x"])
        #expect(wrong.status == 401 && wrong.code == "401")
        rig.vssInbox.close()
        let silent = try await rig.check(session)
        #expect(silent.status == 503 && silent.code == "100")
    }

    @Test(arguments: ["Qd3176", "Qd4750", "Qd130"])
    func aCheckInIsAnsweredWithWhatVSSSaysOfTheCard(edition: String) async throws {
        let rig = try PortalRig(vss: { Self.answer($0.card == "GD4010000000103" ? "000" : "050") })
        defer { rig.close() }
        let session = try await rig.logIn()
        let path = "/api/qd130/checkInKcb\(edition)"
        let reply = try await rig.submit(Self.checkIn(), session, path: path, kind: "0")
        #expect(reply.code == "200" && reply.text("maGiaoDich").count == 32, "\(reply.object)")
        #expect(reply.list("dsKetQua").map { $0["maKetQua"] as? String } == ["000"])
        let again = try await rig.submit(Self.checkIn(), session, path: path, kind: "0", at: PortalRig.now + 9_000)
        #expect(again.body == reply.body, "the first answer")
        let wrong = try await rig.submit(Self.checkIn(sex: "x"), session, path: path, kind: "0")
        #expect(
            wrong.code == "202" && wrong.list("dsLoi").first?["truong"] as? String == "GIOI_TINH", "\(wrong.object)")
        let elsewhere = try await rig.submit(Self.checkIn(facility: "01013"), session, path: path, kind: "0")
        #expect(elsewhere.code == "403")
    }

    static func checkIn(facility: String = "01999", sex: String = "1") -> [UInt8] {
        let fields = [
            ("MA_LK", "CI1"), ("STT", "1"), ("MA_BN", "BN1"), ("HO_TEN", "PHẠM VĂN SỐ"), ("NGAY_SINH", "197502110000"),
            ("GIOI_TINH", sex), ("MA_THE_BHYT", "GD4010000000103"), ("MA_DOITUONG_KCB", "1.1"),
            ("NGAY_VAO", "202611180800"), ("MA_LOAI_KCB", "01"), ("MA_CSKCB", facility), ("NGAY_YL", "202611180810"),
        ].map { "<\($0.0)>\($0.1)</\($0.0)>" }.joined()
        return Array(
            """
            <CHI_TIEU_TRANG_THAI_KCB><DSACH_TRANG_THAI_KCB><TRANG_THAI_KCB>\(fields)</TRANG_THAI_KCB>\
            </DSACH_TRANG_THAI_KCB><CHUKYDONVI/></CHI_TIEU_TRANG_THAI_KCB>
            """.utf8)
    }
}
