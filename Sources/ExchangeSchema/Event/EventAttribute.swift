/// The CloudEvents attributes that a record of the exchange carries as Kafka headers (CloudEvents 1.0.2, Kafka Protocol
/// Binding, section 3.2), in the order in which they are written. The raw value is the place in ``EventHeaders/names``.
public enum EventAttribute: Int, Sendable, CaseIterable {
    /// Version of CloudEvents.
    case specificationVersion
    /// The message: equal for every copy of it.
    case identifier
    /// Who sends it.
    case source
    /// What it is.
    case type
    /// When it was sent.
    case time
    /// What it is about: a record identifier, or a text for messages about no record.
    case subject
    /// The sender's journal number.
    case sequence
    /// The record as trace, the message as span (W3C Trace Context).
    case traceParent
    /// How the payload is encoded.
    case contentType
    /// Goes into the digests of the payload.
    case salt

    /// What the names of all CloudEvents attributes begin with.
    public static let prefix = "ce_"
    /// The message because of which another was put back into its topic.
    public static let causationHeader = "ce_causationid"

    /// Name of the Kafka header.
    public var header: String {
        switch self {
        case .specificationVersion: "ce_specversion"
        case .identifier: "ce_id"
        case .source: "ce_source"
        case .type: "ce_type"
        case .time: "ce_time"
        case .subject: "ce_subject"
        case .sequence: "ce_sequence"
        case .traceParent: "traceparent"
        case .contentType: "content-type"
        case .salt: "ce_salt"
        }
    }

    /// Attributes that a reader of messages looks at.
    public static let read: [EventAttribute] = [.identifier, .source, .type, .subject, .salt]

    /// Place in ``read``; -1 for an attribute that no reader looks at.
    public var readPlace: Int {
        switch self {
        case .identifier: 0
        case .source: 1
        case .type: 2
        case .subject: 3
        case .salt: 4
        case .specificationVersion, .time, .sequence, .traceParent, .contentType: -1
        }
    }
}
