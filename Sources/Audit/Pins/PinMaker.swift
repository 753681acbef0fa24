import Foundation
import Journal
import PartyStore
import TransparencyLog

/// Makes pins of the logs of an exchange.
public struct PinMaker {
    /// What was pinned of one log.
    public struct Outcome: Sendable {
        /// The party, or the shard.
        public var name: String
        /// Leaves under its latest checkpoint.
        public var leaves: UInt64
        /// Leaves under the latest one that a quorum has cosigned; nil for none.
        public var cosigned: UInt64?
        /// How many cosigned that one.
        public var cosigners: Int
        /// How many others there are.
        public var witnesses: Int
    }

    private let sources: [JournalSource]

    /// Takes the journals.
    public init(_ sources: [JournalSource]) { self.sources = sources }

    /// Writes pins into a folder, which must be new or empty.
    /// - Throws: ``EvidenceError`` when a log has no keys or no signed checkpoint, or something is in the folder;
    ///   `StoreError`.
    public func write(to folder: String) throws -> [Outcome] {
        let files = FileManager.default
        guard (try? files.contentsOfDirectory(atPath: folder))?.isEmpty ?? true else {
            throw EvidenceError("there is something in \(folder): name a folder that is new or empty")
        }
        var outcomes: [Outcome] = []
        var made: [(name: String, bytes: [UInt8])] = []
        for source in sources {
            let store = try StoreInspection(directory: source.directory)
            let head = try JournalHead(source, store)
            let origin = head.verified.checkpoint.origin
            guard let list = Self.keys(source, origin) else {
                throw EvidenceError("there is no list of the keys of \(origin): see cycle audit verify")
            }
            let quorum = CosigningQuorum(
                of: origin, among: KeyRing(publishedIn: source.evidenceDirectory).lists.map(\.origin))
            let cosigned = try JournalHead.cosigned(source, store)
            made.append(("\(source.party).keys", list.bytes))
            made.append(("\(source.party).checkpoint", head.verified.note.bytes))
            if let cosigned, cosigned.note.bytes != head.verified.note.bytes {
                made.append(("\(source.party).cosigned", cosigned.note.bytes))
            }
            outcomes.append(
                Outcome(
                    name: source.party, leaves: head.verified.checkpoint.size, cosigned: cosigned?.checkpoint.size,
                    cosigners: quorum.cosigners(among: cosigned?.cosignatures.map(\.witness.name) ?? []).count,
                    witnesses: quorum.witnesses.count))
        }
        do {
            try files.createDirectory(atPath: folder, withIntermediateDirectories: true)
            for file in made {
                try Data(file.bytes).write(to: URL(fileURLWithPath: "\(folder)/\(file.name)"), options: .atomic)
            }
        } catch {
            throw EvidenceError("\(folder) cannot be written: \(error.localizedDescription)")
        }
        return outcomes
    }

    private static func keys(_ source: JournalSource, _ origin: ExactText) -> KeyList? {
        ["\(source.evidenceDirectory)/\(source.party).keys", JournalKey.listPath(source.directory)].lazy
            .compactMap { FileManager.default.contents(atPath: $0).flatMap { try? KeyList(Array($0)) } }
            .first { $0.origin == origin }
    }
}
