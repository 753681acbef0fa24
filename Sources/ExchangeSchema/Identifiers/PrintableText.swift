/// Text from outside as it may be shown on a screen and in a log: no character of it moves the cursor, begins a line
/// of its own, hides, or turns the direction of writing.
public enum PrintableText {
    /// The text with every such character written out: `\n`, `\r`, `\t`, and `\u{200B}` for all others.
    /// - Parameter limit: Most characters of the text (Unicode scalars) that are shown; `…` stands for the rest.
    public static func escaped(_ text: String, limit: Int = .max) -> String {
        // The commonest text is printable ASCII, and is shown as it is.
        if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }), text.utf8.count <= limit { return text }
        var shown = String.UnicodeScalarView()
        var count = 0
        for scalar in text.unicodeScalars {
            guard count < limit else {
                shown.append("…")
                break
            }
            count += 1
            switch scalar {
            case "\n": shown.append(contentsOf: "\\n".unicodeScalars)
            case "\r": shown.append(contentsOf: "\\r".unicodeScalars)
            case "\t": shown.append(contentsOf: "\\t".unicodeScalars)
            case _ where isUnseen(scalar):
                shown.append(contentsOf: "\\u{\(String(scalar.value, radix: 16, uppercase: true))}".unicodeScalars)
            default: shown.append(scalar)
            }
        }
        return String(shown)
    }

    /// Whether a person looking at the text cannot see this character: a control character, a separator of lines, or
    /// one that Unicode lets a display leave out (zero-width characters, soft hyphen, marks of direction, …).
    public static func isUnseen(_ scalar: Unicode.Scalar) -> Bool {
        let value = scalar.value
        if value < 0x7F { return value < 0x20 }
        // Controls, line and paragraph separator; unassigned and private ones are drawn as a box and so are seen.
        if value <= 0x9F || value == 0x2028 || value == 0x2029 { return true }
        return value >= 0xAD && scalar.properties.isDefaultIgnorableCodePoint
    }

    /// The first character of a text that cannot be seen, in words, for example
    /// `character 4 is U+200B (zero width space), which cannot be seen`; nil when every one is seen.
    public static func unseenCharacter(in text: String) -> String? {
        if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return nil }
        for (index, scalar) in text.unicodeScalars.enumerated() where isUnseen(scalar) {
            let name = scalar.properties.name.map { " (\($0.lowercased()))" } ?? ""
            return "character \(index + 1) is \(codePoint(scalar))\(name), which cannot be seen"
        }
        return nil
    }

    /// Whether a text says something on one line: not blank, every character seen, and at most so many of them (Unicode
    /// scalars).
    public static func isLine(_ text: String, upTo limit: Int) -> Bool {
        !text.isBlank && text.unicodeScalars.count <= limit && unseenCharacter(in: text) == nil
    }

    /// For example `U+200B`: at least four hexadecimal digits.
    public static func codePoint(_ scalar: Unicode.Scalar) -> String {
        let digits = String(scalar.value, radix: 16, uppercase: true)
        return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
}
