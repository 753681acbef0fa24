public import SwiftProtobuf

/// Why a text is not the ProtoJSON of a message.
public struct UnreadableProtoJSON: Error, Equatable, CustomStringConvertible {
    /// The message that was expected, and what is wrong with the text.
    public let description: String
}

extension Message {
    /// Reads ProtoJSON (Protocol Buffers language guide, "ProtoJSON format"). A member that the message does not have is
    /// an error.
    /// - Throws: ``UnreadableProtoJSON`` with what is wrong.
    public init(protoJSON text: String) throws(UnreadableProtoJSON) {
        do {
            try self.init(jsonString: text)
        } catch {
            throw UnreadableProtoJSON(description: "no ProtoJSON of \(Self.protoMessageName): \(error)")
        }
    }
}
