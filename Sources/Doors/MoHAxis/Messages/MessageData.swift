import Foundation

/// `data` of a message: which shape it has, what is hashed of it, and the file in it.
struct MessageData: Sendable {
    let shape: AxisReadings.Shape
    /// The value as it stands in the message.
    let raw: [UInt8]
    /// The characters of the string; those of the object where there is no string.
    let string: [UInt8]
    /// The file: XML, or its twin in JSON.
    let file: [UInt8]

    /// Reads a value.
    /// - Throws: Why there is no file in it, in Vietnamese and for the log.
    init(_ value: ArraySlice<UInt8>) throws(AxisRefusal) {
        raw = Array(value)
        guard let parsed = try? JSONSerialization.jsonObject(with: Data(value), options: .fragmentsAllowed) else {
            throw .invalid("data không phải JSON", "data is no JSON")
        }
        let text: String
        switch parsed {
        case let plain as String: (shape, text) = (.string, plain)
        case let object as [String: Any]:
            if let inner = object["content"] as? String {
                (shape, text) = (.content, inner)
            } else if let inner = object["file_content"] as? String {
                (shape, text) = (.fileContent, inner)
            } else {
                shape = .object
                string = raw
                file = raw
                return
            }
        default: throw .invalid("data phải là chuỗi Base64", "data is neither a string nor an object")
        }
        string = Array(text.utf8)
        guard let first = string.first(where: { $0 > 0x20 }) else { throw .invalid("data rỗng", "data is empty") }
        guard first != 0x3C, first != 0x7B else {
            throw .invalid(
                "data phải là Base64 của tệp, không phải chính tệp", "data is the file itself, and not its base64")
        }
        let compact = string.filter { $0 > 0x20 }
        guard let decoded = Data(base64Encoded: Data(compact)), !decoded.isEmpty else {
            throw .invalid("data không phải Base64", "data is no base64")
        }
        file = Array(decoded)
    }
}
