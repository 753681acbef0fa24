public import ExchangeSchema
public import Foundation

/// What a person did with an exchange's data: an entry of the auditor's log.
public struct AccessEntry: Sendable, Codable, Equatable {
    /// `ce_type` of such an entry on its topic.
    public static let eventType = "vn.closedcycle.audit.access"

    /// The action of an erasure.
    public static let erase = "erase"

    /// Names the entry; a random UUID.
    public var id: String
    /// What was done, as the command is called: `trace`, `tail`, `redrive`, `erase`, ….
    public var action: String
    /// What it was done to: record identifiers, or the name of a topic. Never a citizen number.
    public var subject: String
    /// The person, as ``CallingPerson/text`` names them: name and user identifier, under sudo of both users.
    public var who: String
    /// Why, in the person's words.
    public var purpose: String
    /// When; Unix milliseconds.
    public var time: Int64
    /// The order that an erasure follows; nil for anything else.
    public var order: String?

    /// An act of the user of this process, now.
    public init(action: String, subject: String, purpose: String, order: String? = nil) {
        id = UUID().uuidString.lowercased()
        self.action = action
        self.subject = subject
        who = CallingPerson.current.text
        self.purpose = purpose
        time = Int64(Date().timeIntervalSince1970 * 1_000)
        self.order = order
    }

    /// An act of somebody who is no user of this machine.
    public init(id: String, action: String, subject: String, who: String, purpose: String, time: Int64) {
        self.id = id
        self.action = action
        self.subject = subject
        self.who = who
        self.purpose = purpose
        self.time = time
    }

    /// Reads what ``json`` wrote; nil when the bytes are something else.
    public init?(json: some DataProtocol) {
        guard let entry = try? JSONDecoder().decode(AccessEntry.self, from: Data(json)) else { return nil }
        self = entry
    }

    /// JSON, keys sorted.
    public var json: [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return (try? encoder.encode(self)).map { Array($0) } ?? []
    }

    /// The entry as a message.
    public var message: MessageIdentifier {
        MessageIdentifier(RecordIdentifier(id) ?? RecordIdentifier(high: 0, low: 0))
    }

    /// The records that the subject names.
    public var records: [RecordIdentifier] { subject.split(separator: " ").compactMap { RecordIdentifier($0) } }
}
