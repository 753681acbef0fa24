import ExchangeSchema
import Replay
import Vocabulary

extension MessageText {
    /// The fields in which two messages of one type differ, by their names in ProtoJSON and without their values, which
    /// may be personal data; one entry that says so when a content cannot be read.
    static func differences(_ type: MessageType, _ first: [UInt8], _ second: [UInt8]) -> [String] {
        guard let before = value(type, first), let after = value(type, second) else { return ["unreadable content"] }
        let paths = before.differences(from: after).map(\.path)
        // Equal texts of unequal bytes: another encoding of the same.
        return paths.isEmpty ? ["encoding"] : paths
    }
}
