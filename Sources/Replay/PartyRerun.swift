public import ExchangeSchema
public import PartyCore
public import Vocabulary

/// Runs the recorded inputs of one party through a core, in the batches and with the clock readings of its journal, and
/// compares what comes out with what the journal says.
///
/// State is kept in memory: for each record the party knows its core's state, 24 bytes that bind it to the journal, and
/// keys, twice that while a table grows. Journal and traffic are read as they are needed.
public struct PartyRerun<Core: Party> {
    /// How much the party may do by itself in a batch.
    public enum Budget: Sendable, Equatable {
        /// As its host allows.
        case messages(Int)
        /// As many messages as the journal says it sent by itself in that batch: where the pace hangs on the clock and on
        /// how much is pending, it is an input like any other.
        case recorded
    }

    /// Messages to be kept when they are made.
    public var wanted: Set<MessageIdentifier> = []
    /// Those that were made.
    public private(set) var remade: [RemadeMessage] = []
    private var engine: PartyEngine<Core>
    private var state = MemoryState<Core.Record>()
    private let topics: [RecordedTopic]
    private let budget: Budget
    private let isOwn: (MessageHead) -> Bool
    private let contents: (JournalLeaf) -> [UInt8]?
    /// What people read of the party, made anew by the way; nil where nothing is asked of it.
    private var readModel: (any ReadModel)?
    private var lost: LostInputs
    private var sent = SentComparison()
    private var report: RerunReport
    /// What was handed to the core in the batch: recorded leaf, its number, and the record.
    private var inputs: [(number: Int64, leaf: JournalLeaf, record: RecordIdentifier?)] = []

    /// - Parameters:
    ///   - party: Name in the topology.
    ///   - engine: Today's core with an empty ledger, set up as the party's host sets it up; what the digests of sent
    ///     messages hang on beside their content (salts) is given here.
    ///   - topics: What the party reads, in the order that its journal numbers.
    ///   - contents: The payload of a command by its leaf; nil where it cannot be told.
    ///   - readModel: An empty read model of the party; nil where the journal shows that nothing is asked of it. All that
    ///     the party writes into it is then held in memory.
    ///   - isOwn: Whether a message belongs to the party; of several shards, to this one. What does not is unreadable.
    public init(
        party: String, engine: PartyEngine<Core>, topics: [RecordedTopic], budget: Budget,
        contents: @escaping (JournalLeaf) -> [UInt8]? = { _ in nil }, readModel: (any ReadModel)? = nil,
        isOwn: @escaping (MessageHead) -> Bool = { _ in true }
    ) {
        self.contents = contents
        self.readModel = readModel
        self.engine = engine
        self.topics = topics
        self.budget = budget
        self.isOwn = isOwn
        lost = LostInputs(types: MessageType.allCases)
        report = RerunReport(party: party)
    }

    /// Runs one row of the journal, which is one batch.
    /// - Throws: ``ReplayError`` for bytes that are no leaves; what the traffic and the core throw.
    public mutating func take(first: Int64, row: [UInt8], from traffic: some RecordedTraffic) throws {
        let (count, rest) = row.count.quotientAndRemainder(dividingBy: JournalLeaf.width)
        guard rest == 0 else { throw Self.damaged(first) }
        engine.begin()
        inputs.removeAll(keepingCapacity: true)
        var recorded: [SentComparison.Recorded] = []
        var now: Int64 = 0
        for index in 0..<count {
            let (at, number) = (index * JournalLeaf.width, first &+ Int64(index))
            guard let leaf = JournalLeaf(stored: row[at..<at + JournalLeaf.width]) else { throw Self.damaged(number) }
            now = leaf.time
            switch leaf.decision {
            case .observed, .looked, .keyChanged, .changed: continue
            case .obeyed where leaf.topic == PartyCommand.leafTopic,
                .duplicate where leaf.topic == PartyCommand.leafTopic,
                .notAddressed where leaf.topic == PartyCommand.leafTopic:
                try obey(leaf, number)
            case .sent where lost.contains(leaf.cause):
                report.dependent += 1
                lost.insert(leaf.message)
            case .sent: recorded.append(SentComparison.Recorded(number: number, leaf: leaf))
            case .stray:
                // No rule looks at them: what they were is taken as it was written down.
                guard let run = StrayRun(leaf) else { throw Self.damaged(number) }
                engine.receive(run, now: leaf.time)
                inputs.append((number, leaf, nil))
            default: try receive(leaf, number, from: traffic)
            }
        }
        guard !inputs.isEmpty || !recorded.isEmpty else { return }
        _ = try engine.advance(state: &state, now: now, budget: allowance(recorded))
        if let readModel { try engine.answerQuestions { try readModel.answer($0, after: $1) } }
        try engine.seal(state: &state, now: now)
        readModel?.apply(engine.effects.readModelChanges)
        if !wanted.isEmpty { keepWanted() }
        let today = try Self.leaves(engine.leaves)
        compareReceived(today.prefix(inputs.count))
        compareSent(recorded, today.dropFirst(inputs.count).filter { $0.decision == .sent }[...])
    }

    private mutating func keepWanted() {
        let effects = engine.effects
        for message in effects.messages where wanted.contains(message.message) {
            let payload = Array(effects.arena[message.payload])
            remade.append(
                RemadeMessage(
                    message: message.message, type: message.type, record: message.record,
                    key: Array(effects.arena[message.key]), source: Array(effects.arena[message.source]),
                    payload: payload, salt: message.salt,
                    digest: PayloadDigest(of: payload.span.bytes, type: message.type, salt: message.salt)))
        }
    }

    private static func damaged(_ number: Int64) -> ReplayError {
        ReplayError(.source, "journal leaf \(number) cannot be read: see cycle audit verify")
    }

    private static func leaves(_ bytes: [UInt8]) throws -> [JournalLeaf] {
        try stride(from: 0, to: bytes.count, by: JournalLeaf.width).map { at in
            guard let leaf = JournalLeaf(stored: bytes[at..<at + JournalLeaf.width]) else { throw damaged(-1) }
            return leaf
        }
    }

    private func allowance(_ recorded: [SentComparison.Recorded]) -> Int {
        switch budget {
        case .messages(let count): count
        // A message sent twice has two leaves.
        case .recorded: Set(recorded.lazy.filter { $0.leaf.cause == .none }.map(\.leaf.message)).count
        }
    }

    /// Gives one command again, where its contents follow from its leaf; of visits that came by hand they do not, and
    /// what was sent then is left out.
    private mutating func obey(_ leaf: JournalLeaf, _ number: Int64) throws {
        guard PartyCommand.Kind(rawValue: leaf.type) != .enrolPeople else {
            // It decides nothing about a record, so that without it all else is as it was but what a province was told of it.
            report.listsOfPeople += 1
            lost.insert(leaf.message)
            return
        }
        guard PartyCommand.Kind(rawValue: leaf.type) != .readBook else {
            report.looks += 1
            lost.insert(leaf.message)
            return
        }
        guard PartyCommand.Kind(rawValue: leaf.type) != .noteVerdicts else {
            report.axisVerdicts += 1
            lost.insert(leaf.message)
            return
        }
        guard let kind = PartyCommand.Kind(rawValue: leaf.type), let payload = contents(leaf) else {
            report.unseen += 1
            lost.insert(leaf.message)
            return
        }
        let command = PartyCommand(
            kind, identity: leaf.message, caller: PartyCommand.caller(of: leaf), payload: payload)
        _ = try engine.obey(command, number: leaf.offset, state: &state, now: leaf.time)
        inputs.append((number, leaf, nil))
    }

    /// Fetches one recorded input and hands it to the core.
    private mutating func receive(_ leaf: JournalLeaf, _ number: Int64, from traffic: some RecordedTraffic) throws {
        guard topics.indices.contains(Int(leaf.topic)) else { throw Self.damaged(number) }
        let topic = topics[Int(leaf.topic)]
        guard let record = try traffic.record(topic: topic.name, partition: leaf.partition, offset: leaf.offset) else {
            report.unseen += 1
            lost.insert(leaf.message)
            return
        }
        guard !record.isErased else {
            report.erased += 1
            lost.insert(leaf.message)
            return
        }
        let place = MessagePlace(topic: leaf.topic, partition: leaf.partition, offset: leaf.offset)
        let payload = record.value ?? []
        if leaf.decision == .notAddressed, leaf.type == 0, let head = record.head(as: topic.type), !isOwn(head) {
            engine.receiveElsewhere(head, payload.span.bytes, from: place, now: leaf.time)
            inputs.append((number, leaf, head.record))
            return
        }
        guard let head = record.head(as: topic.type), isOwn(head) else {
            engine.receiveHeadless(payload.span.bytes, from: place, now: leaf.time)
            inputs.append((number, leaf, record.identifier(.subject)))
            return
        }
        if lost.touches(head.record) {
            report.dependent += 1
            lost.insert(leaf.message)
            return
        }
        _ = try engine.receive(head, payload.span.bytes, from: place, state: &state, now: leaf.time)
        inputs.append((number, leaf, head.record))
    }

    private mutating func compareReceived(_ today: ArraySlice<JournalLeaf>) {
        report.received += inputs.count
        for (input, leaf) in zip(inputs, today) where input.leaf.step != leaf.step {
            let isSameInput = input.leaf.message == leaf.message && input.leaf.digest == leaf.digest
            report.differences.append(
                RerunDifference(
                    leaf: input.number, message: input.leaf.message, type: MessageType(rawValue: input.leaf.type),
                    record: input.record, recorded: input.leaf.outcome,
                    today: isSameInput ? leaf.outcome : "the recorded traffic has another message there"))
        }
    }

    private mutating func compareSent(_ all: [SentComparison.Recorded], _ today: ArraySlice<JournalLeaf>) {
        let recorded = all.filter { !lost.contains($0.leaf.cause) }
        report.dependent += all.count - recorded.count
        report.sent += recorded.count
        guard !recorded.elementsEqual(today, by: { $0.leaf.step == $1.step }) else {
            sent.noteAgreement(recorded.count)
            return
        }
        for var entry in recorded {
            entry.record = inputs.first { $0.leaf.message == entry.leaf.cause }?.record
            sent.note(entry)
        }
        let effects = engine.effects
        for (leaf, message) in zip(today, effects.messages) {
            sent.note(
                SentComparison.Today(
                    leaf: leaf, record: message.record, payload: Array(effects.arena[message.payload])))
        }
    }

    /// Compares what remains, and closes the report.
    /// - Parameters:
    ///   - stored: The books as the party committed them last; nil not to compare it.
    ///   - source: What the party's `ce_source` begins with.
    ///   - fields: Names the fields in which two contents of one type differ.
    /// - Throws: What the traffic throws.
    public func finish(
        _ traffic: some RecordedTraffic, stored: PartyBooks?, source: String,
        fields: (MessageType, _ recorded: [UInt8], _ today: [UInt8]) -> [String]
    ) throws -> RerunReport {
        var report = report
        var oneSided = sent.oneSided
        var changed = sent.changed
        try Self.resolve(sent.unresolved, traffic, source: source, &oneSided, &changed, fields)
        let content = changed.values.joined().map(\.difference)
        report.differences = (report.differences + oneSided + content).sorted {
            ($0.leaf ?? .max, $0.message.uuid) < ($1.leaf ?? .max, $1.message.uuid)
        }
        if let stored, report.differences.isEmpty, report.erased + report.unseen == 0 {
            report.ledger = stored.differences(today: engine.books)
        }
        return report
    }

    /// Looks up the recorded contents of messages. Where a content is the same today, only the salt of its digest is not
    /// known, and there is no difference.
    private static func resolve(
        _ wanted: Set<MessageIdentifier>, _ traffic: some RecordedTraffic, source: String,
        _ oneSided: inout [RerunDifference], _ changed: inout [MessageIdentifier: [SentComparison.Changed]],
        _ fields: (MessageType, [UInt8], [UInt8]) -> [String]
    ) throws {
        guard !wanted.isEmpty else { return }
        var records: [MessageIdentifier: RecordIdentifier] = [:]
        var resolved: Set<MessageIdentifier> = []
        try traffic.forEach { record in
            guard let message = record.identifier(.identifier).map(MessageIdentifier.init), wanted.contains(message),
                record.header(EventAttribute.source.header)?.starts(with: Array(source.utf8)) == true
            else { return }
            records[message] = record.identifier(.subject)
            guard resolved.insert(message).inserted, let value = record.value, let entries = changed[message] else {
                return
            }
            changed[message] = entries.compactMap { entry in
                var entry = entry
                guard entry.isForCause || entry.plain != PayloadDigest(of: value) else { return nil }
                if let payload = entry.payload, let type = entry.difference.type {
                    entry.difference.fields = fields(type, value, payload)
                }
                return entry
            }
        }
        for index in oneSided.indices where oneSided[index].record == nil {
            oneSided[index].about(records[oneSided[index].message])
        }
    }
}
