import Foundation
import Journal
import PartyStore
public import TransparencyLog

/// What somebody has carried away of the logs of an exchange, so that nobody can take back what stood in them then:
///
///     NAME.keys         the list of the log's keys, with their ranges (`KeyList`)
///     NAME.checkpoint   its latest signed checkpoint, with the cosignatures that it had (C2SP tlog-checkpoint)
///     NAME.cosigned     the latest that a quorum of the other logs had cosigned, where that is another one
public struct Pins: Sendable {
    /// One checkpoint of a log.
    public struct Head: Sendable {
        /// Path of its file.
        public var path: String
        /// The checkpoint; its signatures hold under the pinned keys.
        public var verified: VerifiedCheckpoint
    }

    /// One log.
    public struct Log: Sendable {
        /// Name of its party, or of its shard.
        public var name: String
        /// Its keys as they were then.
        public var keys: KeyList
        /// Its checkpoints, the latest first.
        public var heads: [Head]
    }

    /// The logs, by name.
    public let logs: [Log]

    /// Reads a folder, and checks that what was carried away holds by itself.
    /// - Throws: ``EvidenceError`` naming the file.
    public init(folder: String) throws(EvidenceError) {
        let files = FileManager.default
        let names = ((try? files.contentsOfDirectory(atPath: folder)) ?? []).filter { $0.hasSuffix(".keys") }.sorted()
        guard !names.isEmpty else {
            throw EvidenceError("there are no pins in \(folder): make some with cycle audit pin DATA -o \(folder)")
        }
        var lists: [(name: String, list: KeyList)] = []
        for name in names {
            let path = "\(folder)/\(name)"
            do {
                lists.append((String(name.dropLast(5)), try KeyList(Array(files.contents(atPath: path) ?? Data()))))
            } catch {
                throw EvidenceError("the pin \(path) is no list of keys: \(error)")
            }
        }
        let policy = KeyPolicy(
            logs: lists.flatMap(\.list.logKeys), witnesses: lists.flatMap(\.list.witnessKeys))
        var logs: [Log] = []
        for (name, list) in lists {
            var heads: [Head] = []
            for path in ["\(folder)/\(name).checkpoint", "\(folder)/\(name).cosigned"] {
                guard let note = files.contents(atPath: path) else { continue }
                do {
                    heads.append(Head(path: path, verified: try policy.verify(Array(note), origin: list.origin)))
                } catch {
                    throw EvidenceError("the pin \(path) does not hold by itself: \(error)")
                }
            }
            guard !heads.isEmpty else { throw EvidenceError("the pin \(folder)/\(name).checkpoint is gone") }
            logs.append(Log(name: name, keys: list, heads: heads))
        }
        self.logs = logs
    }

    /// The log of a name; nil when it is not pinned.
    public subscript(origin: ExactText) -> Log? { logs.first { $0.keys.origin == origin } }

    /// The pinned keys.
    /// - Throws: ``EvidenceError`` when two lists of one log do not continue each other.
    public func ring() throws(EvidenceError) -> KeyRing {
        var ring = KeyRing()
        for log in logs { try ring.add(log.keys, path: "the pin of \(log.name)") }
        return ring
    }
}
