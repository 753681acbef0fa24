import Testing

@testable import TransparencyLog

@Suite struct Base64Tests {
    /// RFC 4648, section 10.
    @Test(arguments: [
        ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
        ("foobar", "Zm9vYmFy"),
    ])
    func theVectorsOfTheStandardHold(plain: String, encoded: String) {
        #expect(Base64.encode(Array(plain.utf8)) == encoded)
        #expect(Base64.decode(encoded.utf8) == Array(plain.utf8))
    }

    @Test(arguments: [
        "Z", "Zg", "Zg=", "Zh==", "Zm9=", "Zg==Zg==", "Zg===", "====", "=", "Z===", "Zm9v\n", "Zm 9", "Zm9-", "Zm9_",
        "Zm8=\n",
    ])
    func whatIsNotCanonicalIsRefused(text: String) {
        #expect(Base64.decode(text.utf8) == nil)
    }

    @Test func everyLengthComesBack() {
        for count in 0..<70 {
            let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 37 &+ 200) }
            #expect(Base64.decode(Base64.encode(bytes).utf8) == bytes)
        }
    }

    @Test(arguments: [
        "", "00", "01", "+1", "-1", " 1", "1 ", "18446744073709551616", "99999999999999999999", "1a", "\u{0661}",
    ])
    func otherNumbersAreNone(text: String) {
        #expect(Decimal.decode(text.utf8) == nil)
    }

    @Test func numbersUpTo64BitsAreRead() {
        #expect(Decimal.decode("0".utf8) == 0)
        #expect(Decimal.decode("18446744073709551615".utf8) == .max)
    }
}
