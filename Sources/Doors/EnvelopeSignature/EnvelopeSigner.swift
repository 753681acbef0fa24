import CXMLSignature

/// Signs envelopes as an organisation does: an enveloped signature in CHUKYDONVI.
public enum EnvelopeSigner {
    /// Puts a signature into an envelope. The element CHUKYDONVI is made where there is none.
    /// - Parameters:
    ///   - document: The envelope.
    ///   - credentials: Private key and certificate.
    /// - Returns: The signed envelope, UTF-8.
    /// - Throws: ``SignatureError``.
    public static func sign(
        _ document: [UInt8], with credentials: FacilityAuthority.Credentials
    ) throws(SignatureError) -> [UInt8] {
        let (key, certificate) = (Array(credentials.key.utf8), Array(credentials.certificate.utf8))
        let (outcome, signed) = try unsafe XMLSignatureLibrary.call { signed in
            unsafe document.withUnsafeBufferPointer { document in
                unsafe key.withUnsafeBufferPointer { key in
                    unsafe certificate.withUnsafeBufferPointer { certificate in
                        unsafe xml_signature_sign(
                            document.baseAddress, document.count, key.baseAddress, key.count, certificate.baseAddress,
                            certificate.count, signed)
                    }
                }
            }
        }
        switch outcome {
        case XML_SIGNATURE_VALID: return signed
        case XML_SIGNATURE_UNREADABLE: throw .unreadableDocument
        case XML_SIGNATURE_PRESENT: throw .isSigned
        case XML_SIGNATURE_NO_MEMORY: throw .noMemory
        default: throw .unreadableKey
        }
    }
}
