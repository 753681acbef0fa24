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

    /// Every pair of vowels with every tone, in every place of a name, in both cases, composed and decomposed.
    @Test func bothPlacesOfTheToneMarkAreTheSameName() {
        let tones = ["\u{300}", "\u{301}", "\u{303}", "\u{309}", "\u{323}"]
        for pair in ["OA", "OE", "UY"] {
            for tone in tones {
                for (before, after) in [
                    ("TH", ""), ("NGUYỄN H", " BÌNH"), ("", ""), ("LÊ QUỐC KH", " ĐỖ H"), ("X", "NG"),
                ] {
                    let older = before + String(pair.prefix(1)) + tone + String(pair.suffix(1)) + after
                    let newer = before + pair + tone + after
                    for (first, second) in [(older, newer), (newer, older), (older.lowercased(), newer)] {
                        #expect(PersonName.areSame(first, second), "\(first) \(second)")
                        #expect(PersonName.areSame(PersonName.normalised(first), second))
                    }
                    #expect(!PersonName.areSame(older, before + pair + after))
                    for other in tones where other != tone {
                        #expect(!PersonName.areSame(older, before + pair + other + after))
                    }
                }
            }
        }
    }

    @Test(arguments: [
        ("TRẦN THÚY", "TRẦN THÚI"), ("HÒA", "HÓA"), ("HÒA", "HOA"), ("LÒ AN", "LO ÀN"), ("ĐÀO", "ĐAÒ"), ("MAI", "MÁI"),
        ("QUÝ", "QUY"), ("HUỆ", "HỤÊ"),
    ])
    func otherNamesAreOtherNames(_ first: String, _ second: String) { #expect(!PersonName.areSame(first, second)) }

    @Test(arguments: ["A\u{200B}N", "A\u{AD}N", "A\u{FEFF}N", "A\u{200D}N", "A\u{34F}N", "A\u{FE0F}N", "A\u{115F}N"])
    func refusesWhatCannotBeSeen(_ name: String) { #expect(PersonName.violatedRule(name) == .nameCharacter) }
}
