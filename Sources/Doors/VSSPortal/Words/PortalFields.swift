import DoorHouse
import Foundation

/// The fields of a request, whether it is a form or an object of JSON.
struct PortalFields {
    /// By their names, as they were sent.
    private let values: [String: ArraySlice<UInt8>]
    private let form: Base64Field.Form
    /// How they were sent.
    let reading: String

    /// Nil when the body is neither.
    init?(_ request: DoorRequest) {
        let first = request.body.first { $0 > 0x20 }
        if request.mediaType == "application/json" || first == 0x7B {
            guard let object = try? JSONSerialization.jsonObject(with: Data(request.body)) as? [String: Any] else {
                return nil
            }
            values = object.compactMapValues { value in
                switch value {
                case let text as String: ArraySlice(text.utf8)
                case let number as NSNumber: ArraySlice(number.stringValue.utf8)
                default: nil
                }
            }
            form = .plain
            reading = "fields: json"
        } else {
            values = URLEncodedText.rawFields(request.body)
            form = .escaped
            reading = "fields: form"
        }
    }

    /// The value of a field; empty where there is none.
    subscript(name: String) -> String { String(decoding: bytes(name), as: UTF8.self) }

    /// Whether a field has a value.
    func has(_ name: String) -> Bool { !(values[name] ?? []).isEmpty }

    /// What the base64 in a field stands for; nil where it is none. Line ends are left out, and a blank is a plus sign that was
    /// not escaped in a form.
    func file(_ name: String) -> [UInt8]? {
        if let bytes = Base64Field.bytes(values[name] ?? [], form) { return bytes }
        let text = bytes(name)
        if let data = Data(base64Encoded: Data(text)) { return Array(data) }
        guard !text.contains(0x3C) else { return nil }
        let mended = Data(text.map { $0 == 0x20 ? 0x2B : $0 })
        return Data(base64Encoded: mended, options: .ignoreUnknownCharacters).map { Array($0) }
    }

    private func bytes(_ name: String) -> [UInt8] {
        let value = values[name] ?? []
        return form == .escaped ? URLEncodedText.decoded(value) : Array(value)
    }
}
