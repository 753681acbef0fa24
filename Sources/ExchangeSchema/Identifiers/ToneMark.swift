/// Where the tone mark of the vowel pairs `OA`, `OE` and `UY` stands.
///
/// Of a syllable that ends in one of them, older spelling marks the first vowel (`HÒA`, `THÙY`), newer spelling the
/// second (`HOÀ`, `THUỲ`). Both spell one syllable: no two words differ in this alone.
enum ToneMark {
    /// A normalised name with the marks of these pairs on the second vowel.
    static func onSecondVowel(_ name: String) -> String {
        var result = String.UnicodeScalarView()
        var previous: (first: Unicode.Scalar, tone: Int)?
        for scalar in name.unicodeScalars {
            if let (first, tone) = previous, let toned = second(scalar, after: first, tone: tone) {
                result.removeLast()
                result.append(first)
                result.append(toned)
                previous = nil
            } else {
                result.append(scalar)
                previous = plain(scalar)
            }
        }
        return String(result)
    }

    /// The letters with the five tones: grave, acute, hook, tilde, dot below.
    private static let first: [Unicode.Scalar: [Unicode.Scalar]] = [
        "O": ["Ò", "Ó", "Ỏ", "Õ", "Ọ"], "U": ["Ù", "Ú", "Ủ", "Ũ", "Ụ"],
    ]
    private static let second: [Unicode.Scalar: [Unicode.Scalar]] = [
        "A": ["À", "Á", "Ả", "Ã", "Ạ"], "E": ["È", "É", "Ẻ", "Ẽ", "Ẹ"], "Y": ["Ỳ", "Ý", "Ỷ", "Ỹ", "Ỵ"],
    ]

    /// The letter without its tone and the tone, when it is one that may begin a pair and has a tone.
    private static func plain(_ scalar: Unicode.Scalar) -> (Unicode.Scalar, Int)? {
        for (letter, toned) in first {
            if let tone = toned.firstIndex(of: scalar) { return (letter, tone) }
        }
        return nil
    }

    /// The second letter of a pair with the tone of the first, or nil when the two are no pair.
    private static func second(_ letter: Unicode.Scalar, after first: Unicode.Scalar, tone: Int) -> Unicode.Scalar? {
        switch (first, letter) {
        case ("O", "A"), ("O", "E"), ("U", "Y"): second[letter]?[tone]
        default: nil
        }
    }
}
