import Testing

@testable import HealthStandards

@Suite struct EnvelopeErrorTests {
    private func failure(_ bytes: [UInt8]) -> String? {
        do throws(EnvelopeError) {
            _ = try EnvelopeReader.read(bytes)
            return nil
        } catch {
            return error.description
        }
    }

    @Test(arguments: [
        ("", "there is no XML in it"),
        (
            "MA_LK,STT\n1,2",
            "not well-formed XML at line 1, column 1: the document ends too early, or there is more after its end"
        ),
        (
            "<GIAMDINHHS>\n<A></B></GIAMDINHHS>",
            "not well-formed XML at line 2, column 8: an end tag that does not match its start tag"
        ),
        ("<!DOCTYPE GIAMDINHHS [<!ENTITY a \"b\">]><GIAMDINHHS/>", "it has a DOCTYPE, which is refused"),
        (
            "<?xml version=\"1.0\"?> <!-- a --><?b?>\n<!DOCTYPE GIAMDINHHS SYSTEM \"file:///etc/passwd\"><GIAMDINHHS/>",
            "it has a DOCTYPE, which is refused"
        ),
        (
            "<?xml version=\"1.0\" encoding = 'windows-1258'?><GIAMDINHHS/>",
            "the encoding is windows-1258, it must be UTF-8"
        ),
    ])
    func saysWhyAFileIsNoXML(text: String, sentence: String) {
        #expect(failure(Array(text.utf8)) == "the file cannot be read: \(sentence)")
    }

    @Test(arguments: [
        ("&#0;", "a character that XML does not allow"), ("\u{1}", "a character that XML does not allow"),
        ("\u{FFFE}", "a character that XML does not allow"), ("]]>", "\"]]>\" in text"),
        ("&abc;", "a reference or an ampersand that is not written as XML wants it"),
        ("a & b", "a reference or an ampersand that is not written as XML wants it"),
        ("<q:a/>", "a prefix that is not declared"), ("<!-- ", "a comment that is not closed"),
    ])
    func refusesTextThatIsNotWellFormed(text: String, reason: String) {
        let bytes = Array("<GIAMDINHHS>\n\(text)</GIAMDINHHS>".utf8)
        let said = failure(bytes) ?? ""
        #expect(said.hasPrefix("the file cannot be read: not well-formed XML at line 2, column "))
        #expect(said.hasSuffix(": \(reason)"))
    }

    @Test func refusesAFloodOfAttributes() {
        let flood = (0..<300).map { " a\($0)='1'" }.joined()
        #expect(
            failure(Array("<GIAMDINHHS\(flood)/>".utf8))
                == "the file cannot be read: a tag has more than 200 attributes")
        #expect(failure(Array("<GIAMDINHHS><!-- < a \(flood) --><![CDATA[<\(flood)]]></GIAMDINHHS>".utf8)) == nil)
    }

    @Test func refusesOtherEncodings() {
        let wide: [UInt8] = [0x3C, 0x00, 0x47, 0x00]
        #expect(failure(wide) == "the file cannot be read: the encoding is UTF-16 or UTF-32, it must be UTF-8")
        #expect(
            failure(Array("<GIAMDINHHS>\n<A>".utf8) + [0xE9, 0x20] + Array("</A></GIAMDINHHS>".utf8))
                == "the file cannot be read: not well-formed XML at line 2, column 4: bytes that are not UTF-8")
    }

    @Test(arguments: [
        "<10", "a <= b", "< b", "<\u{3}", "<>", "<!-- <1 --> <1", "x<![CDATA[ <2 ]]> <2", "<a b='<'>",
    ])
    func namesALessThanSignThatWasNotEscaped(text: String) {
        let said = failure(Array("<GIAMDINHHS>\n\(text)</GIAMDINHHS>".utf8)) ?? ""
        #expect(said.hasPrefix("the file cannot be read: not well-formed XML at line 2, column "), "\(said)")
        #expect(!said.contains("ampersand"), "\(said)")
    }

    @Test func saysWhereTheLessThanSignStands() {
        #expect(
            failure(Array("<GIAMDINHHS>\nđau <10 ngày</GIAMDINHHS>".utf8))
                == "the file cannot be read: not well-formed XML at line 2, column 5: "
                + "a < that begins no tag; in text it is written &lt;")
    }

    @Test func refusesAnotherRoot() {
        #expect(failure(Array("<TONG_HOP/>".utf8)) == "the root element is TONG_HOP, an envelope has GIAMDINHHS")
    }

    @Test func refusesDeepNesting() {
        let deep = "<GIAMDINHHS>" + String(repeating: "<a>", count: 100_000)
        #expect(failure(Array(deep.utf8)) == "the file cannot be read: elements are nested deeper than 32 at line 1")
    }

    @Test func refusesAFileAboveTheLimit() {
        let bytes = [UInt8](repeating: 0x20, count: EnvelopeReader.byteLimit + 1)
        #expect(
            failure(bytes)
                == "the file has 200000001 bytes, at most 200000000 are read; split it into several envelopes")
    }

    /// Any cut and any changed byte of a sound file gives a report or an error, never a trap.
    @Test func survivesCutsAndChangedBytes() throws {
        var sample = SampleEnvelope(signature: "<S>1</S>")
        sample.add(Array(try SampleEnvelope.documents("A").prefix(2)))
        let sound = sample.bytes
        for length in stride(from: 0, to: sound.count, by: 97) { _ = failure(Array(sound.prefix(length))) }
        for (position, value) in zip(stride(from: 0, to: sound.count, by: 61), (UInt8(0)...255).cycled()) {
            var bytes = sound
            bytes[position] = value
            _ = failure(bytes)
        }
        #expect(failure(sound) == nil)
    }
}

extension ClosedRange<UInt8> {
    fileprivate func cycled() -> UnfoldFirstSequence<UInt8> { sequence(first: lowerBound) { $0 &+ 37 } }
}
