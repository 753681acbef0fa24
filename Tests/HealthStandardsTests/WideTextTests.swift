import Foundation
import Testing

@testable import HealthStandards

/// Encodings other than plain UTF-8, of tables and of whole files.
@Suite struct WideTextTests {
    private func wide(_ text: String, big: Bool = false, mark: Bool = true) -> [UInt8] {
        let units = (mark ? [0xFEFF] : []) + Array(text.utf16)
        return units.flatMap { big ? [UInt8($0 >> 8), UInt8($0 & 0xFF)] : [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    }

    @Test(arguments: [false, true], ["", "<?xml version=\"1.0\" encoding=\"utf-16\"?>"])
    func readsATableInUTF16(big: Bool, declaration: String) throws {
        var sample = SampleEnvelope()
        sample.add(try SampleEnvelope.documents("A"))
        let table = try SampleEnvelope.documents("A")[0].content.replacing(/<\?xml.*?\?>/, with: declaration)
        sample.visits[0][0].content = Data(wide(table, big: big)).base64EncodedString()
        let report = try EnvelopeReader.read(sample.bytes)
        #expect(report.problems.map(\.description) == [] && report.warnings == [])
        var plain = SampleEnvelope()
        plain.add(try SampleEnvelope.documents("A"))
        #expect(try report.visits == EnvelopeReader.read(plain.bytes).visits)
    }

    @Test(arguments: ["utf-16", "UTF-16LE", "utf-16be", "Unicode", "ISO-10646-UCS-2"])
    func aFalseDeclarationIsTold(name: String) throws {
        var files = try SampleEnvelope.documents("A")
        files[2].content.replace("encoding=\"utf-8\"", with: "encoding='\(name)' standalone='yes'")
        var sample = SampleEnvelope()
        sample.add(files)
        let report = try EnvelopeReader.read(sample.bytes)
        #expect(report.problems.map(\.description) == [])
        #expect(
            report.warnings.map(\.description) == [
                "record 1 (MA_LK A): table XML3: the declaration says \(name), the text is in another encoding; "
                    + "it was read as it is"
            ])
    }

    /// The mark decides: the declaration of such a file says utf-8 and is not true.
    @Test(arguments: [false, true]) func readsAWholeFileInUTF16(big: Bool) throws {
        var sample = SampleEnvelope()
        sample.add(try SampleEnvelope.documents("A"))
        let text = String(decoding: sample.bytes, as: UTF8.self)
        let report = try EnvelopeReader.read(wide(text, big: big))
        #expect(report.problems == [])
        #expect(try report.visits == EnvelopeReader.read(sample.bytes).visits)
    }

    @Test func refusesWideTextWithoutAMarkAndUTF32() {
        for bytes in [
            wide("<a/>", mark: false), wide("<a/>", big: true, mark: false), [0xFF, 0xFE, 0, 0, 0x3C, 0, 0, 0],
        ] {
            #expect(throws: EnvelopeError.self) { try EnvelopeReader.read(bytes) }
        }
    }

    /// Cut anywhere, also inside a surrogate pair or a character of several bytes, a text is the same text.
    @Test(arguments: [false, true]) func piecesOfAnySizeGiveTheSameText(big: Bool) {
        let text = "Nguyễn 😀 Đ\u{10FFFF}a"
        let bytes = wide(text, big: big, mark: false)
        for size in 1...bytes.count {
            var decoder = WideText(isBigEndian: big)
            var found: [UInt8] = []
            for start in stride(from: 0, to: bytes.count, by: size) {
                found += decoder.utf8(bytes[start..<min(start + size, bytes.count)], isLast: false)
            }
            found += decoder.utf8([], isLast: true)
            #expect(found == Array(text.utf8))
        }
    }

    @Test(arguments: [[0xD8, 0x00], [0x00, 0xDC], [0x41]] as [[UInt8]]) func whatIsNoCharacterIsNamed(bytes: [UInt8]) {
        var decoder = WideText(isBigEndian: true)
        #expect(decoder.utf8(bytes, isLast: true).suffix(3) == [0xEF, 0xBF, 0xBF] || bytes == [0x00, 0xDC])
        #expect(throws: EnvelopeError.self) {
            try EnvelopeReader.read([0xFE, 0xFF, 0, 0x3C, 0, 0x61, 0, 0x3E] + bytes)
        }
    }
}
