import Audit

/// How long what is pending has waited: one column for each class of age, with its number on top.
struct AgeChart {
    let histogram: [Int64]
    let say: PageLanguage

    private static let (width, height, base) = (104, 110, 134)

    var markup: Markup {
        let most = max(1, histogram.max() ?? 1)
        var parts = [
            Markup.tag("title", ["id": "age-title"], text: say("Ages of pending records", "Tuổi của hồ sơ đang chờ")),
            Markup.tag(
                "desc", ["id": "age-desc"],
                text: zip(AgeClass.allCases, histogram).map { "\(FindingWords.text($0, say)): \(NumberText.count($1))" }
                    .joined(separator: ", ")),
            Markup.tag("path", ["d": "M0 \(Self.base) H\(Self.width * histogram.count)", "class": "axis"]),
        ]
        for (place, entry) in zip(AgeClass.allCases, histogram).enumerated() {
            let (x, value) = (place * Self.width, entry.1)
            // What is there is seen, however little.
            let height = value == 0 ? 0 : max(2, Int(Int64(Self.height) * value / most))
            parts.append(
                .tag(
                    "rect",
                    [
                        "x": "\(x + 16)", "y": "\(Self.base - height)", "width": "\(Self.width - 32)",
                        "height": "\(height)", "class": "bar waits",
                    ]))
            let middle = "\(x + Self.width / 2)"
            parts.append(
                .tag(
                    "text",
                    ["x": middle, "y": "\(Self.base - height - 7)", "text-anchor": "middle", "class": "value"],
                    text: NumberText.count(value)))
            parts.append(
                .tag(
                    "text", ["x": middle, "y": "\(Self.base + 18)", "text-anchor": "middle", "class": "tick"],
                    text: FindingWords.text(entry.0, say)))
        }
        return .tag(
            "svg",
            [
                "class": "ages", "viewBox": "0 0 \(Self.width * histogram.count) 160", "role": "img",
                "aria-labelledby": "age-title age-desc", "xmlns": "http://www.w3.org/2000/svg",
            ], parts)
    }
}
