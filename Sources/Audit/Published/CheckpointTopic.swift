public import ExchangeSchema
import Journal
import PartyCore
import PartyStore

/// What was published on the topic of checkpoints, as somebody has kept it: the broker, or the auditor.
public struct CheckpointTopic: Sendable {
    /// Where the broker's copy of the topic is to be looked for.
    public enum Sight: Sendable {
        /// The broker is not one of the exchange's own: its files are not here.
        case elsewhere
        /// The broker's files of the topic should be here and are not, or cannot be read; in words, with their path.
        case gone(String)
        /// The topic as the broker has it.
        case read(CheckpointTopic)
    }

    /// Its name.
    public let name: String
    /// Offset behind the last record.
    public private(set) var end: Int64 = 0
    /// What is wrong behind ``end``, in words; nil for nothing.
    public var damage: String?
    /// The messages, by offset; a record that is none has no entry.
    private(set) var messages: [Int64: CheckpointMessage] = [:]
    /// What an auditor's leaf binds of each record.
    private(set) var digests: [Int64: PayloadDigest] = [:]

    /// A topic of which nothing has been read.
    public init(name: String) { self.name = name }

    /// Takes one record; they come in the order of their offsets.
    public mutating func take(_ record: TrafficRecord) {
        end = max(end, record.offset &+ 1)
        let (value, salt) = (record.value ?? [], record.header(ObservedPayload.saltHeader) ?? [])
        digests[record.offset] = unsafe ObservedPayload.digest(
            of: value.span.bytes, type: nil, salt: salt.span.bytes)
        func text(_ attribute: EventAttribute) -> String? {
            record.header(attribute.header).flatMap { String(validating: $0, as: UTF8.self) }
        }
        messages[record.offset] = CheckpointMessage(
            type: text(.type), source: text(.source), subject: text(.subject), key: record.key.map { $0[...] },
            value: record.value.map { $0[...] })
    }

    /// Names of those that have published something of their own logs.
    public var publishers: Set<String> {
        Set(messages.values.filter { $0.kind == .keys || $0.kind == .checkpoint }.map(\.sender))
    }

    /// Takes what another copy has and this one does not, and what this one has otherwise.
    /// - Parameter wrong: Offsets at which the other copy is believed.
    mutating func complete(from other: CheckpointTopic, wrong: Set<Int64>) {
        for (offset, message) in other.messages where offset >= end || wrong.contains(offset) {
            messages[offset] = message
        }
        end = max(end, other.end)
    }
}
