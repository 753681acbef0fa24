public import TransparencyLog

/// Public keys that somebody holds, with what is known of the part of a log's life in which each may sign.
public struct KeyRing: Sendable {
    /// All of them, each once.
    public private(set) var keys: [VerifierKey] = []
    /// Of logs whose list of keys is known, the longest list.
    public private(set) var lists: [KeyList] = []

    /// An empty ring.
    public init() {}

    /// Keys of which no more is known.
    public init(_ keys: [VerifierKey]) { for key in keys { add(key) } }

    mutating func add(_ key: VerifierKey) { if !keys.contains(key) { keys.append(key) } }

    /// Adds the keys of a log's list.
    /// - Throws: ``EvidenceError`` when two lists of one log do not continue each other.
    mutating func add(_ list: KeyList, path: String) throws(EvidenceError) {
        for entry in list.entries { add(entry.key) }
        guard let place = lists.firstIndex(where: { $0.origin == list.origin }) else {
            lists.append(list)
            return
        }
        if list.continues(lists[place]) {
            lists[place] = list
        } else if !lists[place].continues(list) {
            throw EvidenceError(
                "\(path) and another list of the keys of \(list.origin) do not continue each other: one of them is forged, or "
                    + "the log has shown two histories")
        }
    }

    /// Adds another ring.
    /// - Throws: ``EvidenceError`` when two lists of one log do not continue each other.
    public mutating func add(_ ring: KeyRing, path: String) throws(EvidenceError) {
        for key in ring.keys { add(key) }
        for list in ring.lists { try add(list, path: path) }
    }

    /// Each log key signs its own log, a listed one only for the sizes that its list says; and, since a party's one key
    /// pair signs as a witness too, cosigns all others, a listed one only at the times of its list.
    public var policy: KeyPolicy {
        let listed = Set(lists.flatMap { $0.entries.map(\.key) })
        let loose = keys.filter { $0.kind == .ed25519 && !listed.contains($0) }
        let listedWitnesses = lists.flatMap(\.witnessKeys)
        let known = Set(listedWitnesses.map(\.key))
        var witnesses: [VerifierKey] = []
        for key in keys.filter({ $0.kind == .cosignature }) + loose.compactMap({ try? $0.cosigner })
        where !witnesses.contains(key) && !known.contains(key) {
            witnesses.append(key)
        }
        return KeyPolicy(
            logs: lists.flatMap(\.logKeys) + loose.map { TrustedLogKey(origin: $0.name, key: $0) },
            witnesses: listedWitnesses + witnesses.map { TrustedWitnessKey(key: $0) })
    }
}
