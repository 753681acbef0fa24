import DoorHouse
import Foundation

/// The fields of a request, whether it is a form or an object of JSON.
struct PortalFields {
    /// By their names.
    private let values: [String: [UInt8]]
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
                case let text as String: Array(text.utf8)
                case let number as NSNumber: Array(number.stringValue.utf8)
                default: nil
                }
            }
            reading = "fields: json"
        } else {
            values = URLEncodedText.fieldBytes(request.body)
            reading = "fields: form"
        }
    }

    /// The value of a field; empty where there is none.
    subscript(name: String) -> String { String(decoding: values[name] ?? [], as: UTF8.self) }

    /// The value of a field as bytes; nil where there is none.
    func bytes(_ name: String) -> [UInt8]? { values[name] }
}
