/// What is found where an envelope has its organisation's signature (CHUKYDONVI): an enveloped XML signature (W3C XMLDSig),
/// RSA with SHA-256, over the whole document (Decree 188/2025/ND-CP, Article 69(9); the exact profile is not public, so this
/// one is simulator-defined).
public enum SignatureVerdict: Sendable, Equatable {
    /// The document is what the holder of this certificate has signed. Whose certificate it is, ``FacilityAuthority`` tells.
    /// - Parameter certificate: DER.
    case valid(certificate: [UInt8])
    /// There is none.
    case missing
    /// There is one that does not hold, or none that could be looked at.
    case broken(Fault)

    /// Why a signature does not hold.
    public enum Fault: Sendable, Equatable, CustomStringConvertible {
        /// The document is no XML, or has a DOCTYPE.
        case unreadable
        /// CHUKYDONVI has several signatures; which of them counts nobody can say.
        case several
        /// It covers a part of the document and not all of it: the URI of its reference.
        case coversPart(uri: String)
        /// It has not exactly one reference.
        case references(count: Int)
        /// It carries no certificate (KeyInfo, X509Data, X509Certificate).
        case noCertificate
        /// A method or transform that is not accepted, or an element that cannot be read.
        case notAccepted
        /// The document was changed after it had been signed.
        case otherContents
        /// The key of its certificate has not made it.
        case otherKey

        /// What is wrong, and what is wanted.
        public var description: String {
            switch self {
            case .unreadable: "the document cannot be read as XML without a DOCTYPE"
            case .several: "CHUKYDONVI has several signatures; one is wanted"
            case .coversPart(let uri):
                "it covers \"\(uri)\"; wanted is the whole document (URI=\"\") with the transform enveloped-signature"
            case .references(let count): "it has \(count) references; wanted is one, to the whole document (URI=\"\")"
            case .noCertificate: "it carries no certificate; wanted is KeyInfo, X509Data, X509Certificate"
            case .notAccepted:
                "a method is not accepted; wanted are RSA with SHA-256, digests of SHA-256, the transform enveloped-signature, "
                    + "and canonical XML 1.0 or exclusive"
            case .otherContents: "the document is not what was signed: its digest is another one"
            case .otherKey: "the key of its certificate has not made it"
            }
        }
    }
}
