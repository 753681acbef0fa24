/// The keys of one log in the order of their use: a signed note with the text (simulator-defined)
///
///     closed-cycle/keys
///     ORIGIN
///     FIRSTSIZE FIRSTTIME VERIFIERKEY
///     ...
///
/// A key signs checkpoints from its first size and cosignatures from its first time (POSIX seconds) up to those of the
/// next key. The note is signed by the newest key and, when there was one before, by that: whoever believes a key
/// believes so the next.
public struct KeyList: Sendable, Hashable {
    /// One key of the log.
    public struct Entry: Sendable, Hashable {
        /// Least size of a checkpoint that it may sign.
        public var firstSize: UInt64
        /// Earliest time of a cosignature; POSIX seconds.
        public var firstTime: UInt64
        /// The key, of the kind ``SignatureKind/ed25519``; its pair cosigns as well.
        public var key: VerifierKey

        /// Takes all fields.
        public init(firstSize: UInt64, firstTime: UInt64, key: VerifierKey) {
            self.firstSize = firstSize
            self.firstTime = firstTime
            self.key = key
        }
    }

    private static let head: ExactText = "closed-cycle/keys"

    /// The log.
    public let origin: ExactText
    /// Its keys, oldest first; never empty.
    public private(set) var entries: [Entry]
    /// The signatures as they stand.
    public private(set) var note: SignedNote

    /// The list of a log that has had one key only.
    public init(first key: SignerKey) throws {
        origin = key.verifier.name
        entries = [Entry(firstSize: 0, firstTime: 0, key: key.verifier)]
        note = try SignedNote(
            text: Self.text(origin, entries), signatures: [try key.signature(over: Self.text(origin, entries))])
    }

    /// The list with one key more, which both the newest and the new key sign.
    public init(_ list: KeyList, retiring old: SignerKey, for new: SignerKey, from size: UInt64, at time: UInt64) throws
    {
        let entries = list.entries + [Entry(firstSize: size, firstTime: time, key: new.verifier)]
        let text = Self.text(list.origin, entries)
        origin = list.origin
        self.entries = entries
        note = try SignedNote(text: text, signatures: [try new.signature(over: text), try old.signature(over: text)])
    }

    /// Reads a list, strictly, and checks that its newest key signed it, and the one before.
    public init(_ bytes: [UInt8]) throws(KeyListError) {
        do { note = try SignedNote(bytes) } catch { throw .note(error) }
        var lines = NoteLines(rest: note.text.bytes[...])
        guard lines.next().flatMap({ ExactText(utf8: $0) }) == Self.head,
            let origin = lines.next().flatMap({ ExactText(utf8: $0) })
        else { throw .malformed }
        self.origin = origin
        entries = []
        while let line = lines.next() {
            let parts = line.split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false)
            guard parts.count == 3, let size = Decimal.decode(parts[0]), let time = Decimal.decode(parts[1]),
                let key = try? VerifierKey(String(decoding: parts[2], as: UTF8.self)), key.kind == .ed25519,
                key.name == origin
            else { throw .malformed }
            if let last = entries.last {
                guard size > last.firstSize, time >= last.firstTime, !entries.contains(where: { $0.key == key })
                else { throw .malformed }
            } else {
                guard size == 0, time == 0 else { throw .malformed }
            }
            entries.append(Entry(firstSize: size, firstTime: time, key: key))
        }
        guard !entries.isEmpty, note.text == Self.text(origin, entries) else { throw .malformed }
        for entry in entries.suffix(2) {
            guard note.signatures.contains(where: { entry.key.verifies($0, over: note.text) }) else {
                throw .notSigned(by: entry.key.description)
            }
        }
        guard note.signatures.count == min(2, entries.count) else { throw .malformed }
    }

    private static func text(_ origin: ExactText, _ entries: [Entry]) -> ExactText {
        let keys = entries.map { "\($0.firstSize) \($0.firstTime) \($0.key.text)\n" }
        return ExactText("\(head)\n\(origin)\n" + keys.joined())
    }

    /// The list as it is stored and sent.
    public var bytes: [UInt8] { note.bytes }

    /// The key in use.
    public var newest: VerifierKey { entries[entries.count - 1].key }

    /// Whether this list is the other one, or the other one and more keys.
    public func continues(_ list: KeyList) -> Bool {
        origin == list.origin && entries.starts(with: list.entries)
    }

    /// The keys as a policy takes them for checkpoints.
    public var logKeys: [TrustedLogKey] {
        entries.enumerated().map { place, entry in
            let next = entries.dropFirst(place + 1).first
            return TrustedLogKey(
                origin: origin, key: entry.key, firstSize: entry.firstSize, lastSize: next.map { $0.firstSize - 1 })
        }
    }

    /// The same pairs as a policy takes them for cosignatures.
    public var witnessKeys: [TrustedWitnessKey] {
        entries.enumerated().compactMap { place, entry in
            guard let key = try? entry.key.cosigner else { return nil }
            let next = entries.dropFirst(place + 1).first
            return TrustedWitnessKey(key: key, firstTime: entry.firstTime, lastTime: next?.firstTime)
        }
    }

    /// What the journal leaf of a change binds: SHA-256 of both keys, each in its text form with a line break.
    public static func changeDigest(from old: VerifierKey, to new: VerifierKey) -> TreeHash {
        TreeHash(of: Array("\(old.text)\n\(new.text)\n".utf8))
    }
}

/// Why a list of keys is not believed.
public enum KeyListError: Error, Equatable, Sendable, CustomStringConvertible {
    /// It is no signed note.
    case note(NoteError)
    /// Its text is no list of keys.
    case malformed
    /// A key of it did not sign it.
    case notSigned(by: String)

    /// What is wrong, for a person.
    public var description: String {
        switch self {
        case .note(let error): error.description
        case .malformed: "not a list of keys"
        case .notSigned(let key): "the list of keys is not signed by \(key)"
        }
    }
}
