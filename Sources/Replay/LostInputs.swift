import ExchangeSchema
import PartyCore
import Vocabulary

/// Inputs that cannot be run again because their content is gone, and what follows from them.
///
/// The journal names the lost message, and a message's identifier is computed from type, record and revision; so
/// whether a record is touched by a loss is found by computing the identifiers its messages would have.
struct LostInputs {
    private var messages: Set<MessageIdentifier> = []
    private let types: [MessageType]

    /// - Parameter types: What the party reads and sends.
    init(types: [MessageType]) { self.types = types }

    /// Notes a lost message.
    mutating func insert(_ message: MessageIdentifier) { if message != .none { messages.insert(message) } }

    /// Whether a message is lost, or was about a record touched by a loss.
    func contains(_ message: MessageIdentifier) -> Bool { !messages.isEmpty && messages.contains(message) }

    /// Whether a lost message was about this record.
    func touches(_ record: RecordIdentifier) -> Bool {
        guard !messages.isEmpty, record.high | record.low != 0 else { return false }
        return types.contains { type in
            RerunDifference.revisions.contains {
                messages.contains(MessageIdentifier(type, record: record, revision: $0))
            }
        }
    }
}
