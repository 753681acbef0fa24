import ExchangeSchema
import Testing

/// The form in which names are compared, byte for byte.
@Suite struct PersonNameTests {
    @Test(arguments: [
        ("NGUYỄN VĂN AN", "NGUYỄN VĂN AN"),
        ("  Nguyễn   Văn\tAn ", "NGUYỄN VĂN AN"),
        ("nguye\u{302}\u{303}n va\u{306}n an", "NGUYỄN VĂN AN"),
        ("NGUYE\u{303}\u{302}N", "NGUYẼ\u{302}N"),
        ("\u{D0}O\u{309} \u{D0}U\u{31B}\u{301}C", "ĐỎ ĐỨC"),
        ("\u{F0}ỗ đức", "ĐỖ ĐỨC"),
        ("LÒ A-PHỦ", "LÒ A-PHỦ"),
        ("y' Ksor", "Y' KSOR"),
        ("Straße", "STRASSE"),
        ("", ""), ("   ", ""),
    ])
    func normalises(_ name: String, _ normal: String) {
        #expect(Array(PersonName.normalised(name).utf8) == Array(normal.utf8))
    }

    /// Every upper-case letter that Vietnamese writes, decomposed and composed, in both cases.
    @Test func normalisesEveryVietnameseLetter() {
        let bases = ["A", "Ă", "Â", "E", "Ê", "I", "O", "Ô", "Ơ", "U", "Ư", "Y"]
        let tones = ["", "\u{300}", "\u{301}", "\u{303}", "\u{309}", "\u{323}"]
        for base in bases {
            for tone in tones {
                let name = "B" + base + tone
                let normal = PersonName.normalised(name)
                #expect(normal.unicodeScalars.count == 2)
                #expect(normal == name)
                #expect(Array(PersonName.normalised(normal).utf8) == Array(normal.utf8))
                #expect(Array(PersonName.normalised(name.lowercased()).utf8) == Array(normal.utf8))
            }
        }
        #expect(PersonName.normalised("đ") == "Đ")
    }

    @Test(arguments: [
        "NGUYỄN VĂN AN", "Nguye\u{302}\u{303}n", "H'Hen Niê", "Y BHĂM-ÊBAN", "St. John", "李小龍", "O’Neill",
    ])
    func acceptsNames(_ name: String) { #expect(PersonName.violatedRule(name) == nil) }

    @Test func countsCharactersAndNotBytes() {
        #expect(PersonName.violatedRule(String(repeating: "Ế", count: 255)) == nil)
        #expect(PersonName.violatedRule(String(repeating: "E\u{302}\u{301}", count: 255)) == nil)
    }
}
