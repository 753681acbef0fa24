import ExchangeSchema
import Vocabulary

/// One thing that the party must write because of a case.
struct Expectation: Sendable {
    /// What.
    enum Content: Sendable {
        /// A message of its own.
        case message(ExpectedMessage)
        /// The record that it cannot read, on the topic of dead letters.
        case deadLetter(CaseMessage, topic: String)
    }

    var content: Content
    /// Stage whose messages lead to it, from 0: what comes before is too early.
    var stage: Int
    /// Whether it may come much later than the kit waits.
    var mayComeLate = false

    /// The topic where it must appear.
    var topic: String {
        switch content {
        case .message(let message): message.topic
        case .deadLetter(_, let topic): topic
        }
    }

    /// For people.
    var title: String {
        switch content {
        case .message(let message): "\(message.type.eventType) on \(message.topic)"
        case .deadLetter(let message, let topic): "the record of \(message.topic) on \(topic)"
        }
    }
}

/// A record that the party wrote, and when it came.
struct FoundRecord: Sendable, Equatable {
    var record: TrafficRecord
    /// How many stages had been sent when it came.
    var stage: Int
}
