@_spi(_Unicode) import Swift

/// The ways in which a name is written otherwise than the registers have it.
enum NameFault {
    /// Canonically decomposed: letters and their marks apart.
    static func decomposed(_ name: String) -> String {
        var scalars = String.UnicodeScalarView()
        for scalar in name._nfd { scalars.append(scalar) }
        return String(scalars)
    }

    /// Whether decomposing changes the name at all: `Đ` has no decomposition.
    static func decomposes(_ name: String) -> Bool {
        name.unicodeScalars.contains { $0.value >= 0xC0 && $0.value != 0x110 }
    }

    /// `Đ` (U+0110) as `Ð` (U+00D0), as public name lists really have it.
    static func withEth(_ name: String) -> String {
        var scalars = String.UnicodeScalarView()
        for scalar in name.unicodeScalars { scalars.append(scalar == "\u{110}" ? "\u{D0}" : scalar) }
        return String(scalars)
    }

    /// Title case, and two spaces between words.
    static func titleCase(_ name: String) -> String {
        name.split(separator: " ").map { word in String(word.prefix(1)) + word.dropFirst().lowercased() }
            .joined(separator: "  ")
    }

    /// The last letter of the given name as another one.
    static func misspelled(_ name: String) -> String { String(name.dropLast()) + (name.last == "N" ? "M" : "N") }

    /// A digit in the given name, or a control character in place of its first space.
    static func invalid(_ name: String, draws: inout Draws) -> String {
        if draws.below(4 as UInt64) == 0, let space = name.firstIndex(of: " ") {
            // Delete is a control character that XML 1.0 lets pass, so the envelope can carry it.
            return name[..<space] + "\u{7F}" + name[name.index(after: space)...]
        }
        return name + "1"
    }

    /// The letter a name begins with, without its marks: `D` for `Đ`.
    static func initial(_ name: String) -> UInt8 {
        name.unicodeScalars.first == "\u{110}" ? 0x44 : decomposed(String(name.prefix(1))).utf8.first ?? 0
    }
}
