import Composition
import ExchangeSchema
import Foundation
import Replay
import Vocabulary

/// A message of the exchange changed by hand, in ProtoJSON. Blocks that are not changed keep their bytes, and with them
/// their digests.
struct EditedMessage {
    private let type: MessageType
    private let codec: MessageCodec

    init(_ type: MessageType) {
        self.type = type
        codec = .of(type)
    }

    /// Lays a patch over a message.
    /// - Throws: ``ProgramFailure`` when the message cannot be read, or the result is none.
    func merged(_ payload: [UInt8], with patch: JSONValue) throws(ProgramFailure) -> [UInt8] {
        guard let plain = plainJSON(payload), case .object(let members) = plain,
            case .object(var changes) = patch
        else {
            throw ProgramFailure(
                "the payload is no readable \(type.eventType) and cannot be merged with; replace it with json, base64, hex "
                    + "or file")
        }
        for name in blocks {
            guard case .object? = changes[name], case .string(let text)? = members[name] ?? .string("") else {
                continue
            }
            guard let bytes = Data(base64Encoded: text), let block = blockJSON(name, [UInt8](bytes)) else {
                throw ProgramFailure("\(name) cannot be read, and so not be changed inside")
            }
            changes[name] = block.merged(with: changes[name] ?? .null)
        }
        return try encoded(plain.merged(with: .object(changes)).replacing(changes, blocks))
    }

    /// The bytes of a message written in ProtoJSON; its blocks as objects, or as base64.
    /// - Throws: ``ProgramFailure`` with what is wrong.
    func encoded(_ json: JSONValue) throws(ProgramFailure) -> [UInt8] {
        guard case .object(var members) = json else { throw ProgramFailure("\(type.eventType) is an object") }
        do {
            for name in blocks {
                guard case .object? = members[name], let text = members[name]?.text,
                    let block = MessageCodec.block(name)
                else { continue }
                members[name] = .string(Data(try block.bytes(json: text)).base64EncodedString())
            }
            return try codec.bytes(json: JSONValue.object(members).text)
        } catch {
            throw ProgramFailure(String(describing: error))
        }
    }

    private var blocks: [String] { codec.blocks }

    /// The message with its blocks as base64.
    private func plainJSON(_ bytes: [UInt8]) -> JSONValue? {
        (try? codec.json(bytes)).flatMap { try? JSONValue(text: $0) }
    }

    private func blockJSON(_ name: String, _ bytes: [UInt8]) -> JSONValue? {
        (try? MessageCodec.block(name)?.json(bytes)).flatMap { try? JSONValue(text: $0) }
    }
}

extension JSONValue {
    /// The object with some members taken whole from others: a block that was changed is not merged into its base64.
    fileprivate func replacing(_ others: [String: JSONValue], _ names: [String]) -> JSONValue {
        guard case .object(var members) = self else { return self }
        for name in names { if let other = others[name] { members[name] = other == .null ? nil : other } }
        return .object(members)
    }
}
