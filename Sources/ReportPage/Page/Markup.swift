/// A piece of the page. All text and every attribute is escaped on the way in, so that no name from outside can become
/// markup; the result is well-formed XML as well as HTML.
struct Markup: Sendable, ExpressibleByStringLiteral {
    /// The piece as it stands in the page.
    let source: String

    /// Text, escaped.
    init(_ text: String) { source = Self.escaped(text) }
    /// Text, escaped.
    init(stringLiteral text: String) { self.init(text) }
    private init(source: String) { self.source = source }

    /// Pieces one after the other.
    init(_ parts: [Markup]) { source = parts.map(\.source).joined() }

    /// An element with attributes and content.
    static func tag(
        _ name: String, _ attributes: KeyValuePairs<String, String> = [:], _ content: [Markup] = []
    ) -> Markup {
        let list = attributes.map { " \($0.key)=\"\(escaped($0.value))\"" }.joined()
        // An empty element of HTML is not closed by itself, but for those that have no content at all.
        if content.isEmpty, void.contains(name) { return Markup(source: "<\(name)\(list)/>") }
        let breaks = blocks.contains(name) ? "\n" : ""
        return Markup(source: "<\(name)\(list)>\(content.map(\.source).joined())</\(name)>\(breaks)")
    }

    /// An element with text only.
    static func tag(_ name: String, _ attributes: KeyValuePairs<String, String> = [:], text: String) -> Markup {
        tag(name, attributes, [Markup(text)])
    }

    /// Style or script of this program's own: never anything from outside.
    static func verbatim(_ name: String, _ content: StaticString) -> Markup {
        Markup(source: "<\(name)>\n\(content)</\(name)>\n")
    }

    private static let void: Set<String> = ["meta", "br", "col", "path", "rect", "line", "circle", "polyline", "use"]
    private static let blocks: Set<String> = [
        "p", "h1", "h2", "h3", "tr", "table", "section", "header", "footer", "figure", "svg", "g", "ul", "li", "div",
        "dl", "head", "title", "text", "marker", "details", "summary", "tfoot", "ol",
    ]

    /// Text as it may stand in content and in quoted attributes. What XML forbids altogether is shown as U+FFFD.
    static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&#39;"
            case "\n", "\t": result.unicodeScalars.append(scalar)
            case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{FFFE}", "\u{FFFF}",
                // Signs that turn the direction of what follows could make one name look like another.
                "\u{202A}"..."\u{202E}", "\u{2066}"..."\u{2069}":
                result += "\u{FFFD}"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
