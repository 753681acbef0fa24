import ExchangeSchema
import Replay
import Vocabulary

/// What a record is about: by its header, by its content where that says nothing, by its key where both do not. So a message
/// without headers is found, and told to lack them.
struct RecordSubject {
    let identifier: RecordIdentifier?

    init(of record: TrafficRecord, carrying type: MessageType?) {
        identifier =
            record.identifier(.subject, ofRecord: 0) ?? Self.inside(record.value, type)
            ?? record.key.flatMap { RecordIdentifier(String(decoding: $0, as: UTF8.self)) }
    }

    private static func inside(_ value: [UInt8]?, _ type: MessageType?) -> RecordIdentifier? {
        guard let value, let type, case .object(let members) = try? JSONValue(text: MessageCodec.of(type).json(value))
        else { return nil }
        for name in ["recordId", "requestId"] {
            if case .string(let text)? = members[name], let found = RecordIdentifier(text) { return found }
        }
        return nil
    }
}
