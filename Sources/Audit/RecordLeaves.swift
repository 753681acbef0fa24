public import ExchangeSchema
public import PartyCore
public import PartyStore
public import Vocabulary

/// One leaf about a record, and where it stands.
public struct RecordLeaf: Sendable, Equatable {
    /// Whose journal it is in.
    public var party: String
    /// Its number there, from 0.
    public var number: Int64
    /// What it says.
    public var leaf: JournalLeaf
    /// Kind of message.
    public var type: MessageType
    /// Revision of the record that it is about.
    public var revision: UInt32
    /// Name of the topic it was read from; nil when it was sent.
    public var topic: String?

    /// Takes all fields.
    public init(
        party: String, number: Int64, leaf: JournalLeaf, type: MessageType, revision: UInt32, topic: String?
    ) {
        self.party = party
        self.number = number
        self.leaf = leaf
        self.type = type
        self.revision = revision
        self.topic = topic
    }
}

/// Finds the leaves about some records. The identifiers of a record's messages are computed from it, so that no personal
/// data is needed to find them.
public struct RecordLeaves: Sendable {
    private var wanted: [MessageIdentifier: (record: RecordIdentifier, type: MessageType, revision: UInt32)] = [:]
    /// Most leaves are dismissed by one word, without being read.
    private let words: Set<UInt64>

    /// Takes the records to look for; a facility's request for a shared history is looked for likewise.
    public init(_ records: [RecordIdentifier]) {
        for record in records {
            for type in MessageType.allCases where type.isOnTheRoute || type.isAboutRequest {
                for revision in type.isAboutRequest ? 1...1 : RecordTrace.revisions {
                    let message = MessageIdentifier(type, record: record, revision: revision)
                    wanted[message] = (record, type, revision)
                }
            }
        }
        words = Set(wanted.keys.map(\.uuid.low))
    }

    /// The record, type and revision that a message is about; nil when it is about none of the records.
    public func subject(
        of message: MessageIdentifier
    ) -> (record: RecordIdentifier, type: MessageType, revision: UInt32)? { wanted[message] }

    /// Goes over a journal and hands out the leaves about the records, in order.
    /// - Throws: `StoreError` when the directory is in use, of another version, or damaged.
    public func forEach(
        in store: StoreInspection, _ source: JournalSource, _ body: (RecordIdentifier, RecordLeaf) throws -> Void
    ) throws {
        try unsafe store.forEachJournalRow { first, _, bytes in
            for (place, stored) in unsafe StoredLeaves(bytes).enumerated() {
                guard words.contains(stored.messageLow), let leaf = stored.leaf, leaf.isAboutMessage,
                    let subject = wanted[leaf.message]
                else { continue }
                let found = RecordLeaf(
                    party: source.party, number: first &+ Int64(place), leaf: leaf,
                    type: subject.type, revision: subject.revision, topic: source.topic(of: leaf))
                try body(subject.record, found)
            }
        }
    }
}

extension JournalSource {
    /// Name of the topic that a leaf was read from; nil when it was sent, or its number is none.
    public func topic(of leaf: JournalLeaf) -> String? {
        leaf.decision != .sent && topics.indices.contains(Int(leaf.topic)) ? topics[Int(leaf.topic)] : nil
    }
}
