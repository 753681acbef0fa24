import Foundation
import FoundationXML

/// XML as an object of JSON: names in lower case, a list where an element comes more than once, tables out of their Base64.
final class XMLTwinReader: NSObject, XMLParserDelegate {
    private var stack: [(name: String, members: [(String, Any)], text: String)] = [("", [], "")]

    struct NoXML: Error {}

    static func read(_ bytes: [UInt8]) throws -> [String: Any] {
        let reader = XMLTwinReader()
        let parser = XMLParser(data: Data(bytes))
        parser.delegate = reader
        guard parser.parse(), let top = reader.stack.first else { throw NoXML() }
        return object(top.members)
    }

    private static func object(_ members: [(String, Any)]) -> [String: Any] {
        var object: [String: Any] = [:]
        for (name, value) in members {
            switch object[name] {
            case nil: object[name] = value
            case let list as [Any]: object[name] = list + [value]
            case let other?: object[name] = [other, value]
            }
        }
        return object
    }

    func parser(
        _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
        attributes: [String: String]
    ) {
        stack.append((name.lowercased(), [], ""))
    }

    func parser(_ parser: XMLParser, foundCharacters string: String) { stack[stack.count - 1].text += string }

    func parser(_ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?) {
        let element = stack.removeLast()
        var value: Any = element.members.isEmpty ? element.text as Any : Self.object(element.members)
        if element.name == "noidungfile", element.members.isEmpty,
            let table = Data(base64Encoded: element.text, options: .ignoreUnknownCharacters),
            let object = try? Self.read(Array(table))
        {
            value = object
        }
        stack[stack.count - 1].members.append((element.name, value))
    }
}
