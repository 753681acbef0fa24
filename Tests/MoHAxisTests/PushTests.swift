import Crypto
import DoorHouse
import DoorTestSupport
import EnvelopeSignature
import ExchangeSchema
import Foundation
import PartyCore
import Testing
import _CryptoExtras

@testable import MoHAxis

/// Messages, by table: each fault its own res_code, and nothing stored; what is sound is stored once.
@Suite struct PushTests {
    @Test func aMessageIsTakenInWhenTheFacilityHasIt() async throws {
        let rig = try AxisRig()
        defer { rig.close() }
        let message = try rig.sender().message(try AxisRig.envelope())
        let reply = try await rig.push(message)
        #expect(reply.status == 200 && reply.code == "CM_SUCCESS", "\(reply.text)")
        #expect(rig.facility.count == 10 && rig.facility.commands == 1)
        let header = reply.header.compactMapValues { $0 as? String }
        #expect(header["sender_id"] == "TDLBYT" && header["receiver_id"] == "G12/VSS" && header["msg_type"] == "102")
        #expect(header["ref_msg_id"] == message.messageID && header["txn_type"] == "sync_ehr")
        #expect(header["txn_id"]?.hasPrefix("RS-G12/VSS-261118") == true)
        #expect(header["msg_id"]?.hasPrefix("TDLBYT261118") == true && header["msg_id"]?.count == 6 + 6 + 32)
        #expect(header["send_datetime"]?.count == 13 && header["res_datetime"]?.count == 13)
        #expect(reply.data["data_state"] as? String == "0" && reply.details.count == 10)
        #expect(
            reply.answer.readings == [
                "data: string", "receiver_id: TDLBYT", "checksum: hex", "hash: string", "blanks: removed",
                "content: base64", "organisation's signature: none",
            ])
        #expect(reply.answer.account == "VSS")
    }

    @Test(arguments: AxisReadings.Checksum.allCases)
    func repliesAreSignedWithTheAxissKey(form: AxisReadings.Checksum) async throws {
        let rig = try AxisRig { $0.readings.checksum = [form, .hex] }
        defer { rig.close() }
        let good = try await rig.push(try rig.sender().message(try AxisRig.envelope()))
        let bad = try await rig.push(try rig.sender().message(try AxisRig.envelope(), signature: .some("00")))
        let text = try String(contentsOfFile: rig.directory + "/keys/axis.pub.pem", encoding: .utf8)
        let key = try _RSA.Signing.PublicKey(pemRepresentation: text)
        for reply in [good, bad] {
            let body = reply.text
            let header = try #require(body.firstRange(of: #"{"header":"#)).upperBound
            let data = try #require(body.firstRange(of: #","data":"#))
            let end = try #require(body.ranges(of: #","signature":"#).last)
            func digest(_ part: Substring) -> String {
                SHA256.hash(data: Data(part.filter { !$0.isWhitespace }.utf8)).map { String(format: "%02X", $0) }
                    .joined()
            }
            let signed = digest(body[header..<data.lowerBound]) + "." + digest(body[data.upperBound..<end.lowerBound])
            let written = try #require(reply.object["signature"] as? String)
            let bytes =
                form == .base64
                ? Data(base64Encoded: written)
                : Data(stride(from: 0, to: 512, by: 2).compactMap { UInt8(written.dropFirst($0).prefix(2), radix: 16) })
            let signature = _RSA.Signing.RSASignature(rawRepresentation: try #require(bytes))
            #expect(
                key.isValidSignature(
                    signature, for: SHA256.hash(data: Data(signed.utf8)), padding: .insecurePKCS1v1_5), "\(reply.code)")
        }
    }

    static let headerFaults: [(String, String?, String)] = [
        ("version", nil, "version"), ("receiver_id", "VTS", "Hà Nội"), ("txn_type", "sync_checkup", "sync_ehr"),
        ("msg_id", "G12/VSS", "UUIDv4"), ("msg_id", "X261118" + String(repeating: "0", count: 32), "sender_id"),
        ("msg_id", "G12/VSS261318" + "00000000000040008000000000000000", "YYMMDD"),
        ("msg_id", "G12/VSS261118" + "00000000000010008000000000000000", "UUIDv4"),
        ("msg_id", "G12/VSS261118" + "0000000000004000c000000000000000", "UUIDv4"),
        ("msg_id", "G12/VSS261118" + "0000000000004000800000000000000g", "UUIDv4"), ("msg_type", "102", "101"),
        ("data_type", "json/base64", "xml/base64"), ("data_type", nil, "xml/base64"),
        ("send_datetime", "1795000000", "13"),
    ]

    @Test(arguments: headerFaults)
    func aFaultOfTheHeaderIsNamed(field: String, value: String?, word: String) async throws {
        let rig = try AxisRig()
        defer { rig.close() }
        let reply = try await rig.push(try rig.sender().message(try AxisRig.envelope(), fields: [field: value]))
        #expect(reply.status == 400 && reply.code == "CM_INVALID_REQUEST", "\(reply.text)")
        #expect(reply.words.contains(word), "\(reply.words)")
        #expect(rig.facility.commands == 0 && reply.data["data_state"] as? String == "1")
    }

    @Test(arguments: [
        ("no JSON", "JSON"), ("[]", "JSON"), ("{}", "header"), (#"{"header":[],"data":"","signature":""}"#, "header"),
        (#"{"header":{},"header":{},"data":""}"#, "hai lần"), (#"{"header":{"a":"}"#, "JSON"),
        (#"{"header":{}} trailing"#, "JSON"),
    ])
    func aBodyThatIsNoMessageIsSaidSo(body: String, word: String) async throws {
        let rig = try AxisRig()
        defer { rig.close() }
        let reply = try await rig.push(.init(text: body, messageID: ""))
        #expect(
            reply.status == 400 && reply.code == "CM_INVALID_REQUEST" && reply.words.contains(word), "\(reply.text)")
    }

    @Test(arguments: [
        (#""data":"""#, "rỗng"), (#""data":"<GIAMDINHHS/>""#, "Base64"), (#""data":"%%%""#, "Base64"),
        (#""data":17"#, "chuỗi"), (#""data":{"content":"QQ=="}"#, "content"), (#""data":{"giamdinhhs":{}}"#, "object"),
        (#""dat":"QQ==""#, "thiếu data"),
    ])
    func aFaultOfTheDataIsNamed(data: String, word: String) async throws {
        let rig = try AxisRig()
        defer { rig.close() }
        let message = try rig.sender().message(Array("x".utf8)) { text in
            text.replacingOccurrences(of: #""data":"eA==""#, with: data)
        }
        let reply = try await rig.push(message)
        #expect(
            reply.status == 400 && reply.code == "CM_INVALID_REQUEST" && reply.words.contains(word), "\(reply.text)")
    }

    @Test func eachRoleHasItsCallAndItsOwnName() async throws {
        let rig = try AxisRig()
        defer { rig.close() }
        let file = try AxisRig.envelope()
        let own = try rig.sender().message(file)
        func code(_ reply: AxisRig.Reply) -> String { "\(reply.status) \(reply.code)" }
        #expect(try await code(rig.push(own, path: AxisRig.checkups)) == "403 CM_AUTH_PERMISSION")
        let facility = try await rig.logIn("BV", "bv")
        #expect(try await code(rig.push(own, token: facility)) == "403 CM_AUTH_PERMISSION")
        let other = try rig.sender("VSS", senderID: "8930000001999").message(file)
        #expect(try await code(rig.push(other)) == "403 CM_AUTH_PERMISSION")
        #expect(try await code(rig.push(own, serviceType: nil)) == "400 CM_INVALID_REQUEST")
        #expect(try await code(rig.push(own, serviceType: "101")) == "400 CM_INVALID_REQUEST")
        let bound = try AxisRig { $0.accounts[0].facility = "01013" }
        defer { bound.close() }
        #expect(try await code(bound.push(try bound.sender().message(file))) == "403 CM_AUTH_PERMISSION")
        #expect(rig.facility.commands == 0 && bound.facility.commands == 0)
    }

    @Test(arguments: ["<GIAMDINHHS", "<X/>", "<GIAMDINHHS/>", "<!DOCTYPE a><GIAMDINHHS/>"])
    func aFileThatIsNoEnvelopeStoresNothing(file: String) async throws {
        let rig = try AxisRig()
        defer { rig.close() }
        let reply = try await rig.push(try rig.sender().message(Array(file.utf8)))
        #expect(
            reply.status == 400 && reply.code == "CM_INVALID_REQUEST" && rig.facility.commands == 0, "\(reply.text)")
    }

    @Test func aHalfGoodFileStoresTheGoodAndNamesTheBad() async throws {
        let rig = try AxisRig()
        defer { rig.close() }
        let file = try AxisRig.envelope({ table in
            table.contains("PX0003") && table.contains("<GIOI_TINH>")
                ? table.replacing(#/<GIOI_TINH>.<\/GIOI_TINH>/#, with: "<GIOI_TINH>x</GIOI_TINH>") : table
        })
        let reply = try await rig.push(try rig.sender().message(file))
        #expect(reply.code == "CM_SUCCESS" && rig.facility.count == 9)
        let fault = try #require(reply.details.first { $0["field"] as? String == "GIOI_TINH" }, "\(reply.text)")
        #expect(fault["ma_lk"] as? String == "PX0003" && fault["table"] as? String == "XML1")
    }

    @Test func theSameMessageGetsTheFirstAnswerAlsoAfterARestart() async throws {
        let rig = try AxisRig()
        defer { rig.close() }
        let message = try rig.sender().message(try AxisRig.envelope())
        let first = try await rig.push(message)
        let later = try await rig.push(message, at: AxisRig.now + 5_000)
        #expect(later.body == first.body && rig.facility.commands == 1)
        let again = try AxisRig(directory: rig.directory)
        defer { again.close() }
        #expect(try await again.push(message, at: AxisRig.now + 9_000).body == first.body)
        #expect(again.facility.commands == 0)
        let other = try rig.sender().message(
            try AxisRig.envelope { $0.replacingOccurrences(of: "TRẦN THỊ HAI THẺ", with: "TRẦN THỊ HAI") },
            messageID: message.messageID)
        let refused = try await again.push(other)
        #expect(refused.code == "CM_INVALID_REQUEST" && refused.words.contains("msg_id"), "\(refused.text)")
    }

    @Test func theSameMessageManyTimesAtOnceIsTakenOnce() async throws {
        let rig = try AxisRig()
        defer { rig.close() }
        let message = try rig.sender().message(try AxisRig.envelope())
        let token = try await rig.logIn()
        let bodies = try await withThrowingTaskGroup(of: [UInt8].self) { group in
            for _ in 0..<20 { group.addTask { try await rig.push(message, token: token).body } }
            return try await group.reduce(into: Set<[UInt8]>()) { $0.insert($1) }
        }
        #expect(bodies.count == 1 && rig.facility.count == 10)
        #expect(rig.facility.revision("PX0001") == 1)
    }

    @Test func aNewMessageForTheSameRecordIsANewVersionAndSaysSo() async throws {
        let rig = try AxisRig()
        defer { rig.close() }
        _ = try await rig.push(try rig.sender().message(try AxisRig.envelope()))
        let same = try await rig.push(try rig.sender().message(try AxisRig.envelope()))
        #expect(same.code == "CM_SUCCESS" && same.details.allSatisfy { $0["version"] as? Int == 1 }, "\(same.text)")
        let changed = try AxisRig.envelope { $0.replacingOccurrences(of: "TRẦN THỊ HAI THẺ", with: "TRẦN THỊ HAI") }
        let reply = try await rig.push(try rig.sender().message(changed))
        let detail = try #require(reply.details.first { $0["ma_lk"] as? String == "PX0001" })
        #expect(detail["version"] as? Int == 2 && (detail["message"] as? String)?.contains("phiên bản mới: 2") == true)
        #expect((reply.data["message_notify"] as? String)?.contains("1 là phiên bản mới") == true)
        #expect(rig.facility.revision("PX0001") == 2 && rig.facility.revision("PX0002") == 1)
    }

    @Test func aFacilityThatDoesNotAnswerIsSaidSoAndTheSameMessageGoesLater() async throws {
        let rig = try AxisRig()
        defer { rig.close() }
        let message = try rig.sender().message(try AxisRig.envelope())
        rig.facility.refuse(true)
        let busy = try await rig.push(message)
        #expect(busy.status == 500 && busy.code == "CM_SYSTEM_ERROR")
        rig.facility.refuse(false)
        #expect(try await rig.push(message).code == "CM_SUCCESS" && rig.facility.count == 10)
    }
}
