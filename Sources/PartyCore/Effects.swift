public import ExchangeSchema
public import Vocabulary

/// A message that a core wants sent. Its parts lie in the arena of the ``Effects`` it belongs to.
public struct OutgoingMessage: Sendable {
    /// Which message it is, and so which topic carries it.
    public var type: MessageType
    /// Its identity.
    public var message: MessageIdentifier
    /// The message that caused it; nil when the party acted by itself.
    public var cause: MessageIdentifier?
    /// The record it is about.
    public var record: RecordIdentifier
    /// Where the partition key lies in the arena.
    public var key: Range<Int>
    /// Where the addition to the party's `ce_source` lies in the arena; empty for none.
    public var source: Range<Int>
    /// Where the encoded message lies in the arena.
    public var payload: Range<Int>
    /// Goes into the digests of the payload, and with the message.
    public var salt: PayloadSalt
    /// The province to whose topic it goes where its kind has a topic for each, as the two digits of the code; else 0.
    public var province: UInt8
    /// Raw value of the reason in its leaf: ``ExchangeSchema/ReasonCode/facilityWithdrew`` for what takes a record back, so
    /// that leaves alone tell where a record stands, and why a request is not granted; 0 for all others.
    public var reason: UInt16 = 0

    /// Takes all parts.
    public init(
        type: MessageType, message: MessageIdentifier, cause: MessageIdentifier?, record: RecordIdentifier,
        key: Range<Int>, source: Range<Int>, payload: Range<Int>, salt: PayloadSalt = .none, province: UInt8 = 0
    ) {
        self.type = type
        self.message = message
        self.cause = cause
        self.record = record
        self.key = key
        self.source = source
        self.payload = payload
        self.salt = salt
        self.province = province
    }
}

/// What a core wants done beyond its own state: messages to send and changes of its read model, in order. One arena for a
/// whole batch.
public struct Effects: Sendable {
    /// Keys, sources and payloads of all messages, and contents of changes of the read model, end to end.
    public private(set) var arena: [UInt8] = []
    /// The messages, in the order in which they are to be sent.
    public private(set) var messages: [OutgoingMessage] = []
    /// Changes of the read model, in the order in which they came about.
    public private(set) var changes: [ReadModelChange] = []
    /// What the read model is asked, each with what its answer fills.
    private var questions: [(question: ReadModelQuestion, filling: Filling)] = []
    /// What callers are told by the read model, by their commands; empty nearly always.
    public private(set) var filledAnswers: [(command: MessageIdentifier, bytes: [UInt8])] = []
    /// The message being handled, which causes what is sent now.
    public var cause: MessageIdentifier?

    /// What an answer of the read model fills.
    private enum Filling {
        /// The message at this place.
        case message(Int)
        /// What the caller of this command is told.
        case answer(MessageIdentifier)
    }

    /// No effects.
    public init() {}

    /// Empties the batch and keeps its memory.
    public mutating func removeAll() {
        arena.removeAll(keepingCapacity: true)
        messages.removeAll(keepingCapacity: true)
        changes.removeAll(keepingCapacity: true)
        if !questions.isEmpty { questions.removeAll() }
        if !filledAnswers.isEmpty { filledAnswers.removeAll() }
        cause = nil
    }

    /// The changes with their contents.
    public var readModelChanges: ReadModelChanges {
        changes.isEmpty ? ReadModelChanges() : ReadModelChanges(changes, arena: arena)
    }

    /// Changes the read model by what was sent just now: the content is the payload of the last message, which is not
    /// copied.
    public mutating func changeByLastMessage(
        _ kind: ReadModelChange.Kind, subject: UInt64, record: RecordIdentifier, revision: UInt32, at time: Int64
    ) {
        guard let content = messages.last?.payload else { return }
        changes.append(
            ReadModelChange(
                kind, subject: subject, record: record, revision: revision, time: time, content: content))
    }

    /// Changes the read model.
    /// - Parameter content: In the form of the kind.
    public mutating func change(
        _ kind: ReadModelChange.Kind, subject: UInt64, record: RecordIdentifier = RecordIdentifier(high: 0, low: 0),
        revision: UInt32 = 0,
        at time: Int64, content: RawSpan
    ) {
        let start = arena.count
        content.withUnsafeBytes { arena.append(contentsOf: $0) }
        changes.append(
            ReadModelChange(
                kind, subject: subject, record: record, revision: revision, time: time, content: start..<arena.count))
    }

    /// Sends a message about one revision of a record.
    /// - Parameters:
    ///   - key: The partition key; the record identifier's text when empty.
    ///   - source: Added to the party's `ce_source`, for example `/01013`.
    ///   - province: Code of the province whose locality it is for, as its two digits; 0 for a message to all readers.
    public mutating func send(
        _ payload: some ExchangeMessage, record: RecordIdentifier, revision: UInt32, key: String = "",
        source: String = "", province: UInt8 = 0
    ) {
        let type = Swift.type(of: payload).messageType
        append(
            type, MessageIdentifier(type, record: record, revision: revision), record: record, key: key, source: source,
            payload: payload.encoded, province: province)
    }

    /// Sends what takes a record back.
    public mutating func sendWithdrawal(
        _ payload: some ExchangeMessage, record: RecordIdentifier, revision: UInt32, key: String = "",
        source: String = "", province: UInt8 = 0
    ) {
        send(payload, record: record, revision: revision, key: key, source: source, province: province)
        messages[messages.count - 1].reason = ReasonCode.facilityWithdrew.rawValue
    }

    /// Sends a signature under an agreement, which is about no record.
    public mutating func send(_ signature: AgreementSignature) {
        append(
            .agreementSignature,
            MessageIdentifier(.agreementSignature, about: "\(signature.agreement)|\(signature.party)"),
            record: RecordIdentifier(high: 0, low: 0), key: signature.agreement, source: "", payload: signature.encoded)
    }

    /// Sends a message whose identity does not follow from a record's revision.
    /// - Parameters:
    ///   - record: What stands as `ce_subject`: the record it is about, or of a message about no record whatever sets it
    ///     apart.
    ///   - reason: Why a request is not granted, for the leaf; nil for any other message.
    public mutating func send(
        _ payload: some ExchangeMessage, as message: MessageIdentifier, record: RecordIdentifier, key: String,
        source: String = "", province: UInt8 = 0, reason: ReasonCode? = nil
    ) {
        append(
            Swift.type(of: payload).messageType, message, record: record, key: key, source: source,
            payload: payload.encoded, province: province)
        if let reason { messages[messages.count - 1].reason = reason.rawValue }
    }

    /// Asks the read model for the content of the message sent just now. What that says already is said where no model is
    /// kept.
    public mutating func fillLastMessage(by question: ReadModelQuestion) {
        guard !messages.isEmpty else { return }
        questions.append((question, .message(messages.count - 1)))
    }

    /// Asks the read model for what the caller of a command is told. What the core answers is said where no model is kept.
    public mutating func fillAnswer(to command: MessageIdentifier, by question: ReadModelQuestion) {
        questions.append((question, .answer(command)))
    }

    /// Whether the read model is to be asked; false for nearly every batch.
    public var hasQuestions: Bool { !questions.isEmpty }

    /// Has the questions answered in their order, each with what changes in the model before it.
    public mutating func answerQuestions(
        _ ask: (ReadModelQuestion, ReadModelChanges) throws -> ReadModelAnswer?
    ) rethrows {
        for (question, filling) in questions {
            guard let answer = try ask(question, readModelChanges) else { continue }
            switch filling {
            case .message(let place):
                replacePayload(at: place, with: answer.payload)
                messages[place].reason = answer.reason?.rawValue ?? 0
            case .answer(let command): filledAnswers.append((command, answer.payload))
            }
            for change in answer.changes.changes {
                let content = Array(answer.changes.content(of: change))
                self.change(
                    change.kind, subject: change.subject, record: change.record, revision: change.revision,
                    at: change.time, content: content.span.bytes)
            }
        }
        questions.removeAll()
    }

    /// Sends bytes as a message of a type, as they are: for messages that were encoded before.
    public mutating func send(
        encoded payload: [UInt8], as type: MessageType, record: RecordIdentifier, revision: UInt32, key: String = "",
        source: String = ""
    ) {
        append(
            type, MessageIdentifier(type, record: record, revision: revision), record: record, key: key, source: source,
            payload: payload)
    }

    /// Sends a message once more, right behind itself, as a sender does that did not see its confirmation.
    public mutating func repeatMessage(at place: Int) { messages.insert(messages[place], at: place + 1) }

    /// Puts other bytes in place of a message's: the answer of the read model, or what a broken sender is to have written.
    public mutating func replacePayload(at place: Int, with payload: [UInt8]) {
        let (key, source) = (Array(arena[messages[place].key]), Array(arena[messages[place].source]))
        let start = arena.count
        for bytes in [key, source, payload] { arena.append(contentsOf: bytes) }
        let (keyEnd, sourceEnd) = (start + key.count, start + key.count + source.count)
        messages[place].key = start..<keyEnd
        messages[place].source = keyEnd..<sourceEnd
        messages[place].payload = sourceEnd..<arena.count
    }

    /// Gives each message its salt.
    mutating func salt(with key: SaltKey) {
        for place in messages.indices { messages[place].salt = key.salt(of: messages[place].message) }
    }

    /// Sends a message about one revision of a record that is written where it is to lie: for messages of fixed shape, of
    /// which every visit brings some.
    /// - Parameters:
    ///   - key: The partition key; the record identifier's text when empty.
    ///   - province: Code of the province whose locality it is for, as its two digits; 0 for a message to all readers.
    ///   - write: Writes the fields, in the order of their numbers.
    public mutating func send(
        written type: MessageType, record: RecordIdentifier, revision: UInt32, key: String = "", province: UInt8 = 0,
        _ write: (inout MessageWriter) -> Void
    ) {
        append(
            type, MessageIdentifier(type, record: record, revision: revision), record: record, key: key, source: "",
            province: province, write)
    }

    private mutating func append(
        _ type: MessageType, _ message: MessageIdentifier, record: RecordIdentifier, key: String, source: String,
        payload: [UInt8], province: UInt8 = 0
    ) {
        append(type, message, record: record, key: key, source: source, province: province) {
            $0.write(encoded: payload)
        }
    }

    @inline(__always)
    private mutating func append(
        _ type: MessageType, _ message: MessageIdentifier, record: RecordIdentifier, key: String, source: String,
        province: UInt8, _ write: (inout MessageWriter) -> Void
    ) {
        let start = arena.count
        if key.isEmpty {
            record.appendText(to: &arena)
        } else {
            arena.append(contentsOf: key.utf8)
        }
        let keyEnd = arena.count
        arena.append(contentsOf: source.utf8)
        let sourceEnd = arena.count
        var writer = MessageWriter(behind: arena)
        arena = []
        write(&writer)
        arena = writer.bytes
        messages.append(
            OutgoingMessage(
                type: type, message: message, cause: cause, record: record, key: start..<keyEnd,
                source: keyEnd..<sourceEnd, payload: sourceEnd..<arena.count, province: province))
    }
}
