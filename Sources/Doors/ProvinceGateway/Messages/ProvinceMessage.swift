import DoorHouse
import Foundation

/// A message as it is pushed: header, and the file in it (dispatch 7286/SYT-QLBHYTCNTT of 22 July 2026, Annex II).
struct ProvinceMessage {
    let senderID: String
    let messageID: String
    /// The envelope: XML, or its twin in JSON.
    let file: [UInt8]
    let body: ProvinceBody

    /// Reads one and holds it against the account that sends it.
    init(_ request: DoorRequest, of account: ProvinceAccount, _ settings: ProvinceSettings) throws(ProvinceRefusal) {
        body = request.mediaType == "multipart/form-data" ? .multipart : .json
        guard settings.bodies.contains(body) else {
            let wanted = settings.bodies.map(\.rawValue).joined(separator: ", ")
            throw .invalid(
                "nội dung được gửi ở dạng \(body.rawValue); cổng này nhận \(wanted)",
                "the body was sent as \(body.rawValue); wanted is \(wanted)")
        }
        let (header, content) = try Self.parts(request, body)
        func value(_ name: String) -> String {
            switch header[name] {
            case let text as String: text
            case let number as NSNumber: number.stringValue
            default: ""
            }
        }
        (senderID, messageID, file) = (value("sender_id"), value("msg_id"), content)
        guard value("version") == "1.0" else { throw .invalid("version phải là 1.0", "version is not 1.0") }
        guard settings.receivers.contains(value("receiver_id")) else {
            let wanted = settings.receivers.joined(separator: ", ")
            throw .invalid("receiver_id phải là \(wanted)", "receiver_id is not \(wanted)")
        }
        guard value("txn_type") == "sync_checkup" else {
            throw .invalid("txn_type phải là sync_checkup", "txn_type is not sync_checkup")
        }
        guard senderID == account.senderID else {
            throw ProvinceRefusal(
                status: 403, code: "FORBIDDEN", words: "sender_id không phải của tài khoản",
                verdict: "sender_id is not the account's")
        }
        guard messageID.hasPrefix(senderID), (senderID.utf8.count + 1...128).contains(messageID.utf8.count) else {
            throw .invalid("msg_id phải bắt đầu bằng sender_id", "msg_id does not begin with sender_id")
        }
        guard file.contains(where: { $0 > 0x20 }) else { throw .invalid("content rỗng", "content is empty") }
    }

    private static func parts(
        _ request: DoorRequest, _ body: ProvinceBody
    ) throws(ProvinceRefusal) -> (header: [String: Any], content: [UInt8]) {
        switch body {
        case .json:
            guard let object = object(request.body), let header = object["header"] as? [String: Any],
                let data = object["data"]
            else { throw .invalid("nội dung phải là JSON có header và data", "the body has no header and data") }
            return (header, try content(data))
        case .multipart:
            guard let parts = MultipartBody(request.body, contentType: request.headers["content-type"] ?? "")?.parts,
                let header = parts["header"].flatMap({ object($0) })
            else {
                throw .invalid("multipart phải có phần header là JSON", "the multipart body has no part header of JSON")
            }
            guard let bytes = parts["data"] ?? parts["content"] ?? parts["file"] else {
                throw .invalid("multipart thiếu phần data", "the multipart body has no part data")
            }
            if let data = object(bytes), data["content"] != nil { return (header, try content(data)) }
            return (header, try content(bytes))
        }
    }

    private static func object(_ bytes: [UInt8]) -> [String: Any]? {
        (try? JSONSerialization.jsonObject(with: Data(bytes))) as? [String: Any]
    }

    /// `data` is an object with `content`, Base64.
    private static func content(_ data: Any) throws(ProvinceRefusal) -> [UInt8] {
        guard let text = (data as? [String: Any])?["content"] as? String else {
            throw .invalid("data phải có content là chuỗi Base64", "data has no content")
        }
        guard let bytes = decoded(Array(text.utf8)) else {
            throw .invalid("content không phải Base64", "content is no base64")
        }
        return bytes
    }

    /// The part of a form is the file itself, or its Base64.
    private static func content(_ bytes: [UInt8]) throws(ProvinceRefusal) -> [UInt8] {
        guard let first = bytes.first(where: { $0 > 0x20 && $0 < 0x80 }), first != 0x3C, first != 0x7B else {
            return bytes
        }
        guard let file = decoded(bytes) else {
            throw .invalid("data không phải tệp, cũng không phải Base64", "the part is neither a file nor base64")
        }
        return file
    }

    private static func decoded(_ text: [UInt8]) -> [UInt8]? {
        Data(base64Encoded: Data(text.filter { $0 > 0x20 })).map(Array.init)
    }
}
