import CXMLSignature
import Foundation

/// Looks at the signature of an envelope.
public enum EnvelopeVerifier {
    /// Whether a document may hold a signature: whether the name of its element stands in it, or it is written in an encoding in
    /// which that cannot be seen. Of one that cannot, nothing need be looked at.
    public static func mayHoldSignature(_ document: [UInt8]) -> Bool {
        let name = Array("Signature".utf8)
        return unsafe document.withUnsafeBufferPointer { document in
            var place = 0
            while place < document.count {
                let byte = unsafe document[place]
                // UTF-16 has a NUL beside each sign of XML, UTF-8 has none at all.
                if byte == 0 { return true }
                if byte == 0x53, unsafe document[place...].starts(with: name) { return true }
                place += 1
            }
            return false
        }
    }

    /// Whether CHUKYDONVI holds a signature over the whole document, by the certificate that stands in it. Whether that
    /// certificate may be believed is not asked here.
    ///
    /// Only one reference, to the whole document, and only the transforms that an enveloped signature needs are accepted:
    /// what is verified is then what is read, and no part of the document can have been moved or left out.
    /// - Throws: ``SignatureError``.
    public static func verdict(on document: [UInt8]) throws(SignatureError) -> SignatureVerdict {
        let (outcome, detail) = try unsafe XMLSignatureLibrary.call { detail in
            unsafe document.withUnsafeBufferPointer { unsafe xml_signature_verify($0.baseAddress, $0.count, detail) }
        }
        let text = String(decoding: detail, as: UTF8.self)
        switch outcome {
        case XML_SIGNATURE_VALID:
            guard let certificate = Data(base64Encoded: text, options: .ignoreUnknownCharacters) else {
                return .broken(.noCertificate)
            }
            return .valid(certificate: Array(certificate))
        case XML_SIGNATURE_MISSING: return .missing
        case XML_SIGNATURE_UNREADABLE: return .broken(.unreadable)
        case XML_SIGNATURE_SEVERAL: return .broken(.several)
        case XML_SIGNATURE_COVERS_PART: return .broken(.coversPart(uri: text.isEmpty ? "nothing" : text))
        case XML_SIGNATURE_REFERENCES: return .broken(.references(count: Int(text) ?? 0))
        case XML_SIGNATURE_NO_CERTIFICATE: return .broken(.noCertificate)
        case XML_SIGNATURE_OTHER_CONTENTS: return .broken(.otherContents)
        case XML_SIGNATURE_OTHER_KEY: return .broken(.otherKey)
        case XML_SIGNATURE_NO_MEMORY: throw .noMemory
        default: return .broken(.notAccepted)
        }
    }
}
