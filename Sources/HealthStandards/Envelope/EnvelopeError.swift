import ExchangeSchema

/// Why nothing of a file could be read.
public enum EnvelopeError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The file is larger than the reader takes.
    case tooLarge(bytes: Int, limit: Int)
    /// The file is not XML that the reader takes.
    case notXML(XMLFault)
    /// The file begins as JSON does and is none.
    case notJSON
    /// The root element is not GIAMDINHHS.
    case notAnEnvelope(root: String)
    /// The root element is not KHAMSUCKHOE.
    case notAHealthCheckEnvelope(root: String)

    /// What to do, for a person.
    public var description: String {
        switch self {
        case .tooLarge(let bytes, let limit):
            "the file has \(bytes) bytes, at most \(limit) are read; split it into several envelopes"
        case .notXML(let fault): "the file cannot be read: \(fault)"
        case .notAnEnvelope(let root):
            "the root element is \(PrintableText.escaped(root, limit: 80)), an envelope has GIAMDINHHS"
        case .notJSON: "the file begins with { and is no JSON; write khamsuckhoe as JSON, or KHAMSUCKHOE as XML"
        case .notAHealthCheckEnvelope(let root):
            "the root is \(PrintableText.escaped(root, limit: 80)), an envelope of health checks has KHAMSUCKHOE (in JSON "
                + "khamsuckhoe)"
        }
    }
}
