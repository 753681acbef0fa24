import ExchangeSchema
import KafkaClient
import PartyCore
import Vocabulary

/// Reads the CloudEvents attributes of consumed records.
struct EnvelopeReader {
    /// Headers the consumer is asked to find, in the order in which the exchange writes them.
    static let headerNames = ["ce_id", "ce_source", "ce_type", "ce_subject", "ce_salt"]

    /// Why a record has no readable head.
    struct Problem: Error {
        var reason: String
    }

    private let expected: [MessageType]
    private let expectedNames: [[UInt8]]

    init(topics: [WiredTopic]) {
        expected = topics.map(\.type)
        expectedNames = expected.map { Array($0.eventType.utf8) }
    }

    func type(ofTopic index: Int) -> MessageType { expected[index] }

    func head(_ batch: ConsumedBatch, at index: Int) throws(Problem) -> MessageHead {
        let record = batch.records[index]
        let type = expected[record.topicIndex]
        let identifier = batch.header(0, ofRecordAt: index)
        guard let message = batch.withBytes(identifier, { RecordIdentifier(utf8: $0) }) else {
            throw Problem(reason: identifier.isAbsent ? "header ce_id is missing" : "header ce_id is not a UUID")
        }
        let name = batch.header(2, ofRecordAt: index)
        guard batch.withBytes(name, { $0.matches(expectedNames[record.topicIndex]) }) else {
            throw Problem(
                reason: name.isAbsent
                    ? "header ce_type is missing"
                    : "header ce_type is \(batch.text(name) ?? "not UTF-8"); this topic carries \(type.eventType)")
        }
        var subject = RecordIdentifier(high: 0, low: 0)
        if type != .agreementSignature {
            let range = batch.header(3, ofRecordAt: index)
            guard let parsed = batch.withBytes(range, { RecordIdentifier(utf8: $0) }) else {
                throw Problem(
                    reason: range.isAbsent ? "header ce_subject is missing" : "header ce_subject is not a record id")
            }
            subject = parsed
        }
        return MessageHead(
            type: type, message: MessageIdentifier(message), record: subject,
            source: batch.text(batch.header(1, ofRecordAt: index)) ?? "", salt: try salt(batch, at: index))
    }

    /// A message without a salt is one of a sender that does not salt.
    private func salt(_ batch: ConsumedBatch, at index: Int) throws(Problem) -> PayloadSalt {
        let range = batch.header(4, ofRecordAt: index)
        if range.isAbsent { return .none }
        guard let salt = batch.withBytes(range, { PayloadSalt(utf8: $0) }) else {
            throw Problem(reason: "header ce_salt is not 32 hexadecimal digits")
        }
        return salt
    }
}

extension RawSpan {
    /// Whether the bytes are these.
    func matches(_ bytes: [UInt8]) -> Bool {
        guard byteCount == bytes.count else { return false }
        return withUnsafeBytes { own in bytes.withUnsafeBytes { own.elementsEqual($0) } }
    }
}
