import FHIRMapping
import Foundation
import Testing

/// JSON as FHIR wants it: digits and order are kept, and what two readers would read differently is refused.
@Suite struct JSONTests {
    @Test(arguments: [
        #"{"a":1.50,"b":[true,null,-0.1e+3],"c":"Đỗ\n\"x\"\\"}"#, "[]", "{}", #""😀""#, "-12.340",
    ])
    func whatIsReadIsWrittenAgain(text: String) throws {
        let value = try FHIRValue(json: Array(text.utf8))
        #expect(String(decoding: value.json, as: UTF8.self) == text)
        #expect(try FHIRValue(json: value.printed) == value)
    }

    @Test(arguments: [
        "", "{", "[1,]", #"{"a":1,"a":2}"#, "01", "1.", "tru", #""\ud800""#, #""\x""#, "\"\u{01}\"", "[1] 2", "+1",
        "{a:1}",
        String(repeating: "[", count: 65) + String(repeating: "]", count: 65), #""\u+123""#,
    ])
    func whatIsNoneIsRefused(text: String) {
        #expect(throws: FHIRSyntaxError.self) { try FHIRValue(json: Array(text.utf8)) }
    }

    @Test func bytesThatAreNoTextAreRefused() {
        #expect(throws: FHIRSyntaxError.self) { try FHIRValue(json: [0x22, 0xFF, 0x22]) }
    }

    @Test func escapesAreRead() throws {
        #expect(try FHIRValue(json: Array(#""\u0110\ud83d\ude00\/\t\b""#.utf8)) == .text("Đ😀/\t\u{8}"))
    }

    /// Foundation reads the same.
    @Test func anotherReaderAgrees() throws {
        let value = FHIRValue.object([
            .init("x", .array([.text("a\u{1}\u{7F}\"\\\r"), .number("1.10"), .boolean(false), .null]))
        ])
        let read = try JSONSerialization.jsonObject(with: Data(value.json)) as? [String: [Any]]
        #expect(read?["x"]?[0] as? String == "a\u{1}\u{7F}\"\\\r" && read?["x"]?.count == 4)
    }
}
