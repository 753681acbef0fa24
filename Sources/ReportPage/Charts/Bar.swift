/// A small bar in a table cell: a solid part, and behind it a pale one with a dashed edge.
enum Bar {
    /// - Parameters:
    ///   - solid: Length of the solid part.
    ///   - dashed: Length of the part behind it.
    ///   - whole: Length of the whole track.
    static func markup(solid: Int64, dashed: Int64 = 0, of whole: Int64) -> Markup {
        let scale = { (value: Int64) in whole > 0 ? Int(min(value, whole) * 2_000 / whole) : 0 }
        let (first, second) = (scale(solid), scale(dashed))
        func rect(_ x: Int, _ width: Int, _ style: String) -> Markup {
            .tag(
                "rect",
                ["x": decimal(x), "y": "2", "width": decimal(width), "height": "10", "class": style])
        }
        var parts: [Markup] = []
        if first > 0 { parts.append(rect(0, max(first, 10), "bar")) }
        if second > 0 { parts.append(rect(first, max(second, 10), "bar rest")) }
        return .tag(
            "svg",
            [
                "class": "spark", "viewBox": "0 0 200 14", "preserveAspectRatio": "none", "aria-hidden": "true",
                "xmlns": "http://www.w3.org/2000/svg",
            ], parts)
    }

    private static func decimal(_ tenths: Int) -> String { "\(tenths / 10).\(tenths % 10)" }
}
