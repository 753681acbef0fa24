import DoorHouse
import Foundation
import Testing

/// Base64 in one pass gives what the long way gives, and leaves all else to it.
@Suite struct Base64FieldTests {
    /// As a form is read without it: escapes undone, then base64 as Foundation wants it.
    private static func slowly(_ text: String, _ form: Base64Field.Form) -> [UInt8]? {
        let bytes = ArraySlice(text.utf8)
        return Data(base64Encoded: Data(form == .escaped ? URLEncodedText.decoded(bytes) : Array(bytes))).map {
            Array($0)
        }
    }

    private static func escaped(_ text: String, _ everything: Bool) -> String {
        text.utf8.map { byte in
            everything || "+/=".utf8.contains(byte)
                ? "%" + String(byte, radix: 16, uppercase: byte % 2 == 0) : String(UnicodeScalar(byte))
        }.joined()
    }

    @Test(arguments: 0..<70) func bytesOfEachLengthComeBack(length: Int) {
        let bytes = (0..<length).map { UInt8(truncatingIfNeeded: $0 &* 89 &+ length &* 31) }
        let text = Data(bytes).base64EncodedString()
        #expect(Base64Field.bytes(ArraySlice(text.utf8), .plain) == bytes)
        for everything in [false, true] {
            #expect(Base64Field.bytes(ArraySlice(Self.escaped(text, everything).utf8), .escaped) == bytes)
        }
        // Where it lies in a larger body.
        let body = Array("x=\(text)&y".utf8)
        #expect(Base64Field.bytes(body[2..<2 + text.utf8.count], .plain) == bytes)
    }

    static let others: [(String, Base64Field.Form)] = [
        ("QQ", .plain), ("QQ=", .plain), ("Q===", .plain), ("QQ==QQ==", .plain), ("QR==", .plain), ("QUJ=", .plain),
        ("QU JD", .plain),
        ("QUJD\n", .plain), ("QU%4aD", .plain), ("QUJ+", .escaped), ("Q%2", .escaped), ("Q%zzJ", .escaped),
        ("QUJ<", .escaped),
        ("=QUJ", .plain), ("QUJD=", .plain), ("QUJD====", .plain), ("QUJé", .plain), ("%00QUJD", .escaped),
    ]

    @Test(arguments: others) func whatIsNotPlainBase64IsLeftToTheLongWay(text: String, form: Base64Field.Form) {
        #expect(Base64Field.bytes(ArraySlice(text.utf8), form) == nil)
    }

    /// Whatever is taken in one pass, the long way takes alike.
    @Test func spoiltTextIsReadAlikeOrLeft() {
        let text = Self.escaped(
            Data((0..<40).map { UInt8(truncatingIfNeeded: $0 &* 7) } + [0xFB, 0xFF]).base64EncodedString(), false)
        var taken = 0
        for place in text.utf8.indices {
            for sign in "Az0+/=%2b \n&<" {
                var spoilt = text
                spoilt.replaceSubrange(place...place, with: String(sign))
                for form in [Base64Field.Form.plain, .escaped] {
                    guard let bytes = Base64Field.bytes(ArraySlice(spoilt.utf8), form) else { continue }
                    taken += 1
                    #expect(bytes == Self.slowly(spoilt, form), "\(spoilt)")
                }
            }
        }
        #expect(taken > 50)
    }
}
