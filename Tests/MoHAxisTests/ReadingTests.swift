import DoorHouse
import DoorTestSupport
import EnvelopeSignature
import Foundation
import Testing

@testable import MoHAxis

/// Readings of the contradictory texts, by table: what is configured is taken; of what is not the sender is told which reading
/// it was, which is wanted, and what was hashed.
@Suite struct ReadingTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var way: Sender.Way
        /// As the axis names it.
        var used: String
        /// A setting that takes it; nil where none does.
        var settings: (@Sendable (inout AxisReadings) -> Void)?
        var testDescription: String { used }
    }

    static let others: [Case] = [
        Case(way: .init(signature: "base64"), used: "checksum=base64 hash=string blanks=removed") {
            $0.checksum = [.base64]
        },
        Case(way: .init(signature: "hex-lower"), used: "checksum=hex-lower hash=string blanks=removed") {
            $0.checksum = [.hex, .hexLower]
        },
        Case(way: .init(hash: "object"), used: "checksum=hex hash=object blanks=removed") { $0.hash = [.object] },
        Case(way: .init(blanks: "exact", isPretty: true), used: "checksum=hex hash=string blanks=exact") {
            $0.blanks = [.removed, .exact]
        },
        Case(
            way: .init(signature: "base64", hash: "object", blanks: "exact", isPretty: true),
            used: "checksum=base64 hash=object blanks=exact"
        ) {
            $0.checksum = [.base64]
            $0.hash = [.object]
            $0.blanks = [.exact]
        },
        Case(way: .init(digits: "hex-lower"), used: "checksum=hex hash=string blanks=removed digits=hex-lower"),
        Case(way: .init(digits: "base64"), used: "checksum=hex hash=string blanks=removed digits=base64"),
        Case(way: .init(hash: "file"), used: "checksum=hex hash=file blanks=exact"),
        Case(way: .init(isPSS: true), used: "checksum=hex hash=string blanks=removed padding=pss"),
    ]

    @Test(arguments: others)
    func anotherReadingIsNamedAndTakenWhereItIsSet(_ entry: Case) async throws {
        let rig = try AxisRig()
        defer { rig.close() }
        // Blanks of the file itself stay where the file is what was hashed.
        let message = try rig.sender().message(
            try AxisRig.envelope(),
            {
                var way = entry.way; if way.hash == "file" { way.blanks = "exact" }; return way
            }())
        let reply = try await rig.push(message)
        #expect(reply.status == 400 && reply.code == "PS_DS_RSA_SIGNATURE_INVALID", "\(reply.text)")
        let check = try #require(reply.data["signature_check"] as? [String: Any])
        #expect(check["used"] as? String == entry.used, "\(check)")
        #expect(check["accepted"] as? String == "checksum=hex hash=string blanks=removed")
        #expect(reply.words.contains(entry.used) && reply.answer.verdict.contains(entry.used))
        #expect(rig.facility.commands == 0)
        guard let settings = entry.settings else { return }
        let lenient = try AxisRig { settings(&$0.readings) }
        defer { lenient.close() }
        let taken = try await lenient.push(message)
        #expect(taken.code == "CM_SUCCESS", "\(taken.text)")
        for part in entry.used.split(separator: " ") {
            #expect(taken.answer.readings.contains(String(part).replacing("=", with: ": ")), "\(taken.answer.readings)")
        }
    }

    @Test func whatWasHashedIsSaidSoThatASenderCanCompare() async throws {
        let rig = try AxisRig()
        defer { rig.close() }
        let message = try rig.sender().message(try AxisRig.envelope(), .init(signature: "base64"))
        let reply = try await rig.push(message)
        let check = try #require(reply.data["signature_check"] as? [String: Any])
        let text = message.text
        let start = try #require(text.firstRange(of: #"{"header":"#)).upperBound
        let end = try #require(text.firstRange(of: #","data":"#)).lowerBound
        let header = SignatureReport.Part(Array(text[start..<end].utf8))
        let a = try #require(check["a"] as? [String: Any])
        #expect(a["sha256"] as? String == header.sha256 && a["bytes"] as? Int == header.bytes)
        #expect(a["preview"] as? String == #"{"version":"1.0","sender"#)
        let b = try #require(check["b"] as? [String: Any])
        #expect(b["bytes"] as? Int == (try AxisRig.envelope().count + 2) / 3 * 4)
        #expect((check["c"] as? [String: Any])?["bytes"] as? Int == 129)
        #expect(PersonalDataMask.masked(reply.answer.verdict) == reply.answer.verdict, "the log shows the hashes whole")
        #expect(reply.answer.verdict.contains(header.grouped))
    }

    @Test(arguments: [
        (String?.none, "PS_DS_RSA_SIGNATURE_MISSING"), ("", "PS_DS_RSA_SIGNATURE_MISSING"),
        ("AB", "PS_DS_RSA_SIGNATURE_INVALID"), (String(repeating: "0", count: 512), "PS_DS_RSA_SIGNATURE_INVALID"),
    ])
    func aSignatureThatIsNoneIsRefused(text: String?, code: String) async throws {
        let rig = try AxisRig()
        defer { rig.close() }
        let reply = try await rig.push(try rig.sender().message(try AxisRig.envelope(), signature: .some(text)))
        #expect(reply.status == 400 && reply.code == code && rig.facility.commands == 0, "\(reply.text)")
    }

    @Test func aMessageThatWasChangedAfterwardsHoldsByNoReading() async throws {
        let rig = try AxisRig()
        defer { rig.close() }
        let message = try rig.sender().message(try AxisRig.envelope()) {
            $0.replacingOccurrences(of: #""send_datetime":"1795000000000""#, with: #""send_datetime":"1795000000001""#)
        }
        let reply = try await rig.push(message)
        #expect(reply.code == "PS_DS_RSA_SIGNATURE_INVALID" && reply.words.contains("không cách đọc nào"))
        #expect((reply.data["signature_check"] as? [String: Any])?["used"] == nil)
    }

    @Test func theKeyOfAnotherAccountIsNamed() async throws {
        let rig = try AxisRig()
        defer { rig.close() }
        let reply = try await rig.push(try rig.sender("BV").message(try AxisRig.envelope()))
        #expect(reply.code == "PS_DS_RSA_SIGNATURE_INVALID" && reply.words.contains("tài khoản BV"), "\(reply.words)")
    }

    @Test(arguments: [("content", AxisReadings.Shape.content), ("file_content", .fileContent)], ["string", "object"])
    func aShapeOfDataIsTakenWhereItIsSet(shape: (String, AxisReadings.Shape), hash: String) async throws {
        let way = Sender.Way(hash: hash, shape: shape.0)
        let rig = try AxisRig()
        defer { rig.close() }
        let message = try rig.sender().message(try AxisRig.envelope(), way)
        let refused = try await rig.push(message)
        #expect(refused.code == "CM_INVALID_REQUEST" && refused.words.contains("dạng \(shape.0)"), "\(refused.text)")
        let lenient = try AxisRig {
            $0.readings.data = [shape.1]
            $0.readings.hash = [.string, .object]
        }
        defer { lenient.close() }
        let taken = try await lenient.push(message)
        #expect(taken.code == "CM_SUCCESS" && taken.answer.readings.contains("data: \(shape.0)"), "\(taken.text)")
        #expect(taken.answer.readings.contains("hash: \(hash)"))
    }

    @Test func theTwinInJSONIsTakenWhereItIsSet() async throws {
        // A table in JSON is an element in XML: what an envelope holds as nested elements.
        let rig = try AxisRig {
            $0.readings.data = [.object]
            $0.readings.hash = [.object]
        }
        defer { rig.close() }
        let twin = try Twin.json(of: try AxisRig.envelope())
        let reply = try await rig.push(try rig.sender().message(twin, .init(hash: "object", shape: "object")))
        #expect(reply.code == "CM_SUCCESS" && rig.facility.count == 10, "\(reply.text)")
        let base64 = try AxisRig()
        defer { base64.close() }
        _ = try await base64.push(try base64.sender().message(try AxisRig.envelope()))
        let again = try await base64.push(
            try base64.sender().message(try #require(JSONTwin.xml(twin))))
        #expect(again.details.allSatisfy { ($0["message"] as? String)?.contains("đã có") == true }, "\(again.text)")
    }

    enum Writing: String, CaseIterable, Sendable {
        case nested, escaped, section

        /// As the axis names it.
        var form: String { self == .section ? "escaped" : rawValue }

        func write(_ table: String) -> String {
            switch self {
            case .nested: table
            case .escaped: table.replacing("&", with: "&amp;").replacing("<", with: "&lt;")
            case .section: "<![CDATA[\(table)]]>"
            }
        }
    }

    @Test(arguments: Writing.allCases)
    func aTableIsReadHoweverItStandsInTheFile(writing: Writing) async throws {
        let form = writing.form
        let file = try AxisRig.envelope({ $0 }, write: writing.write)
        let strict = try AxisRig { $0.readings.content = [.base64] }
        defer { strict.close() }
        let refused = try await strict.push(try strict.sender().message(file))
        #expect(refused.code == "CM_INVALID_REQUEST" && refused.words.contains("dạng \(form)"), "\(refused.text)")
        let rig = try AxisRig { $0.readings.content = [.base64, .nested, .escaped] }
        defer { rig.close() }
        let taken = try await rig.push(try rig.sender().message(file))
        #expect(taken.code == "CM_SUCCESS" && taken.answer.readings.contains("content: \(form)"), "\(taken.text)")
        let same = try await rig.push(try rig.sender().message(try AxisRig.envelope()))
        #expect(same.details.allSatisfy { ($0["message"] as? String)?.contains("đã có") == true }, "\(same.text)")
    }

    @Test func otherNamesOfTheAxisAreTakenWhereTheyAreSet() async throws {
        let rig = try AxisRig { $0.readings.receiver = ["TDLBYT", "VTS"] }
        defer { rig.close() }
        let reply = try await rig.push(
            try rig.sender().message(try AxisRig.envelope(), fields: ["receiver_id": "VTS"]))
        #expect(reply.code == "CM_SUCCESS" && reply.header["sender_id"] as? String == "VTS")
        #expect(reply.answer.readings.contains("receiver_id: VTS"))
    }
}

/// The twin of an envelope in JSON, as a sender would write it.
enum Twin {
    static func json(of envelope: [UInt8]) throws -> [UInt8] {
        let document = try XMLTwinReader.read(envelope)
        return Array(try JSONSerialization.data(withJSONObject: document, options: [.withoutEscapingSlashes]))
    }
}
