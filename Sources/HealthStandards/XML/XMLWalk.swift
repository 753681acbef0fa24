import Foundation

#if canImport(FoundationXML)
    import FoundationXML
#endif

/// Walks one document: checks its prolog, limits its depth, and hands its parts to a handler.
final class XMLWalk: NSObject, XMLParserDelegate {
    private let handler: any XMLHandler
    private let depthLimit: Int
    private var depth = 0
    private var fault: XMLFault?

    private init(handler: any XMLHandler, depthLimit: Int) {
        self.handler = handler
        self.depthLimit = depthLimit
    }

    /// Reads a whole document. The handler may have been given a part of it when this throws.
    static func walk(
        _ bytes: ArraySlice<UInt8>, depthLimit: Int, handler: any XMLHandler
    ) throws(XMLFault) {
        let document = try XMLProlog.check(bytes)
        let parser = XMLParser(stream: InputStream(data: Data(document)))
        parser.shouldProcessNamespaces = false
        parser.shouldResolveExternalEntities = false
        let walk = XMLWalk(handler: handler, depthLimit: depthLimit)
        parser.delegate = walk
        let isRead = parser.parse()
        parser.delegate = nil
        if let fault = walk.fault { throw fault }
        if !isRead || parser.parserError != nil { throw walk.malformed(parser) }
    }

    func parser(
        _ parser: XMLParser, didStartElement elementName: String, namespaceURI: String?, qualifiedName: String?,
        attributes: [String: String]
    ) {
        guard fault == nil else { return }
        depth += 1
        guard depth <= depthLimit else {
            fault = .tooDeep(limit: depthLimit, line: parser.lineNumber)
            parser.abortParsing()
            return
        }
        handler.start(elementName, line: parser.lineNumber)
    }

    func parser(_ parser: XMLParser, foundCharacters string: String) {
        if fault == nil { handler.text(string) }
    }

    func parser(_ parser: XMLParser, foundCDATA block: Data) {
        if fault == nil { handler.text(String(decoding: block, as: UTF8.self)) }
    }

    func parser(
        _ parser: XMLParser, didEndElement elementName: String, namespaceURI: String?, qualifiedName: String?
    ) {
        guard fault == nil else { return }
        depth -= 1
        handler.end(elementName)
    }

    func parser(_ parser: XMLParser, parseErrorOccurred error: any Error) {
        if fault == nil { fault = malformed(parser) }
    }

    private func malformed(_ parser: XMLParser) -> XMLFault {
        let code = (parser.parserError as NSError?)?.code ?? 0
        return .malformed(line: parser.lineNumber, column: parser.columnNumber, code: code)
    }
}
