import Crypto
import DoorTestSupport
import EnvelopeSignature
import ExchangeSchema
import Foundation
import Testing

@testable import MoHAxis

/// What the axis finds of signatures MoH writes down before anybody is told.
@Suite struct VerdictLeafTests {
    private static func leaves(_ reply: AxisRig.Reply) -> [Int?] {
        (reply.data["verdicts"] as? [[String: Any]] ?? []).map { $0["leaf"] as? Int }
    }

    @Test func bothVerdictsOfAMessageAreWrittenDownInOneCommand() async throws {
        let rig = try AxisRig()
        defer { rig.close() }
        let message = try rig.sender().message(try VerdictTests.file())
        #expect(try await rig.push(message).code == "CM_SUCCESS")
        #expect(rig.ministry.commands == 1)
        let (verdicts, record) = (
            rig.ministry.verdicts, RecordIdentifier(facilityCode: "01999", episodeCode: VerdictTests.one)
        )
        #expect(verdicts.map(\.check) == [.messageSignature, .organisationSignature])
        #expect(verdicts.map(\.outcome) == [.held, .none] && verdicts.map(\.resultCode) == ["CM_SUCCESS", ""])
        #expect(verdicts[0].reading == "checksum=hex hash=string blanks=removed")
        for verdict in verdicts {
            #expect(verdict.senderID == "G12/VSS" && verdict.recordIds == [record.description])
            #expect(verdict.messageDigest.count == 32)
            #expect(
                verdict.messageIDDigest == Data(SHA256.hash(data: Data("G12/VSS|\(message.messageID)".utf8))))
        }
        #expect(Self.leaves(try await rig.verdict(message.messageID)) == [100, 101, nil, nil])
        #expect(try await rig.push(message).code == "CM_SUCCESS")
        #expect(rig.ministry.verdicts.count == 2, "the same message has no second leaf")
    }

    /// Nothing is told that no journal has: neither that a message is taken in nor that a signature fails.
    @Test func whereMoHIsSilentNobodyIsToldAnything() async throws {
        let rig = try AxisRig()
        defer { rig.close() }
        rig.ministry.refuse(true)
        let good = try rig.sender().message(try VerdictTests.file())
        let bad = try rig.sender().message(
            try VerdictTests.file(), signature: .some(String(repeating: "0", count: 512)))
        for message in [good, bad] {
            let reply = try await rig.push(message)
            #expect(reply.status == 500 && reply.code == "CM_SYSTEM_ERROR", "\(reply.text)")
            #expect(reply.data["signature_check"] == nil && reply.data["verdicts"] == nil)
            #expect(try await rig.verdict(message.messageID).code == "CM_INVALID_REQUEST")
        }
        #expect(rig.facility.commands == 0)
        #expect(await rig.axis.obstacles().isEmpty, "who refuses a question is there")
        rig.ministry.refuse(false)
        #expect(try await rig.push(good).code == "CM_SUCCESS")
        #expect(try await rig.push(bad).code == "PS_DS_RSA_SIGNATURE_INVALID")
    }

    @Test func aSignatureThatFailsHasALeafAndIsLookedUp() async throws {
        let rig = try AxisRig()
        defer { rig.close() }
        for signature in ["", String(repeating: "0", count: 512)] {
            let message = try rig.sender().message(try VerdictTests.file(), signature: .some(signature))
            let code = signature.isEmpty ? "PS_DS_RSA_SIGNATURE_MISSING" : "PS_DS_RSA_SIGNATURE_INVALID"
            let reply = try await rig.push(message)
            #expect(reply.code == code)
            let verdict = try #require(rig.ministry.verdicts.last)
            #expect(verdict.check == .messageSignature && verdict.outcome == .failed && verdict.resultCode == code)
            #expect(verdict.recordIds.isEmpty && verdict.reading.isEmpty)
            let leaf = 99 + rig.ministry.verdicts.count
            let later = try await rig.verdict(message.messageID)
            #expect(Self.leaves(reply) == [leaf, nil, nil, nil] && Self.leaves(later) == [leaf, nil, nil, nil])
            #expect(later.code == code && later.status == reply.status)
            #expect(Self.leaves(try await rig.push(message)) == [leaf, nil, nil, nil], "no second leaf")
        }
    }

    @Test func anOrganisationsSignatureThatIsMissingHasALeafWithTheRecords() async throws {
        let rig = try AxisRig { $0.readings.signature = .always }
        defer { rig.close() }
        let message = try rig.sender().message(try VerdictTests.file())
        let reply = try await rig.push(message)
        #expect(reply.code == "PS_DS_CA_SIGNATURE_MISSING" && Self.leaves(reply) == [100, 101, nil, nil])
        #expect(rig.ministry.verdicts.map(\.outcome) == [.held, .failed])
        #expect(rig.ministry.verdicts.allSatisfy { $0.recordIds.count == 1 })
        #expect(rig.facility.commands == 0)
        #expect(Self.leaves(try await rig.verdict(message.messageID)) == [100, 101, nil, nil])
    }

    /// The file cannot be read: of the organisation's signature nothing is said.
    @Test func aFileThatIsNoneHasTheLeafOfItsMessage() async throws {
        let rig = try AxisRig()
        defer { rig.close() }
        let message = try rig.sender().message(Array("<GIAMDINHHS>".utf8))
        let reply = try await rig.push(message)
        #expect(reply.code == "CM_INVALID_REQUEST" && Self.leaves(reply) == [100, nil, nil, nil], "\(reply.text)")
        #expect(rig.ministry.verdicts.map(\.check) == [.messageSignature])
    }

    /// A message that was refused for its signature, sent again under the same msg_id with another one.
    @Test func aSignatureThatIsMendedTakesThePlace() async throws {
        let rig = try AxisRig()
        defer { rig.close() }
        let message = try rig.sender().message(try VerdictTests.file())
        var broken = message
        broken.text = message.text.replacingOccurrences(of: "\"signature\":\"", with: "\"signature\":\"00")
        #expect(try await rig.push(broken).code == "PS_DS_RSA_SIGNATURE_INVALID")
        #expect(try await rig.push(message).code == "CM_SUCCESS")
        #expect(Self.leaves(try await rig.verdict(message.messageID)) == [101, 102, nil, nil])
        // What is refused afterwards does not take the place of what was taken in.
        #expect(try await rig.push(broken).code == "PS_DS_RSA_SIGNATURE_INVALID")
        #expect(Self.leaves(try await rig.verdict(message.messageID)) == [101, 102, nil, nil])
    }
}
