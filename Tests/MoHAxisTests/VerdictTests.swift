import DoorHouse
import DoorTestSupport
import EnvelopeSignature
import ExchangeSchema
import Foundation
import Testing

@testable import MoHAxis

/// The four verdicts, and that every res_code is reached.
@Suite struct VerdictTests {
    static let one = "PX0001"

    /// An envelope with one visit.
    static func file() throws -> [UInt8] {
        let text = String(decoding: try AxisRig.envelope(), as: UTF8.self)
        let start = try #require(text.firstRange(of: "</HOSO>")).upperBound
        let end = try #require(text.ranges(of: "</HOSO>").last).upperBound
        return Array(
            text.replacingCharacters(in: start..<end, with: "").replacingOccurrences(
                of: "<SOLUONGHOSO>10<", with: "<SOLUONGHOSO>1<"
            ).utf8)
    }

    static let outcomes: [(VisitPhase, String, ResultCode)] = [
        (.pending, "", .success), (.shared, "", .saveSuccess), (.refused, "c06.no-match.name-differs", .verifyFail),
        (.refused, "moh.dates-contradict", .saveFail), (.refused, "vss.010", .saveFail),
        (.withdrawn, "", .saveFail),
    ]

    @Test(arguments: outcomes)
    func verdictsAreToldLater(phase: VisitPhase, reason: String, code: ResultCode) async throws {
        let rig = try AxisRig()
        defer { rig.close() }
        let message = try rig.sender().message(try Self.file())
        #expect(try await rig.push(message).code == "CM_SUCCESS")
        rig.facility.decide(Self.one, phase, reason: reason)
        let reply = try await rig.verdict(message.messageID)
        #expect(reply.status == 200 && reply.code == code.rawValue, "\(reply.text)")
        #expect(
            reply.header["ref_msg_id"] as? String == message.messageID && reply.header["msg_type"] as? String == "102")
        let verdicts = reply.data["verdicts"] as? [[String: Any]] ?? []
        #expect(verdicts.map { $0["check"] as? String } == ["rsa-signature", "ca-signature", "verify", "save"])
        #expect(verdicts.first?["state"] as? String == "passed")
        if !reason.isEmpty { #expect(reply.details.first?["reason"] as? String == reason) }
    }

    @Test(arguments: outcomes.filter { $0.0 != .pending })
    func verdictsStandInTheFirstReplyWhereTheyAreSetTo(phase: VisitPhase, reason: String, code: ResultCode) async throws
    {
        let rig = try AxisRig { $0.readings.verdicts = .firstReply }
        defer { rig.close() }
        rig.facility.decide(Self.one, phase, reason: reason)
        let message = try rig.sender().message(try Self.file())
        let reply = try await rig.push(message)
        let expected = code == .saveSuccess ? ResultCode.success : code
        #expect(reply.status == 200 && reply.code == expected.rawValue, "\(reply.text)")
        #expect(try await rig.push(message).body == reply.body)
        #expect((reply.data["verdicts"] as? [Any])?.count == 4)
    }

    @Test func aFirstReplyDoesNotWaitForEver() async throws {
        let rig = try AxisRig {
            $0.readings.verdicts = .firstReply
            $0.verdictSeconds = 0
        }
        defer { rig.close() }
        let reply = try await rig.push(try rig.sender().message(try Self.file()))
        #expect(reply.code == "CM_SUCCESS" && (reply.data["data_state_msg"] as? String)?.contains("chưa") == true)
    }

    @Test func onlyTheSenderLooksUp() async throws {
        let rig = try AxisRig()
        defer { rig.close() }
        let message = try rig.sender().message(try Self.file())
        _ = try await rig.push(message)
        let other = try await rig.logIn("BV", "bv")
        #expect(try await rig.verdict(message.messageID, token: other).code == "CM_INVALID_REQUEST")
        #expect(try await rig.verdict("", token: nil).code == "CM_INVALID_REQUEST")
        #expect(try await rig.verdict("x", token: "").code == "CM_AUTH_EXPIRED")
        let day: Int64 = 86_400_000
        #expect(try await rig.verdict(message.messageID, at: AxisRig.now + 60 * day - 1).code == "CM_SUCCESS")
        #expect(try await rig.verdict(message.messageID, at: AxisRig.now + 60 * day).code == "CM_INVALID_REQUEST")
    }

    /// How a file is signed, what is demanded, and what comes of it.
    static let signings: [(String, SignatureDemand, ResultCode)] = [
        ("none", .off, .success), ("none", .whenPresent, .success), ("none", .byDate, .organisationMissing),
        ("none", .always, .organisationMissing), ("own", .always, .success), ("own", .whenPresent, .success),
        ("other", .whenPresent, .organisationInvalid), ("other", .off, .success),
        ("changed", .whenPresent, .organisationInvalid), ("stranger", .always, .organisationInvalid),
        ("stranger", .whenPresent, .success), ("nested", .whenPresent, .success),
    ]

    @Test(arguments: signings)
    func theOrganisationsSignatureIsLookedAt(signing: String, demand: SignatureDemand, code: ResultCode) async throws {
        let place = NSTemporaryDirectory() + "axis-authority-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: place) }
        let now = Date(timeIntervalSince1970: Double(AxisRig.now) / 1_000)
        let authority = try FacilityAuthority.kept(in: place, now: now)
        let envelope = try Self.file()
        let file: [UInt8]
        switch signing {
        case "own": file = try EnvelopeSigner.sign(envelope, with: authority.issue(facilityCode: "01999", now: now))
        case "other": file = try EnvelopeSigner.sign(envelope, with: authority.issue(facilityCode: "01013", now: now))
        case "stranger":
            file = try EnvelopeSigner.sign(
                envelope, with: FacilityAuthority(now: now).issue(facilityCode: "01999", now: now))
        case "changed":
            let signed = try EnvelopeSigner.sign(envelope, with: authority.issue(facilityCode: "01999", now: now))
            file = Array(
                String(decoding: signed, as: UTF8.self).replacingOccurrences(of: "<NGAYLAP>", with: "<NGAYLAP> ").utf8)
        // A declaration in the midst: no XML as a whole, as the sample of Decision 2062 is none.
        case "nested":
            file = try AxisRig.envelope(
                { $0 }, write: { "<?xml version=\"1.0\"?>" + $0.drop { $0 != ">" }.dropFirst() })
        default: file = envelope
        }
        let rig = try AxisRig({ $0.readings.signature = demand }, authority: place)
        defer { rig.close() }
        let reply = try await rig.push(try rig.sender().message(file))
        #expect(reply.status == 200 && reply.code == code.rawValue, "\(reply.text)")
        #expect((rig.facility.commands == 1) == (code == .success))
        #expect((reply.data["message_check_ca"] as? String)?.isEmpty == false)
    }

    /// One call for each, so that no code is there for show.
    @Test func everyResultCodeIsGivenOut() async throws {
        let rig = try AxisRig()
        defer { rig.close() }
        var texts: [String] = []
        func note(_ reply: AxisRig.Reply) { texts.append(reply.text) }
        let (sender, file, token) = (try rig.sender(), try Self.file(), try await rig.logIn())
        note(try await rig.ask("/api/auth/login", body: Array(#"{"username":"VSS","password":"x"}"#.utf8)))
        note(try await rig.push(try sender.message(file), token: "x"))
        note(try await rig.push(try sender.message(file), token: token, path: AxisRig.checkups))
        note(try await rig.push(try sender.message(file, fields: ["version": nil]), token: token))
        note(try await rig.push(try sender.message(file, signature: .some(nil)), token: token))
        note(try await rig.push(try sender.message(file, signature: .some("0")), token: token))
        rig.facility.refuse(true)
        note(try await rig.push(try sender.message(file), token: token))
        rig.facility.refuse(false)
        let message = try sender.message(file)
        note(try await rig.push(message, token: token))
        for (phase, reason) in [(VisitPhase.shared, ""), (.refused, "c06.deceased"), (.refused, "moh.unreadable")] {
            rig.facility.decide(Self.one, phase, reason: reason)
            note(try await rig.verdict(message.messageID, token: token))
        }
        let strict = try AxisRig { $0.readings.signature = .always }
        defer { strict.close() }
        note(try await strict.push(try strict.sender().message(file)))
        let broken = String(decoding: file, as: UTF8.self).replacing(
            "<CHUKYDONVI>", with: "<CHUKYDONVI><Signature xmlns=\"http://www.w3.org/2000/09/xmldsig#\"/>")
        note(try await strict.push(try strict.sender().message(Array(broken.utf8))))
        for code in ResultCode.allCases {
            #expect(texts.contains { $0.contains("\"res_code\":\"\(code.rawValue)\"") }, "\(code.rawValue)")
        }
    }
}
