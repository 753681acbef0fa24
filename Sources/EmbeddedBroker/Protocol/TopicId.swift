/// The number of a topic (KIP-516): unlike its name it is never given again, so that a client that holds one knows a
/// topic that was deleted and made anew from the one it read.
struct TopicId: Hashable, Sendable {
    var high: UInt64
    var low: UInt64

    /// Where a request or a reply names no topic by number.
    static let none = TopicId(high: 0, low: 0)

    /// A new one: a random UUID, which is never ``none``.
    static func make() -> TopicId {
        let bytes = UniqueId.bytes()
        func word(_ part: ArraySlice<UInt8>) -> UInt64 { part.reduce(0) { $0 << 8 | UInt64($1) } }
        return TopicId(high: word(bytes[0..<8]), low: word(bytes[8..<16]))
    }
}

/// A topic as a request names it: by name in all versions, by number in the newest.
enum TopicReference: Hashable, Sendable {
    case name(String)
    case id(TopicId)

    /// The name said, if one was.
    var name: String? {
        if case .name(let name) = self { return name }
        return nil
    }

    /// The number said, if one was.
    var id: TopicId? {
        if case .id(let id) = self { return id }
        return nil
    }

    /// What is answered for a topic that is not there.
    var unknown: ErrorCode { id == nil ? .unknownTopicOrPartition : .unknownTopicId }
}

extension WireReader {
    mutating func topicId() throws(ProtocolError) -> TopicId {
        TopicId(high: try integer("topic id"), low: try integer("topic id"))
    }

    /// Number and name, of which one may be left out; the number goes first, as in Kafka.
    mutating func idOrName(_ what: String) throws(ProtocolError) -> TopicReference {
        let id = try topicId()
        return try idOrName(id, try nullableString(what), what)
    }

    /// As ``idOrName(_:)``, where the name stands in front.
    mutating func nameOrId(_ what: String) throws(ProtocolError) -> TopicReference {
        let name = try nullableString(what)
        return try idOrName(try topicId(), name, what)
    }

    private func idOrName(_ id: TopicId, _ name: String?, _ what: String) throws(ProtocolError) -> TopicReference {
        if id != .none { return .id(id) }
        guard let name else { throw .negativeLength(of: what) }
        return .name(name)
    }
}

extension WireWriter {
    mutating func topicId(_ id: TopicId) {
        integer(id.high)
        integer(id.low)
    }
}
