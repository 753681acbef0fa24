import CoreTestSupport
import ExchangeSchema
import Testing

@Suite struct RecordIdentifierTests {
    @Test func textIsReadBack() {
        var generator = SeededGenerator(seed: 11)
        for _ in 0..<5_000 {
            let identifier = RecordIdentifier(high: generator.next(), low: generator.next())
            let text = identifier.description
            #expect(RecordIdentifier(text) == identifier)
            #expect(RecordIdentifier(text.uppercased()) == identifier)
            #expect(RecordIdentifier(utf8: Array(text.utf8).span.bytes) == identifier)
            var bytes: [UInt8] = [7]
            identifier.appendText(to: &bytes)
            #expect(bytes == [7] + Array(text.utf8))
        }
    }

    @Test func writesTheCanonicalForm() {
        let identifier = RecordIdentifier(high: 0x0123_4567_89AB_CDEF, low: 0xFEDC_BA98_7654_3210)
        #expect(identifier.description == "01234567-89ab-cdef-fedc-ba9876543210")
    }

    @Test func everyDigitStandsAtEveryPlace() {
        for digit: UInt64 in 0..<16 {
            for place in 0..<32 {
                let word = digit << UInt64(60 - place % 16 * 4)
                let identifier = RecordIdentifier(high: place < 16 ? word : 0, low: place < 16 ? 0 : word)
                let expected = String(repeating: "0", count: place) + String(digit, radix: 16)
                let digits = identifier.description.split(separator: "-").joined()
                #expect(digits == expected + String(repeating: "0", count: 31 - place))
            }
        }
    }

    @Test(
        arguments: [
            "", "0", "01234567-89ab-cdef-fedc-ba987654321", "01234567-89ab-cdef-fedc-ba98765432100",
            "0123456789abcdeffedcba9876543210", "0123456-789ab-cdef-fedc-ba9876543210",
            "01234567-89ab-cdef-fedc-ba987654321g", "01234567-89ab-cdef-fedcaba9876543210",
            "{1234567-89ab-cdef-fedc-ba987654321}", " 1234567-89ab-cdef-fedc-ba9876543210",
            "01234567-89ab-cdef-fedc-ba98765432\u{E9}", "+1234567-89ab-cdef-fedc-ba9876543210",
            "01234567\u{2010}89ab-cdef-fedc-ba98765432", "０1234567-89ab-cdef-fedc-ba98765432",
        ]) func refusesWhatIsNoIdentifier(text: String)
    {
        #expect(RecordIdentifier(text) == nil)
        #expect(RecordIdentifier(utf8: Array(text.utf8).span.bytes) == nil)
    }

    @Test func everyByteAtEveryPlaceIsADigitOrRefused() throws {
        let digits = Array("0123456789abcdefABCDEF".utf8)
        let salt = try #require(PayloadSalt("0123456789abcdeffedcba9876543210"))
        for (text, dashes) in [("01234567-89ab-cdef-fedc-ba9876543210", [8, 13, 18, 23]), (salt.description, [])] {
            for place in text.utf8.indices.map({ $0.utf16Offset(in: text) }) {
                for byte in UInt8.min...UInt8.max {
                    var bytes = Array(text.utf8)
                    bytes[place] = byte
                    let isRight = dashes.contains(place) ? byte == 0x2D : digits.contains(byte)
                    let small = String(decoding: bytes, as: UTF8.self).lowercased()
                    let read =
                        dashes.isEmpty
                        ? PayloadSalt(utf8: bytes.span.bytes)?.description
                        : RecordIdentifier(utf8: bytes.span.bytes)?.description
                    #expect(read == (isRight ? small : nil), "byte \(byte) at \(place)")
                }
            }
        }
    }

    @Test func bytesAreInSortOrder() {
        var generator = SeededGenerator(seed: 12)
        for _ in 0..<2_000 {
            let first = RecordIdentifier(high: generator.next() & 3, low: generator.next())
            let second = RecordIdentifier(high: generator.next() & 3, low: generator.next())
            var firstBytes: [UInt8] = []
            var secondBytes: [UInt8] = []
            first.appendBytes(to: &firstBytes)
            second.appendBytes(to: &secondBytes)
            #expect(firstBytes.count == 16)
            #expect((first < second) == firstBytes.lexicographicallyPrecedes(secondBytes))
            #expect((first < second) == (first.description < second.description))
        }
    }

    @Test func version7HasTimeVersionAndVariant() {
        let identifier = RecordIdentifier(milliseconds: 0x0198_1234_5678, randomHigh: .max, randomLow: .max)
        #expect(identifier.description == "01981234-5678-7fff-bfff-ffffffffffff")
        let zero = RecordIdentifier(milliseconds: 0, randomHigh: 0, randomLow: 0)
        #expect(zero.description == "00000000-0000-7000-8000-000000000000")
        #expect(zero < identifier)
        _ = RecordIdentifier(milliseconds: .min, randomHigh: 0, randomLow: 0)
    }
}
