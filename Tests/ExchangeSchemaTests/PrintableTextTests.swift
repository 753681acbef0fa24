import ExchangeSchema
import Testing

/// What a person sees of text that came from outside.
@Suite struct PrintableTextTests {
    @Test(arguments: [
        ("NGUYỄN VĂN AN", "NGUYỄN VĂN AN"), ("a\nb\r\tc", "a\\nb\\r\\tc"), ("\u{1B}[2J", "\\u{1B}[2J"),
        ("a\u{7F}", "a\\u{7F}"), ("\u{9B}31m", "\\u{9B}31m"), ("x\u{200B}y", "x\\u{200B}y"),
        ("so\u{AD}ft", "so\\u{AD}ft"), ("\u{202E}cod", "\\u{202E}cod"), ("a\u{2028}b", "a\\u{2028}b"),
        ("\u{FEFF}mark", "\\u{FEFF}mark"), ("", ""),
    ])
    func writesOutWhatCannotBeSeen(text: String, shown: String) { #expect(PrintableText.escaped(text) == shown) }

    @Test func cutsAtTheLimit() {
        #expect(PrintableText.escaped("abcdef", limit: 3) == "abc…")
        #expect(PrintableText.escaped("abc", limit: 3) == "abc")
        #expect(PrintableText.escaped("a\n\nb", limit: 3) == "a\\n\\n…")
    }

    /// No scalar of Unicode comes through that a terminal would act upon.
    @Test func noControlCharacterIsEverShown() {
        for value in UInt32(0)...0x10FFFF {
            guard let scalar = Unicode.Scalar(value), PrintableText.isUnseen(scalar) else { continue }
            let shown = PrintableText.escaped(String(scalar))
            #expect(shown.utf8.allSatisfy { (0x20..<0x7F).contains($0) }, "U+\(String(value, radix: 16))")
        }
        for value in Array(0...0x1F) + Array(0x7F...0x9F) {
            #expect(Unicode.Scalar(UInt32(value)).map(PrintableText.isUnseen) == true)
        }
    }

    @Test(arguments: [
        ("VĂN\u{200B} AN", "character 4 is U+200B (zero width space), which cannot be seen"),
        ("\u{AD}AN", "character 1 is U+00AD (soft hyphen), which cannot be seen"),
        ("AN\u{FEFF}", "character 3 is U+FEFF (zero width no-break space), which cannot be seen"),
        ("AN\u{34F}", "character 3 is U+034F (combining grapheme joiner), which cannot be seen"),
        ("AN\u{7}", "character 3 is U+0007, which cannot be seen"),
    ])
    func namesTheFirstOne(text: String, words: String) { #expect(PrintableText.unseenCharacter(in: text) == words) }

    @Test(arguments: ["", "NGUYỄN VĂN AN", "Nguye\u{302}\u{303}n", "a b", "👩🏽"]) func namesNone(text: String) {
        #expect(PrintableText.unseenCharacter(in: text) == nil)
    }

    @Test(arguments: ["", " ", "\t\r\n ", "\u{A0}", " \u{3000}\u{2003}"]) func takesWhiteSpaceForBlank(text: String) {
        #expect(text.isBlank)
    }

    @Test(arguments: ["x", " x", "\u{200B}", "\u{0}", " .", "\u{A0}1"]) func takesNothingElseForBlank(text: String) {
        #expect(!text.isBlank)
    }

    @Test func anErrorShowsTheValueInOneLine() {
        let error = IdentifierError(field: "SO_CCCD", rule: .citizenNumberLength, value: "0010\n85")
        #expect(error.description == "SO_CCCD: \"0010\\n85\" has 7 characters; a citizen number has 12 digits")
    }
}
