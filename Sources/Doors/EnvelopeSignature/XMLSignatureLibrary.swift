import CXMLSignature

/// libxmlsec1, started once in a process.
enum XMLSignatureLibrary {
    /// Whether it could be started.
    static let isStarted = xml_signature_start() == 0

    /// Runs one of its functions on a document.
    /// - Returns: The outcome, and what came with it.
    static func call(
        _ function: (UnsafeMutablePointer<xml_signature_bytes>) -> xml_signature_outcome
    ) throws(SignatureError) -> (outcome: xml_signature_outcome, bytes: [UInt8]) {
        guard isStarted else { throw .noLibrary }
        var detail = unsafe xml_signature_bytes()
        let outcome = unsafe function(&detail)
        defer { unsafe xml_signature_free(&detail) }
        return (outcome, unsafe Array(UnsafeBufferPointer(start: detail.bytes, count: detail.length)))
    }
}

/// Why nothing can be signed or looked at.
public enum SignatureError: Error, Sendable, Equatable, CustomStringConvertible {
    /// libxmlsec1 does not start.
    case noLibrary
    /// There is no memory left.
    case noMemory
    /// A private key or certificate cannot be read.
    case unreadableKey
    /// What is to be signed is no XML, or has a DOCTYPE.
    case unreadableDocument
    /// What is to be signed has a signature already.
    case isSigned

    /// What to do.
    public var description: String {
        switch self {
        case .noLibrary: "libxmlsec1 does not start; install libxmlsec1-openssl"
        case .noMemory: "there is no memory left"
        case .unreadableKey: "key or certificate cannot be read; cycle keys make facility CODE makes both, as PEM"
        case .unreadableDocument: "it cannot be read as XML without a DOCTYPE"
        case .isSigned: "CHUKYDONVI has a signature already"
        }
    }
}
