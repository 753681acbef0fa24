/// Text as XML 1.0 can carry it.
enum XMLCharacters {
    /// The text between two tags.
    static func text(_ text: String) -> String { escaped(text, isAttribute: false) }

    /// The text between the quotes of an attribute; line breaks and tabs would else become spaces (XML 1.0, section 3.3.3).
    static func attribute(_ text: String) -> String { escaped(text, isAttribute: true) }

    private static func escaped(_ text: String, isAttribute: Bool) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"" where isAttribute: result += "&quot;"
            case "\t", "\n":
                if isAttribute { result += "&#\(scalar.value);" } else { result.unicodeScalars.append(scalar) }
            case "\r": result += "&#13;"
            default:
                // What XML 1.0 has no way to write (section 2.2, production Char) is shown as what stands for the unreadable.
                let isWritable = scalar.value >= 0x20 && scalar.value != 0xFFFE && scalar.value != 0xFFFF
                result.unicodeScalars.append(isWritable ? scalar : "\u{FFFD}")
            }
        }
        return result
    }
}

extension DefaultStringInterpolation {
    /// An attribute's value in its quotes.
    mutating func appendInterpolation(quoted text: String) {
        appendLiteral("\"\(XMLCharacters.attribute(text))\"")
    }
}
