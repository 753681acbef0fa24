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

    /// What a walk learns beside the elements.
    struct Finding {
        /// The encoding that the declaration names although the bytes are in another.
        var falseEncoding: String?
    }

    /// Reads a whole document. The handler may have been given a part of it when this throws.
    @discardableResult
    static func walk(
        _ bytes: [UInt8], depthLimit: Int, handler: any XMLHandler
    ) throws(XMLFault) -> Finding {
        if let plain = PlainXML(bytes, depthLimit: depthLimit) {
            plain.walk(handler)
            return Finding(falseEncoding: nil)
        }
        return try parse(bytes, depthLimit: depthLimit, handler: handler)
    }

    /// The same by the parser, however plain the document is.
    static func parse(
        _ bytes: [UInt8], depthLimit: Int, handler: any XMLHandler
    ) throws(XMLFault) -> Finding {
        var rest: [UInt8]? = bytes
        return try walk(XMLInput { rest.take() ?? [] }, depthLimit: depthLimit, handler: handler)
    }

    /// Reads a document piece by piece.
    static func walk(_ input: XMLInput, depthLimit: Int, handler: any XMLHandler) throws(XMLFault) -> Finding {
        let parser = XMLParser(stream: input)
        parser.shouldProcessNamespaces = false
        parser.shouldResolveExternalEntities = false
        let walk = XMLWalk(handler: handler, depthLimit: depthLimit)
        parser.delegate = walk
        let isRead = parser.parse()
        parser.delegate = nil
        if let fault = input.fault { throw fault }
        guard handler.wantsMore, input.failure == nil else { return Finding(falseEncoding: input.falseEncoding) }
        // Nothing but white space, a declaration and comments is no damage, whatever the parser says of it.
        if !input.scan.hasContent, input.scan.isComplete { throw .empty }
        if !isRead || walk.fault != nil || parser.parserError != nil {
            throw Self.named(walk.fault ?? walk.malformed(parser), input.scan)
        }
        return Finding(falseEncoding: input.falseEncoding)
    }

    /// Code 68 is libxml2's "a name is required", said of `<10` and of `a & b` alike.
    private static func named(_ fault: XMLFault, _ scan: XMLScan) -> XMLFault {
        if case .malformed(_, _, 68) = fault, let bare = scan.bareAngle { return bare }
        return fault
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
        if !handler.wantsMore { parser.abortParsing() }
    }

    func parser(_ parser: XMLParser, parseErrorOccurred error: any Error) {
        if fault == nil { fault = malformed(parser) }
    }

    private func malformed(_ parser: XMLParser) -> XMLFault {
        let code = (parser.parserError as NSError?)?.code ?? 0
        return .malformed(line: parser.lineNumber, column: parser.columnNumber, code: code)
    }
}
