import DoorHouse
import DoorTestSupport
import EnvelopeSignature
import ExchangeSchema
import Foundation
import Testing

@testable import MoHAxis

/// Health checks on the axis, by table.
@Suite struct CheckupTests {
    /// The file that is shipped: six health checks at 01999.
    static func file() throws -> String {
        var place = #filePath as NSString
        for _ in 0..<3 { place = place.deletingLastPathComponent as NSString }
        return try String(contentsOfFile: place.appendingPathComponent("topology/people/checkups.xml"), encoding: .utf8)
    }

    private static func push(
        _ file: [UInt8], _ rig: AxisRig, account: String = "BV", _ way: Sender.Way = .init(),
        type: String = "xml/base64"
    ) async throws -> AxisRig.Reply {
        let isFacility = account == "BV"
        let sender = try rig.sender(
            account, senderID: isFacility ? "8930000001999" : "8930000010004", kind: "sync_checkup")
        let token = try await rig.logIn(account, account.lowercased())
        let message = try sender.message(file, way, fields: ["data_type": type])
        return try await rig.push(message, token: token, path: AxisRig.checkups)
    }

    @Test(arguments: ["BV", "SYT"]) func theyAreTakenInWhenTheFacilityHasThem(account: String) async throws {
        let rig = try AxisRig()
        defer { rig.close() }
        let reply = try await Self.push(Array(try Self.file().utf8), rig, account: account)
        #expect(reply.status == 200 && reply.code == "CM_SUCCESS", "\(reply.text)")
        #expect(rig.facility.count == 6 && reply.details.count == 6)
        #expect((reply.header["txn_id"] as? String)?.hasPrefix("DS-") == true)
        for reading in ["content: nested", "dates: 3176", "numbering: annex", "organisation's signature: none"] {
            #expect(reply.answer.readings.contains(reading), "\(reply.answer.readings)")
        }
        let messageID = try #require(reply.header["ref_msg_id"] as? String)
        rig.facility.decide("SK0001", .refused, reason: "c06.deceased")
        let token = try await rig.logIn(account, account.lowercased())
        #expect(try await rig.verdict(messageID, token: token).code == "PS_DS_VERIFY_FAIL")
    }

    /// Another facility's file, and another facility's records.
    @Test func aFacilitySendsItsOwn() async throws {
        let rig = try AxisRig()
        defer { rig.close() }
        let file = try Self.file()
        let others = file.replacing("<MACSKCB>8930000001999<", with: "<MACSKCB>8930000001013<")
        #expect(try await Self.push(Array(others.utf8), rig).code == "CM_AUTH_PERMISSION")
        #expect(try await Self.push(Array(others.utf8), rig, account: "SYT").code == "CM_SUCCESS")
        let records = file.replacing("<MA_CSKCB>01999<", with: "<MA_CSKCB>01013<")
        let refused = try await Self.push(Array(records.utf8), rig)
        #expect(refused.code == "CM_INVALID_REQUEST", "\(refused.text)")
        #expect(refused.details.contains { $0["field"] as? String == "MA_CSKCB" }, "\(refused.text)")
    }

    struct Reading: Sendable, CustomTestStringConvertible {
        var testDescription: String
        /// Makes the file one of this reading.
        var change: @Sendable (String) -> String
        var set: @Sendable (inout AxisReadings) -> Void
    }

    /// Each is refused where another one is set, and taken where it is.
    static let readings = [
        Reading(testDescription: "dates: iso") {
            $0.replacing("<NGAY_SINH>198005040000<", with: "<NGAY_SINH>1980-05-04<")
        } set: {
            $0.dates = [.decision3176, .iso]
        },
        Reading(testDescription: "numbering: implementers") {
            $0.replacing("<LOAIHOSO>XML7<", with: "<LOAIHOSO>XML6<")
        } set: {
            $0.numbering = [.annex, .implementers]
        },
        Reading(testDescription: "content: escaped") {
            $0.replacing("<NOIDUNGFILE><KET_LUAN>", with: "<NOIDUNGFILE><![CDATA[<KET_LUAN>").replacing(
                "</KET_LUAN></NOIDUNGFILE>", with: "</KET_LUAN>]]></NOIDUNGFILE>")
        } set: {
            $0.content = [.nested, .escaped]
        },
    ]

    @Test(arguments: readings) func aReadingIsTakenWhereItIsSet(reading: Reading) async throws {
        let file = Array(reading.change(try Self.file()).utf8)
        let strict = try AxisRig()
        defer { strict.close() }
        let refused = try await Self.push(file, strict)
        #expect(
            refused.details.contains { ($0["message"] as? String)?.contains("accepted is") == true }, "\(refused.text)")
        #expect(strict.facility.count < 6)
        let rig = try AxisRig { reading.set(&$0.readings) }
        defer { rig.close() }
        let taken = try await Self.push(file, rig)
        #expect(taken.code == "CM_SUCCESS" && rig.facility.count == 6, "\(taken.text)")
        #expect(taken.answer.readings.contains(reading.testDescription), "\(taken.answer.readings)")
    }

    @Test func theTwinInJSONIsTakenAsDataTypeSays() async throws {
        let rig = try AxisRig()
        defer { rig.close() }
        let twin = try Twin.json(of: Array(try Self.file().utf8))
        let wrong = try await Self.push(twin, rig)
        #expect(wrong.code == "CM_INVALID_REQUEST" && wrong.words.contains("data_type"), "\(wrong.text)")
        let reply = try await Self.push(twin, rig, type: "json/base64")
        #expect(reply.code == "CM_SUCCESS" && rig.facility.count == 6, "\(reply.text)")
        let object = try AxisRig {
            $0.readings.data = [.object]
            $0.readings.hash = [.object]
        }
        defer { object.close() }
        let direct = try await Self.push(twin, object, .init(hash: "object", shape: "object"), type: "json/base64")
        #expect(direct.code == "CM_SUCCESS" && object.facility.count == 6, "\(direct.text)")
    }

    /// Where the hospital signs: CKS_BENH_VIEN in CHUKYDONVI.
    @Test(arguments: [
        ("none", "PS_DS_CA_SIGNATURE_MISSING"), ("own", "CM_SUCCESS"), ("other", "PS_DS_CA_SIGNATURE_INVALID"),
        ("changed", "PS_DS_CA_SIGNATURE_INVALID"),
    ]) func theHospitalsSignatureIsLookedAt(signing: String, code: String) async throws {
        let place = NSTemporaryDirectory() + "axis-authority-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: place) }
        let now = Date(timeIntervalSince1970: Double(AxisRig.now) / 1_000)
        let authority = try FacilityAuthority.kept(in: place, now: now)
        var file = Array(try Self.file().utf8)
        if signing != "none" {
            let signer = try authority.issue(facilityCode: signing == "other" ? "01013" : "01999", now: now)
            file = try EnvelopeSigner.sign(file, with: signer)
            let text = String(decoding: file, as: UTF8.self)
            try #require(text.contains("<CKS_BENH_VIEN><"), "\(text.suffix(3_000))")
            if signing == "changed" { file = Array(text.replacing("<PHAN_LOAI_SK>2<", with: "<PHAN_LOAI_SK>1<").utf8) }
        }
        let rig = try AxisRig({ $0.readings.signature = .always }, authority: place)
        defer { rig.close() }
        let reply = try await Self.push(file, rig)
        #expect(reply.code == code, "\(reply.text)")
        #expect((rig.facility.commands == 1) == (code == "CM_SUCCESS"))
    }
}
