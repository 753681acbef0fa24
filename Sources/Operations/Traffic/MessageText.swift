import ExchangeSchema
import Foundation
import Replay
import Vocabulary

/// A message of the exchange as ProtoJSON, with its encoded blocks written out.
enum MessageText {
    /// The message as one line; nil when the bytes are not one of this type.
    static func json(_ type: MessageType, _ bytes: [UInt8]) -> String? { value(type, bytes)?.text }

    /// The message as a value; nil when the bytes are not one of this type. A block that cannot be decoded stays base64.
    static func value(_ type: MessageType, _ bytes: [UInt8]) -> JSONValue? {
        let codec = MessageCodec.of(type)
        guard let text = try? codec.json(bytes), case .object(var members) = try? JSONValue(text: text) else {
            return nil
        }
        for name in codec.blocks {
            guard case .string(let base64)? = members[name], let block = Data(base64Encoded: base64),
                let json = try? MessageCodec.block(name)?.json([UInt8](block)), let value = try? JSONValue(text: json)
            else { continue }
            members[name] = value
        }
        return .object(members)
    }
}
