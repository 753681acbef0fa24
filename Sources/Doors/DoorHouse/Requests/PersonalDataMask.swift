/// Hides what may name a person in a text for the log: of nine digits or more in a row, as numbers of people, cards and
/// telephones have them, all but the first three.
public enum PersonalDataMask {
    /// The text with such numbers cut.
    public static func masked(_ text: String) -> String {
        if isPlain(text) { return text }
        var result = String.UnicodeScalarView()
        var digits: [Unicode.Scalar] = []
        func flush() {
            if digits.count >= 9 {
                result.append(contentsOf: digits.prefix(3))
                result.append("…")
            } else {
                result.append(contentsOf: digits)
            }
            digits = []
        }
        for scalar in text.unicodeScalars {
            if scalar.properties.numericType == .decimal {
                digits.append(scalar)
            } else {
                flush()
                result.append(scalar)
            }
        }
        flush()
        return String(result)
    }

    /// Whether a text is ASCII alone and has nothing to hide, as most have.
    private static func isPlain(_ text: String) -> Bool {
        var digits = 0
        for byte in text.utf8 {
            guard byte < 0x80 else { return false }
            digits = (0x30...0x39).contains(byte) ? digits + 1 : 0
            if digits == 9 { return false }
        }
        return true
    }
}
