import ExchangeSchema
import KafkaClient
import PartyCore
import PartyStore
import Vocabulary

/// What the auditor reads of a record's attributes, by the same rules as the parties: a record that a party
/// takes for a message is one to the auditor, and no other.
struct ObservedHead {
    /// The message; nil for a record that is none of the topic's.
    var type: MessageType?
    /// Its identifier as far as it can be read, whatever else is wrong.
    var message: MessageIdentifier
    /// The record it is about; all zero when that cannot be told.
    var record: RecordIdentifier

    /// Tells messages of the topics of an exchange from other records. The consumer is asked to find the headers of
    /// events.
    struct Reader {
        private let expected: [MessageType?]

        /// - Parameter topics: What each topic carries; nil for those that carry no messages.
        init(_ topics: [MessageType?]) { expected = topics }

        func head(_ batch: ConsumedBatch, at index: Int) -> ObservedHead {
            let topic = batch.records[index].topicIndex
            guard expected.indices.contains(topic), let type = expected[topic] else {
                return ObservedHead(
                    message: batch.identifier(.identifier, ofRecord: index).map(MessageIdentifier.init) ?? .none,
                    record: Self.subject(batch, index))
            }
            do throws(UnreadableHead) {
                let head = try MessageHead(batch, record: index, carrying: type)
                return ObservedHead(
                    type: type, message: head.message,
                    record: type.isAboutRecord ? head.record : Self.subject(batch, index))
            } catch {
                // As the parties write it of what they cannot tell.
                return ObservedHead(message: .none, record: Self.subject(batch, index))
            }
        }

        private static func subject(_ batch: ConsumedBatch, _ index: Int) -> RecordIdentifier {
            batch.identifier(.subject, ofRecord: index) ?? RecordIdentifier(high: 0, low: 0)
        }
    }
}
