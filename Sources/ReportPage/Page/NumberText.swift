/// Numbers as people read them; the same on every machine, whatever its language.
enum NumberText {
    /// Digits in groups of three, with a narrow no-break space.
    static func count(_ value: Int64) -> String {
        let digits = Array(String(value.magnitude))
        var text = ""
        for (place, digit) in digits.enumerated() {
            if place > 0, (digits.count - place) % 3 == 0 { text += "\u{202F}" }
            text.append(digit)
        }
        return (value < 0 ? "−" : "") + text
    }

    /// A share in percent with one decimal; a dash of nothing.
    static func percent(_ part: Int64, of whole: Int64, _ say: PageLanguage = .english) -> String {
        guard whole > 0 else { return "–" }
        let tenths = (part * 2_000 + whole) / (whole * 2)
        return "\(tenths / 10)\(say(".", ","))\(tenths % 10)\u{202F}%"
    }

    /// A duration with a fitting unit.
    static func duration(_ milliseconds: Int64, _ say: PageLanguage = .english) -> String {
        switch milliseconds {
        case ..<1_000: "\(milliseconds)\u{202F}ms"
        case ..<60_000: tenths(milliseconds, 1_000, say) + "\u{202F}" + say("s", "giây")
        case ..<3_600_000: tenths(milliseconds, 60_000, say) + "\u{202F}" + say("min", "phút")
        case ..<86_400_000: tenths(milliseconds, 3_600_000, say) + "\u{202F}" + say("h", "giờ")
        default: tenths(milliseconds, 86_400_000, say) + "\u{202F}" + say("days", "ngày")
        }
    }

    private static func tenths(_ value: Int64, _ unit: Int64, _ say: PageLanguage) -> String {
        let tenths = (value / (unit / 20) + 1) / 2
        return tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10)\(say(".", ","))\(tenths % 10)"
    }
}
