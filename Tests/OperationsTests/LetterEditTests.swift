import ExchangeSchema
import Foundation
import ProgramTestSupport
import Replay
import Testing
import Vocabulary

@testable import Composition
@testable import Operations

/// What an edit file may say, and what it makes of a letter.
@Suite struct LetterEditTests {
    let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    private func edit(_ text: String) throws -> LetterEdit {
        try LetterEdit(path: try directory.write(text, to: "edit.json"))
    }

    private func apply(
        _ text: String, to value: [UInt8]?, as type: MessageType? = .correction, key: String = "k",
        headers: [TrafficHeader] = []
    ) throws -> LetterEdit.Content {
        let content = LetterEdit.Content(key: Array(key.utf8), value: value, headers: headers)
        return try edit(text).applied(to: content, type: type, place: "t.dlt/0/3")
    }

    private static var correction: Correction {
        var message = Correction()
        message.recordID = "00000000-0000-7000-8000-000000000001"
        message.revision = 1
        message.code = "vss.060"
        message.field = "HO_TEN"
        return message
    }

    private static var visit: FacilityRecord {
        var administrative = AdministrativeBlock()
        administrative.hoTen = "NGUYỄN VĂN AN"
        administrative.maLk = "LK-1"
        var clinical = ClinicalBlock()
        clinical.maBenhChinh = "J06.9"
        var record = FacilityRecord()
        record.revision = 1
        record.administrative = .init(administrative.encoded)
        record.clinical = .init(clinical.encoded)
        return record
    }

    @Test func headersAndKeyAreChanged() throws {
        let headers = [TrafficHeader("ce_type", [1]), TrafficHeader("origin", [2]), TrafficHeader("kept", [3])]
        let content = try apply(
            #"{"headers": {"set": {"ce_type": "x", "new": "y"}, "remove": ["origin"]}, "key": "01013"}"#,
            to: Self.correction.encoded, headers: headers)
        #expect(content.headers.map(\.name) == ["ce_type", "kept", "new"])
        #expect(content.headers.map { String(decoding: $0.value, as: UTF8.self) } == ["x", "\u{3}", "y"])
        #expect(content.key == Array("01013".utf8) && content.value == Self.correction.encoded)
        #expect(try apply(#"{"key": {"base64": "AAH/"}}"#, to: Self.correction.encoded).key == [0, 1, 255])
        #expect(try apply(#"{"key": null}"#, to: Self.correction.encoded).key == nil)
    }

    @Test func aPatchIsLaidOverAReadableMessage() throws {
        let content = try apply(
            #"{"payload": {"merge": {"field": "NGAY_SINH", "code": null}}}"#, to: Self.correction.encoded)
        let message = try Correction(decoding: try #require(content.value))
        #expect(message.field == "NGAY_SINH" && message.code == "" && message.recordID == Self.correction.recordID)
    }

    @Test func aBlockIsChangedInsideAndTheOthersKeepTheirBytes() throws {
        let content = try apply(
            #"{"payload": {"merge": {"revision": 2, "clinical": {"maBenhChinh": "A00"}}}}"#, to: Self.visit.encoded,
            as: .facilityRecord)
        let message = try FacilityRecord(decoding: try #require(content.value))
        #expect(message.revision == 2 && message.administrative == Self.visit.administrative)
        #expect(try ClinicalBlock(decoding: message.clinical).maBenhChinh == "A00")
    }

    @Test func aBlockThatIsNotThereIsMadeAndOneIsTakenAway() throws {
        let content = try apply(
            #"{"payload": {"merge": {"clinical": null, "insurance": {"maTheBhyt": "GD401"}}}}"#, to: Self.visit.encoded,
            as: .facilityRecord)
        let message = try FacilityRecord(decoding: try #require(content.value))
        #expect(message.clinical.isEmpty)
        #expect(try InsuranceBlock(decoding: message.insurance).maTheBhyt == "GD401")
    }

    @Test func anUnreadablePayloadIsReplaced() throws {
        let bytes = Self.correction.encoded
        let hex = bytes.map { String(format: "%02X", $0) }.joined(separator: " ")
        _ = try directory.write("", to: "empty.bin")
        try Data(bytes).write(to: URL(fileURLWithPath: directory.path + "/payload.bin"))
        for payload in [
            #"{"base64": "\#(Data(bytes).base64EncodedString())"}"#, #"{"hex": "\#(hex)"}"#,
            #"{"file": "payload.bin"}"#,
            #"{"json": \#(Self.correction.protoJSON)}"#,
        ] {
            #expect(try apply(#"{"payload": \#(payload)}"#, to: [0xFF, 0xFF]).value == bytes, "\(payload)")
        }
    }

    @Test func whatIsNoMessageAfterwardsIsRefusedByPlaceUnlessRaw() throws {
        for text in [
            #"{"payload": {"hex": "FF"}}"#, #"{"payload": null}"#, #"{"key": "a"}"#,
            #"{"payload": {"merge": {"a": 1}}}"#,
        ] {
            let error = #expect(throws: ProgramFailure.self) { try apply(text, to: [0xFF, 0xFF]) }
            #expect(
                error?.reason.hasPrefix("t.dlt/0/3: ") == true && error?.reason.contains("nothing was put back") == true
            )
        }
        let unknown = #expect(throws: ProgramFailure.self) {
            try apply(#"{"payload": {"merge": {"nonsense": 1}}}"#, to: Self.correction.encoded)
        }
        #expect(unknown?.reason.contains("Correction") == true)
        #expect(try apply(#"{"payload": {"hex": "FF"}, "raw": true}"#, to: [0xFF, 0xFF]).value == [0xFF])
    }

    @Test(arguments: [
        ("", "is no JSON"), ("[1]", "the file: expected an object"), (#"{"heders": {}}"#, "found heders"),
        (#"{"headers": []}"#, "headers: expected"),
        (#"{"headers": {"set": {"a": 1}}}"#, "headers.set.a: expected a text"),
        (#"{"headers": {"remove": [1]}}"#, "headers.remove: expected"), (#"{"key": 5}"#, "key: expected"),
        (#"{"key": {"base64": "?"}}"#, "key: expected"), (#"{"payload": {}}"#, "payload: expected one of"),
        (#"{"payload": {"hex": "F"}}"#, "payload.hex: expected"),
        (#"{"payload": {"hex": "GG"}}"#, "payload.hex: expected"),
        (#"{"payload": {"hex": "00", "base64": ""}}"#, "payload: expected one of"),
        (#"{"payload": {"base64": "%"}}"#, "payload.base64: expected"),
        (#"{"payload": {"file": "no.bin"}}"#, "payload.file: expected a file"),
        (#"{"payload": {"merge": 3}}"#, "payload.merge: expected an object"), (#"{"raw": "yes"}"#, "raw: expected"),
    ])
    func whatIsWrongInTheFileIsNamed(text: String, said: String) throws {
        let error = #expect(throws: ProgramFailure.self) { try edit(text) }
        #expect(error?.reason.contains("edit.json") == true && error?.reason.contains(said) == true, "\(error as Any)")
    }
}
