import ExchangeSchema
import KafkaClient
import PartyCore
import PartyStore
import Vocabulary

/// What the auditor reads of a record's attributes, by the same rules as the parties (``EnvelopeReader``): a record that
/// a party takes for a message is one to the auditor, and no other.
struct ObservedHead {
    /// The message; nil for a record that is none of the topic's.
    var type: MessageType?
    /// Its identifier as far as it can be read, whatever else is wrong.
    var message: MessageIdentifier
    /// The record it is about; all zero when that cannot be told.
    var record: RecordIdentifier

    /// Tells messages of the topics of an exchange from other records. The consumer is asked to find the headers of
    /// ``EnvelopeReader``.
    struct Reader {
        private let expected: [MessageType?]
        private let names: [[UInt8]]

        /// - Parameter topics: What each topic carries; nil for those that carry no messages.
        init(_ topics: [MessageType?]) {
            expected = topics
            names = topics.map { Array(($0?.eventType ?? "").utf8) }
        }

        func head(_ batch: ConsumedBatch, at index: Int) -> ObservedHead {
            let topic = batch.records[index].topicIndex
            let message = batch.withBytes(batch.header(0, ofRecordAt: index)) { RecordIdentifier(utf8: $0) }
            let subject = batch.withBytes(batch.header(3, ofRecordAt: index)) { RecordIdentifier(utf8: $0) }
            var head = ObservedHead(
                message: message.map(MessageIdentifier.init) ?? .none,
                record: subject ?? RecordIdentifier(high: 0, low: 0))
            guard expected.indices.contains(topic), let type = expected[topic], message != nil,
                batch.withBytes(batch.header(2, ofRecordAt: index), { $0.matches(names[topic]) }),
                subject != nil || type == .agreementSignature,
                Self.isReadable(batch.header(4, ofRecordAt: index), batch)
            else {
                // As the parties write it of what they cannot tell.
                if expected.indices.contains(topic), expected[topic] != nil { head.message = .none }
                return head
            }
            head.type = type
            return head
        }

        /// A message need not bring a salt, but one that cannot be read makes it none.
        private static func isReadable(_ salt: ByteRange, _ batch: ConsumedBatch) -> Bool {
            salt.isAbsent || batch.withBytes(salt) { PayloadSalt(utf8: $0) } != nil
        }
    }
}
