public import ExchangeSchema
public import Vocabulary

/// What a core wants said of its read model, in a message of its own or to whoever gave a command: the core knows to whom and
/// that it must be answered, and not what stands in the model.
///
/// It is answered when the batch has been handled, in the batch's transaction, by the model as the batch leaves it. The
/// content then stands where the message had none, so that leaf, outbox and digest are those of any message. No rule of the
/// core sees the answer.
public struct ReadModelQuestion: Sendable, Equatable {
    /// What is asked for.
    public enum Kind: UInt8, Sendable, CaseIterable {
        /// What a facility is told of a patient; the content is an encoded `HistoryRequest`, the answer a `SharedHistory`.
        case sharedHistory = 1
        /// What a reader may have of a book; the content is an encoded `ReadBook`, the answer a `BookExtract`.
        case bookExtract = 2
    }

    /// What is asked for.
    public var kind: Kind
    /// The citizen it is about; below 10^12.
    public var subject: UInt64
    /// Clock reading of the batch; Unix milliseconds.
    public var time: Int64
    /// Which parts of a visit whoever is answered may have, by the release rules.
    public var releasing: RecordPartSet
    /// In the form of the kind.
    public var content: [UInt8]

    /// Takes all fields.
    public init(_ kind: Kind, subject: UInt64, time: Int64, releasing: RecordPartSet, content: [UInt8]) {
        self.kind = kind
        self.subject = subject
        self.time = time
        self.releasing = releasing
        self.content = content
    }
}

/// What a read model says.
public struct ReadModelAnswer: Sendable, Equatable {
    /// The content of the message, or what the caller is told.
    public var payload: [UInt8]
    /// Why nothing is said, for the leaf of the message; nil where it is answered.
    public var reason: ReasonCode?
    /// What the model itself is to remember of the question.
    public var changes: ReadModelChanges

    /// Takes all fields.
    public init(payload: [UInt8], reason: ReasonCode? = nil, changes: ReadModelChanges = ReadModelChanges()) {
        self.payload = payload
        self.reason = reason
        self.changes = changes
    }
}
