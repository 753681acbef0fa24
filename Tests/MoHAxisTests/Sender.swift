import Crypto
import Foundation
import _CryptoExtras

/// A sender's program, written from the text of Decision 2062/QD-BYT and not with the code that is tested: it writes messages and
/// signs them in any way that somebody may have read the text.
struct Sender {
    let key: _RSA.Signing.PrivateKey
    let senderID: String
    let kind: String

    struct Message {
        var text: String
        var messageID: String
    }

    /// In which way the text was read.
    struct Way: Sendable {
        var signature = "hex"
        var hash = "string"
        var blanks = "removed"
        var digits = "hex"
        var isPSS = false
        var shape = "string"
        /// With line ends and blanks between the signs of JSON, and in the Base64.
        var isPretty = false
    }

    func messageID(day: String = "261118") -> String {
        senderID + day + UUID().uuidString.replacingOccurrences(of: "-", with: "").lowercased()
    }

    /// - Parameters:
    ///   - fields: In place of those of the header; nil leaves one out.
    ///   - tamper: What is done to the message after it was signed.
    func message(
        _ file: [UInt8], messageID: String? = nil, _ way: Way = Way(), fields: [String: String?] = [:],
        signature given: String?? = nil, tamper: (String) -> String = { $0 }
    ) throws -> Message {
        let messageID = messageID ?? self.messageID()
        var header = [
            ("version", "1.0"), ("sender_id", senderID), ("receiver_id", "TDLBYT"), ("txn_type", kind),
            ("msg_id", messageID), ("msg_type", "101"), ("data_type", "xml/base64"), ("send_datetime", "1795000000000"),
        ].filter { fields[$0.0] == nil || fields[$0.0].flatMap(\.self) != nil }
        for index in header.indices { header[index].1 = fields[header[index].0].flatMap(\.self) ?? header[index].1 }
        let (colon, comma) = way.isPretty ? (" : ", ",\n  ") : (":", ",")
        let headerText = "{" + header.map { "\"\($0.0)\"\(colon)\"\($0.1)\"" }.joined(separator: comma) + "}"
        let plain = Data(file).base64EncodedString()
        let string = way.isPretty ? Self.lines(plain) : plain
        let quoted = "\"" + string.replacingOccurrences(of: "\n", with: "\\n") + "\""
        let data =
            switch way.shape {
            case "content", "file_content": "{\"\(way.shape)\"\(colon)\(quoted)}"
            case "object": String(decoding: file, as: UTF8.self)
            default: quoted
            }
        let subject = way.hash == "file" ? file : Array((way.hash == "string" ? string : data).utf8)
        let joined = digest(Array(headerText.utf8), way) + "." + digest(subject, way)
        let signed = try key.signature(
            for: SHA256.hash(data: Data(joined.utf8)), padding: way.isPSS ? .PSS : .insecurePKCS1v1_5)
        let written: String? = given ?? Self.write(signed.rawRepresentation, way.signature)
        let tail = written.map { ",\"signature\":\"\($0)\"" } ?? ""
        return Message(text: tamper("{\"header\":\(headerText),\"data\":\(data)\(tail)}"), messageID: messageID)
    }

    private func digest(_ bytes: [UInt8], _ way: Way) -> String {
        let kept: [UInt8]
        switch way.blanks {
        case "exact": kept = bytes
        case "between-tokens":
            // Nothing here has a blank inside a string, but the Base64, whose line ends are escapes.
            kept = Array(String(decoding: bytes, as: UTF8.self).replacing(#/[ \n]+/#, with: "").utf8)
        default: kept = Array(String(decoding: bytes, as: UTF8.self).replacing(#/\s+/#, with: "").utf8)
        }
        return Self.write(Data(SHA256.hash(data: Data(kept))), way.digits)
    }

    private static func write(_ bytes: Data, _ form: String) -> String {
        let hex = bytes.map { String(format: "%02X", $0) }.joined()
        return form == "base64" ? bytes.base64EncodedString() : form == "hex-lower" ? hex.lowercased() : hex
    }

    private static func lines(_ text: String) -> String {
        stride(from: 0, to: text.count, by: 760).map { start in String(text.dropFirst(start).prefix(760)) }
            .joined(separator: "\n")
    }
}
