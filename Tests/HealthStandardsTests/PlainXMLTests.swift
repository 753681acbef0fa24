import Foundation
import Testing

@testable import HealthStandards

/// What is read without the parser is what the parser reads, and whatever the parser refuses is not taken for plain.
@Suite struct PlainXMLTests {
    /// Notes all that comes; text in one piece however it is cut.
    private final class Notes: XMLHandler {
        var lines: [String] = []
        private var text = ""
        var limit = Int.max
        var wantsMore: Bool { lines.count < limit }

        func start(_ name: String, line: Int) {
            flush()
            lines.append("start \(name) \(line)")
        }

        func text(_ piece: String) { text += piece }

        func end(_ name: String) {
            flush()
            lines.append("end \(name)")
        }

        private func flush() {
            if !text.isEmpty { lines.append("text \(text)") }
            text = ""
        }
    }

    private static func plain(_ document: [UInt8], limit: Int = .max) -> [String]? {
        let notes = Notes()
        notes.limit = limit
        guard let plain = PlainXML(document, depthLimit: 8) else { return nil }
        plain.walk(notes)
        return notes.lines
    }

    private static func parsed(_ document: [UInt8], limit: Int = .max) -> [String]? {
        let notes = Notes()
        notes.limit = limit
        do {
            _ = try XMLWalk.parse(document, depthLimit: 8, handler: notes)
            return notes.lines
        } catch {
            return nil
        }
    }

    static let plainOnes = [
        "<A/>", "<A></A>", "<A>x</A>", "\n <A> <B>1</B>\n<C>a &lt;&gt;&amp;&quot;&apos; b</C>\n</A> \n",
        "<A>\n\n<B>\t</B></A>",
        "<?xml version=\"1.0\"?><A/>", "<?xml version='1.0' encoding='UTF-8'?>\n<A>ệ</A>",
        "<?xml version=\"1.0\" encoding=\"utf-8\" standalone=\"yes\"?><A><B/><B>]]</B></A>", "\u{FEFF}<A>x</A>",
        "<_a-b.c9>\u{FFFD}\u{FEFF}\u{85}</_a-b.c9>",
    ]

    @Test(arguments: plainOnes) func plainDocumentsAreReadAsTheParserReadsThem(document: String) throws {
        let bytes = Array(document.utf8)
        let found = try #require(Self.plain(bytes))
        #expect(found == Self.parsed(bytes))
    }

    static let others = [
        "", " ", "x", "<A", "<A>", "<A></B>", "<A/><B/>", "<A/>x", "x<A/>", "<A b='1'/>", "<A ></A>", "<A></A >",
        "<a:b/>", "<A>\r\n</A>",
        "<A>]]></A>", "<A>&#65;</A>", "<A>&x;</A>", "<A>&lt</A>", "<A>a<B/></A>", "<A><B/>a</A>", "<!-- x --><A/>",
        "<A><![CDATA[x]]></A>",
        "<!DOCTYPE A><A/>", "<?xml version=\"1.1\"?><A/>", "<?XML version=\"1.0\"?><A/>",
        "<?xml version=\"1.0\" encoding=\"utf-16\"?><A/>",
        " <?xml version=\"1.0\"?><A/>", "<A>\u{1}</A>", "<A>\u{FFFF}</A>", "<A>\u{FFFE}</A>", "<9/>", "<-/>", "<ệ/>",
        "< A/>", "<A/ >",
        "<A><A><A><A><A><A><A><A><A/></A></A></A></A></A></A></A></A>",
    ]

    @Test(arguments: others) func allElseIsLeftToTheParser(document: String) {
        #expect(Self.plain(Array(document.utf8)) == nil)
    }

    @Test func bytesThatAreNoUTF8AreLeftToTheParser() {
        for bytes: [UInt8] in [[0xFF], [0xC3], [0xED, 0xA0, 0x80], [0xEF, 0xBF]] {
            #expect(Self.plain(Array("<A>".utf8) + bytes + Array("</A>".utf8)) == nil)
        }
    }

    @Test func nothingMoreIsHandedOnThanIsWanted() throws {
        let document = Array("<A><B>1</B><C>2</C></A>".utf8)
        #expect(try #require(Self.plain(document, limit: 4)) == ["start A 1", "start B 1", "text 1", "end B"])
        #expect(Self.plain(document, limit: 4) == Self.parsed(document, limit: 4))
    }

    /// A document spoilt at each place in many ways: where it still counts as plain, the parser reads the same.
    @Test func spoiltDocumentsAreReadAlikeOrLeftToTheParser() throws {
        let documents = Self.plainOnes.map { Array($0.utf8) }
        let signs = Array("<>/&;!?]['\"= \t\r\n-aA9:.\u{0}\u{1}".utf8) + [0xEF, 0xBF, 0xBE, 0x80, 0xC3, 0xFF]
        var (plain, others) = (0, 0)
        for document in documents {
            for place in document.indices {
                var spoilt = signs.map { sign in
                    var bytes = document
                    bytes[place] = sign
                    return bytes
                }
                spoilt += signs.map { Array(document[..<place]) + [$0] + document[place...] }
                spoilt.append(Array(document[..<place]) + document[(place + 1)...])
                spoilt.append(Array(document[..<place]))
                for bytes in spoilt {
                    guard let found = Self.plain(bytes) else {
                        others += 1
                        continue
                    }
                    plain += 1
                    #expect(found == Self.parsed(bytes), "\(String(decoding: bytes, as: UTF8.self).debugDescription)")
                }
            }
        }
        #expect(plain > 1_000 && others > 1_000, "\(plain) plain, \(others) others")
    }
}
