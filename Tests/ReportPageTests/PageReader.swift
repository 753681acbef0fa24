import Foundation
import Testing

#if canImport(FoundationXML)
    import FoundationXML
#endif

/// Walks through a page as an XML parser sees it.
final class PageReader: NSObject, XMLParserDelegate {
    private(set) var elements: [String: Int] = [:]
    /// Elements in their order, each with its identifier.
    private(set) var structure: [String] = []
    private(set) var attributes: [String] = []
    private(set) var text = ""
    private(set) var unnamedSections = 0
    private(set) var language = ""
    /// Words of the last rows of tables, by the section in which they stand.
    private(set) var feet: [String: [[String]]] = [:]
    /// The large numbers at the top.
    private(set) var tiles: [String] = []
    private var open: [String] = []
    private var section = ""

    func parser(
        _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
        attributes: [String: String]
    ) {
        elements[name, default: 0] += 1
        structure.append(name + (attributes["id"].map { "#" + $0 } ?? ""))
        self.attributes += attributes.values
        open.append(name)
        if isInTile { tiles.append("") }
        if name == "html" { language = attributes["lang"] ?? "" }
        if name == "section" {
            section = attributes["id"] ?? ""
            unnamedSections += attributes["id"] == nil ? 1 : 0
        }
        if name == "tfoot" { feet[section, default: []].append([]) }
        guard open.contains("tfoot"), name == "th" || name == "td" else { return }
        let last = (feet[section]?.count ?? 0) - 1
        feet[section]?[last].append("")
    }

    private var isInTile: Bool { open.suffix(2) == ["li", "strong"] && section.isEmpty && !open.contains("ol") }

    func parser(
        _ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?
    ) { open.removeLast() }

    func parser(_ parser: XMLParser, foundCharacters string: String) {
        text += string
        if isInTile { tiles[tiles.count - 1] += string }
        guard open.contains("tfoot"), let rows = feet[section], let cells = rows.last, !cells.isEmpty else { return }
        feet[section]?[rows.count - 1][cells.count - 1] += string
    }

    /// A page, which must be well-formed.
    static func read(_ html: String) throws -> PageReader {
        // The document type is HTML's and none of XML's.
        let parser = XMLParser(data: Data(html.replacingOccurrences(of: "<!DOCTYPE html>\n", with: "").utf8))
        let reader = PageReader()
        parser.delegate = reader
        #expect(parser.parse(), "\(parser.parserError as Any) in line \(parser.lineNumber)")
        return reader
    }
}
