import Audit

/// Records over time: three lines, told apart by stroke and by their end marks as well as by colour.
struct LineChart {
    let figures: ThroughputFigures
    let say: PageLanguage

    private static let (left, right, top, bottom) = (52, 988, 14, 216)
    private var series: [(name: String, style: String, values: KeyPath<ThroughputFigures, [Int64]>)] {
        [
            (say("submitted", "đã gửi"), "a", \.submitted), (say("in the book", "đã vào sổ"), "b", \.shared),
            (say("corrections", "trả lại để sửa"), "c", \.refused),
        ]
    }

    var markup: Markup {
        let most = max(1, series.flatMap { figures[keyPath: $0.values] }.max() ?? 1)
        let top = Self.niceCeiling(most)
        var parts = [
            Markup.tag("title", ["id": "rate-title"], text: say("Records over time", "Hồ sơ theo thời gian")),
            Markup.tag("desc", ["id": "rate-desc"], text: description),
        ]
        for step in 0...4 {
            let y = Self.bottom - (Self.bottom - Self.top) * step / 4
            parts.append(
                .tag("path", ["d": "M\(Self.left) \(y) H\(Self.right)", "class": step == 0 ? "axis" : "grid"]))
            parts.append(
                .tag(
                    "text", ["x": "\(Self.left - 8)", "y": "\(y + 4)", "text-anchor": "end", "class": "tick"],
                    text: NumberText.count(top * Int64(step) / 4)))
        }
        let length = figures.width * Int64(figures.submitted.count)
        for step in 0...4 {
            let x = Self.left + (Self.right - Self.left) * step / 4
            let anchor = step == 0 ? "start" : step == 4 ? "end" : "middle"
            parts.append(
                .tag(
                    "text", ["x": "\(x)", "y": "\(Self.bottom + 20)", "text-anchor": anchor, "class": "tick"],
                    text: step == 0 ? say("start", "bắt đầu") : "+" + NumberText.duration(length * Int64(step) / 4, say)
                ))
        }
        for entry in series { parts.append(line(figures[keyPath: entry.values], entry.style, top)) }
        let svg = Markup.tag(
            "svg",
            [
                "class": "lines", "viewBox": "0 0 1000 244", "role": "img", "aria-labelledby": "rate-title rate-desc",
                "xmlns": "http://www.w3.org/2000/svg",
            ], parts)
        return .tag("figure", [:], [.tag("div", ["class": "scroll"], [svg]), caption])
    }

    private var caption: Markup {
        let keys = series.map { entry in
            Markup.tag(
                "span", ["class": "key"],
                [
                    .tag(
                        "svg", ["class": "sample", "viewBox": "0 0 36 10", "aria-hidden": "true"],
                        [.tag("path", ["d": "M1 5 H35", "class": "line \(entry.style)"])]), Markup(" " + entry.name),
                ])
        }
        return .tag(
            "figcaption", [:],
            keys + [Markup(say("Records per ", "Hồ sơ mỗi ") + NumberText.duration(figures.width, say) + ".")])
    }

    private var description: String {
        series.map { entry in
            let values = figures[keyPath: entry.values]
            let all = NumberText.count(values.reduce(0, +))
            let (most, width) = (NumberText.count(values.max() ?? 0), NumberText.duration(figures.width, say))
            return say(
                "\(entry.name): \(all) in all, at most \(most) in \(width)",
                "\(entry.name): tổng \(all), nhiều nhất \(most) trong \(width)")
        }.joined(separator: "; ")
    }

    private func line(_ values: [Int64], _ style: String, _ top: Int64) -> Markup {
        let count = max(1, values.count)
        let points = values.enumerated().map { place, value in
            let x = Self.left + (Self.right - Self.left) * (2 * place + 1) / (2 * count)
            let y = Self.bottom - Int(Int64(Self.bottom - Self.top) * value / top)
            return "\(x) \(y)"
        }
        // One bucket alone would be no line: it is drawn over the whole width.
        guard points.count > 1 else {
            let y = Self.bottom - Int(Int64(Self.bottom - Self.top) * (values.first ?? 0) / top)
            return .tag("path", ["d": "M\(Self.left) \(y) H\(Self.right)", "class": "line \(style)"])
        }
        return .tag("path", ["d": "M" + points.joined(separator: " L"), "class": "line \(style)"])
    }

    /// The next number that divides into four whole steps and looks like 1, 2, 4 or 8 with zeros.
    private static func niceCeiling(_ value: Int64) -> Int64 {
        var power: Int64 = 1
        while power < Int64.max / 100 {
            for factor: Int64 in [4, 8, 12, 20, 40] where factor * power >= value { return factor * power }
            power *= 10
        }
        return value
    }
}
