import Foundation

/// The content of NOIDUNGFILE: base64 of a document, in which line breaks and other white space may stand.
enum Base64Text {
    enum Fault: Error {
        case notBase64, encodedTwice

        var rule: EnvelopeProblem.Rule {
            switch self {
            case .notBase64: .notBase64
            case .encodedTwice: .encodedTwice
            }
        }
    }

    static func decode(_ text: [UInt8]) -> Result<[UInt8], Fault> {
        guard let document = bytes(text) else { return .failure(.notBase64) }
        // XML starts with `<` or a byte order mark; base64 of XML starts with a letter or a digit.
        if let first = document.first(where: { $0 > 0x20 }), first != 0x3C, let inner = bytes(document),
            inner.first(where: { $0 > 0x20 }) == 0x3C
        {
            return .failure(.encodedTwice)
        }
        return .success(document)
    }

    static func encode(_ document: [UInt8], to bytes: inout [UInt8]) {
        bytes.append(contentsOf: Data(document).base64EncodedData())
    }

    private static func bytes(_ text: [UInt8]) -> [UInt8]? {
        let hasSpace = text.contains { $0 <= 0x20 }
        let compact = hasSpace ? text.filter { !($0 == 0x20 || (0x09...0x0D).contains($0)) } : text
        guard let data = Data(base64Encoded: Data(compact)) else { return nil }
        return [UInt8](data)
    }
}
