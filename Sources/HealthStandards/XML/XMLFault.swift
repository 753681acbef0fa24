/// Why a document could not be read as XML.
public enum XMLFault: Error, Sendable, Equatable, CustomStringConvertible {
    /// Not well-formed. Line and column count from 1, in the document itself; `code` is that of the parser (libxml2).
    case malformed(line: Int, column: Int, code: Int)
    /// There is no document.
    case empty
    /// The document is, or says that it is, in an encoding that is not read. UTF-8 is, and UTF-16 with a byte order mark.
    case otherEncoding(String)
    /// A `<` that begins no tag: text that was not escaped.
    case bareAngle(line: Int, column: Int)
    /// The document has a DOCTYPE; it is refused because entities come with it.
    case documentType
    /// Elements are nested deeper than any table needs.
    case tooDeep(limit: Int, line: Int)
    /// A tag has more attributes than any writer gives; the parser's time grows with their square.
    case tooManyAttributes(limit: Int)

    /// The fault as the end of a sentence.
    public var description: String {
        switch self {
        case .malformed(let line, let column, let code):
            "not well-formed XML at line \(line), column \(column): \(Self.reason(code))"
        case .empty: "there is no XML in it"
        case .bareAngle(let line, let column):
            "not well-formed XML at line \(line), column \(column): a < that begins no tag; in text it is written &lt;"
        case .otherEncoding(let name): "the encoding is \(name), it must be UTF-8"
        case .documentType: "it has a DOCTYPE, which is refused"
        case .tooDeep(let limit, let line): "elements are nested deeper than \(limit) at line \(line)"
        case .tooManyAttributes(let limit): "a tag has more than \(limit) attributes"
        }
    }

    /// The commonest codes in words; libxml/xmlerror.h numbers them.
    private static func reason(_ code: Int) -> String {
        switch code {
        case 1: "a CDATA section, comment or tag of more than 10 MB, or one that the parser does not take"
        case 4, 5, 77: "the document ends too early, or there is more after its end"
        case 6, 7, 8, 9: "a character that XML does not allow"
        case 22, 23, 24, 26, 68: "a reference or an ampersand that is not written as XML wants it"
        case 38, 39, 40, 41, 42, 65: "an attribute that is not written as XML wants it"
        case 34, 57, 64, 97: "an XML declaration that is not the first thing, or not written as XML 1.0 wants it"
        case 45: "a comment that is not closed"
        case 62: "\"]]>\" in text"
        case 73: "a tag that is not closed"
        case 76: "an end tag that does not match its start tag"
        case 81: "bytes that are not UTF-8"
        case 201: "a prefix that is not declared"
        default: "parser code \(code)"
        }
    }
}
