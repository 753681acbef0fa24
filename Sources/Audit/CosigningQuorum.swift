import Journal
public import TransparencyLog

/// How many of the other logs of an exchange must have cosigned a checkpoint so that it counts: more than half. A party that
/// signs a second history of its own log gets no such cosignatures for it. Simulator-defined.
public struct CosigningQuorum: Sendable, Equatable {
    /// Names of the logs that can cosign: all of the exchange but the log itself and the other shards of its party.
    public let witnesses: Set<ExactText>

    /// The quorum of a log.
    /// - Parameter logs: Names of all logs of the exchange, as far as they are known.
    public init(of origin: ExactText, among logs: some Sequence<ExactText>) {
        let own = Self.party(origin)
        witnesses = Set(logs.filter { Self.party($0) != own })
    }

    /// How many must have cosigned.
    public var needed: Int { witnesses.count / 2 + 1 }

    /// Those that have, of some names.
    public func cosigners(among names: some Sequence<ExactText>) -> Set<ExactText> {
        witnesses.intersection(names)
    }

    /// Whether these are enough.
    public func isMet(by names: some Sequence<ExactText>) -> Bool { cosigners(among: names).count >= needed }

    /// A log's name without the number of a shard: no party has a dot in its name.
    private static func party(_ origin: ExactText) -> Substring {
        let text = origin.string
        let start = text.lastIndex(of: "/") ?? text.startIndex
        return text.prefix(upTo: text[start...].firstIndex(of: ".") ?? text.endIndex)
    }
}

extension KeyRing {
    /// Keys of all logs whose lists lie in a folder. What cannot be read there is left out: verification says so.
    public init(publishedIn folder: String) {
        self.init()
        for list in KeyLines.lists(in: folder) { try? add(list, path: folder) }
    }
}
