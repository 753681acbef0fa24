import DoorHouse
import DoorTestSupport
import ExchangeSchema
import Foundation
import Testing

@testable import ProvinceGateway

/// Messages that are stored, answered, handed on and looked up.
@Suite struct RelayTests {
    @Test(arguments: ["/api/v1/resource/authentication/login", "/api/xac-thuc/token"])
    func bothLoginsGiveATokenForEverything(path: String) async throws {
        let rig = try ProvinceRig()
        defer { rig.close() }
        let reply = try await rig.logIn(path: path)
        #expect(reply.status == 200 && reply.number("code") == 200 && reply.text("token_type") == "Bearer")
        let found = try await rig.ask(
            "/api/kham-suc-khoe/qd-2062/ho-so/trang-thai", method: "GET", query: ["ma_lk": "SK0001"],
            headers: ["authorization": "Bearer \(reply.text("access_token"))"])
        #expect(found.status == 404)
        #expect(try await rig.logIn("BV", "khác", path: path).status == 401)
        #expect(try await rig.logIn("AI", "bí mật", path: path).status == 401)
        #expect(try await rig.ask(path, body: Array("x".utf8)).status == 400)
    }

    @Test func takenInIsNotDoneAndTheFourStatesFollow() async throws {
        let rig = try ProvinceRig()
        defer { rig.close() }
        let reply = try await rig.push(try ProvinceRig.envelope())
        let transaction = reply.text("maGiaoDich")
        #expect(reply.status == 200 && reply.number("status") == 200 && transaction.count == 32)
        #expect(reply.answer.headers["X-HOC-Tracking-Id"] == reply.text("tracking_id"))
        #expect(reply.answer.readings == ["body: json"])
        await rig.settled()
        #expect(rig.facility.count == 6 && rig.facility.commands == 1)
        func state() async throws -> [String] {
            let found = try await rig.lookUp(transaction)
            return [found.text("trangThai"), "\(found.number("soThanhCong"))", "\(found.number("soLoi"))"]
        }
        #expect(try await state() == ["Đang xử lý", "0", "0"])
        for number in 1...5 { rig.facility.decide("SK000\(number)", .shared) }
        #expect(try await state() == ["Đang xử lý", "5", "0"])
        rig.facility.decide("SK0006", .refused, reason: "c06.no-match.name-differs")
        #expect(try await state() == ["Thành công 1 phần", "5", "1"])
        let refused = try await rig.lookUp(transaction).records.first { $0["ma_lk"] as? String == "SK0006" }
        #expect(refused?["byt_status"] as? String == "BYT_REJECTED")
        #expect(refused?["byt_res_code"] as? String == "PS_DS_VERIFY_FAIL")
        #expect(refused?["ma_loi"] as? String == "c06.no-match.name-differs")
        for number in 1...5 { rig.facility.decide("SK000\(number)", .refused, reason: "moh.code-unknown") }
        #expect(try await state() == ["Lỗi", "0", "6"])
        for number in 1...6 { rig.facility.decide("SK000\(number)", .shared) }
        #expect(try await state() == ["Thành công", "6", "0"])
        #expect(try await rig.lookUp(transaction).text("docDuoc") == "content nested; dates 3176; numbering annex")
    }

    static let forms: [(String, @Sendable ([UInt8]) throws -> (String, [UInt8]))] = [
        ("the file", { ("file", $0) }), ("its base64", { ("content", Array(Data($0).base64EncodedString().utf8)) }),
        (
            "an object with content",
            {
                (
                    "data",
                    Array(
                        try JSONSerialization.data(withJSONObject: ["content": Data($0).base64EncodedString()]))
                )
            }
        ),
    ]

    /// The table of the dispatch says multipart/form-data, its text application/json.
    @Test(arguments: forms.indices) func aFormIsTakenAsWell(index: Int) async throws {
        let rig = try ProvinceRig()
        defer { rig.close() }
        let reply = try await rig.push(parts: [try Self.forms[index].1(try ProvinceRig.envelope())])
        #expect(reply.status == 200 && reply.answer.readings == ["body: multipart"], "\(reply.object)")
        await rig.settled()
        #expect(rig.facility.count == 6, "\(Self.forms[index].0)")
    }

    /// The same msg_id gets the first answer, whoever restarted in between; another content under it is refused.
    @Test func theSameMessageAgainIsTheSameTransaction() async throws {
        let rig = try ProvinceRig()
        let first = try await rig.push(try ProvinceRig.envelope())
        await rig.settled()
        let again = try await rig.push(try ProvinceRig.envelope(), at: ProvinceRig.now + 5_000)
        #expect(again.text("maGiaoDich") == first.text("maGiaoDich") && again.answer.verdict.contains("stored before"))
        let other = try await rig.push(try ProvinceRig.envelope { $0.replacing("Tổ 1,", with: "Tổ 11,") })
        #expect(other.status == 400 && other.text("message").contains("msg_id"))
        await rig.settled()
        #expect(rig.facility.commands == 1)
        rig.close(keeping: true)
        let later = try ProvinceRig(directory: rig.directory, facility: rig.facility)
        defer { later.close() }
        let third = try await later.push(try ProvinceRig.envelope(), at: ProvinceRig.now + 9_000)
        #expect(third.text("maGiaoDich") == first.text("maGiaoDich"))
        await later.settled()
        #expect(rig.facility.commands == 1)
        #expect(try await later.lookUp(first.text("maGiaoDich")).number("tongSo") == 6)
    }

    /// A new msg_id for records that are known is a new version of those that have changed.
    @Test func anotherMessageForARecordIsItsNextVersion() async throws {
        let rig = try ProvinceRig()
        defer { rig.close() }
        _ = try await rig.push(try ProvinceRig.envelope())
        await rig.settled()
        let changed = try ProvinceRig.envelope { $0.replacing("Tổ 1,", with: "Tổ 11,") }
        let reply = try await rig.push(changed) { $0["msg_id"] = ProvinceRig.messageID(2) }
        await rig.settled()
        #expect(rig.facility.revision("SK0001") == 2 && rig.facility.revision("SK0004") == 1)
        #expect(try await rig.lookUp(reply.text("maGiaoDich")).number("tongSo") == 6)
    }

    /// Paused, it stores and answers 202; once it is not paused any more, what was stored goes.
    @Test func pausedItStoresAndHandsOnLater() async throws {
        let rig = try ProvinceRig { $0.isPaused = true }
        let reply = try await rig.push(try ProvinceRig.envelope())
        #expect(reply.status == 202 && reply.text("code") == "HOC_BYT_FORWARD_PAUSED")
        await rig.settled()
        #expect(rig.facility.count == 0)
        let waiting = try await rig.lookUp(reply.text("maGiaoDich"))
        #expect(waiting.text("trangThai") == "Đang xử lý" && waiting.text("byt_status") == "PENDING")
        rig.close(keeping: true)
        let later = try ProvinceRig(directory: rig.directory, facility: rig.facility)
        defer { later.close() }
        // Awake since its start; asked again, it has begun for certain.
        await later.gateway.push.forwarder.wake()
        await later.settled()
        #expect(rig.facility.count == 6)
    }

    /// Who pushes while the facility takes nothing is answered all the same, and it goes when the facility is back.
    @Test func whatTheFacilityDoesNotTakeWaits() async throws {
        let rig = try ProvinceRig()
        defer { rig.close() }
        rig.facility.refuse(true)
        let reply = try await rig.push(try ProvinceRig.envelope())
        #expect(reply.status == 200 && rig.facility.count == 0)
        #expect(try await rig.lookUp(reply.text("maGiaoDich")).text("trangThai") == "Đang xử lý")
        rig.facility.refuse(false)
        await rig.settled()
        #expect(rig.facility.count == 6)
    }

    /// Good records go, bad ones are named; of what is no envelope all is.
    @Test func aHalfGoodFileIsPartlyHandedOn() async throws {
        let rig = try ProvinceRig()
        defer { rig.close() }
        let bad = try ProvinceRig.envelope { $0.replacing("202611200910", with: "31022026") }
        let reply = try await rig.push(bad)
        await rig.settled()
        #expect(rig.facility.count == 5)
        for number in 2...6 { rig.facility.decide("SK000\(number)", .shared) }
        let found = try await rig.lookUp(reply.text("maGiaoDich"))
        #expect(found.text("trangThai") == "Thành công 1 phần" && found.number("soLoi") == 1)
        let kept = found.records.first { $0["ma_lk"] as? String == "SK0001" }
        #expect(kept?["hoc_validation_status"] as? String == "INVALID")
        #expect((kept?["thong_bao"] as? String)?.contains("NGAY_VAO") == true)
        let none = try await rig.push(Array("<GIAMDINHHS/>".utf8)) { $0["msg_id"] = ProvinceRig.messageID(3) }
        await rig.settled()
        let failed = try await rig.lookUp(none.text("maGiaoDich"))
        #expect(failed.text("trangThai") == "Lỗi" && failed.text("thongBao").contains("KHAMSUCKHOE"))
        let elsewhere = try ProvinceRig.envelope { $0.replacing("<MA_CSKCB>01999", with: "<MA_CSKCB>01998") }
        let foreign = try await rig.push(elsewhere) { $0["msg_id"] = ProvinceRig.messageID(4) }
        await rig.settled()
        #expect(try await rig.lookUp(foreign.text("maGiaoDich")).text("trangThai") == "Lỗi")
    }

    /// Whoever has lost an answer asks by what they have: the record's number, or sender_id and msg_id.
    @Test func whatTheMinistryHasIsFoundByEitherName() async throws {
        let rig = try ProvinceRig()
        defer { rig.close() }
        let reply = try await rig.push(try ProvinceRig.envelope())
        await rig.settled()
        rig.facility.decide("SK0001", .shared)
        let bearer = try await rig.bearer()
        let record = try await rig.ask(
            "/api/kham-suc-khoe/qd-2062/ho-so/trang-thai", method: "GET", query: ["ma_lk": "SK0001"], headers: bearer)
        #expect(record.text("byt_status") == "BYT_ACCEPTED" && record.text("byt_res_code") == "PS_DS_SAVE_SUCCESS")
        #expect(record.text("source_channel") == "BYT_PROXY" && record.text("hoc_validation_status") == "VALID")
        let query = ["sender_id": ProvinceRig.sender, "msg_id": ProvinceRig.messageID()]
        let path = "/api/kham-suc-khoe/doi-soat-byt/trang-thai"
        let found = try await rig.ask(path, method: "GET", query: query, headers: bearer)
        #expect(found.text("maGiaoDich") == reply.text("maGiaoDich") && found.text("msg_id") == query["msg_id"])
        let other = try await rig.bearer("TRAM", "trạm")
        #expect(try await rig.ask(path, method: "GET", query: query, headers: other).status == 404)
        #expect(try await rig.lookUp(reply.text("maGiaoDich"), username: "TRAM", "trạm").status == 404)
        rig.inbox.close()
        let silent = try await rig.ask(path, method: "GET", query: query, headers: bearer)
        #expect(silent.status == 504 && silent.text("code") == "HOC_BYT_TIMEOUT")
    }
}
