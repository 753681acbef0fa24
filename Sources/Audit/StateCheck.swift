import ExchangeSchema
import PartyCore
import PartyStore
import Vocabulary

/// Whether what a party has stored is what its journal says. Each row names the last leaf about its subject, and that leaf
/// has the seal of the row: so no row can be altered, put in another's place, taken out or put in. What is kept has its digest
/// in the row. And each leaf names the true leaf before it: all leaves of a row's chain are about the row's record.
struct StateCheck {
    private struct Row {
        var subject: RecordIdentifier
        var seal: ShortDigest
        var last: Int64
        var revision: UInt32
        var isRecord: Bool
    }

    private let subject: AuditSubject
    private let store: StoreInspection
    private let chains: ChainMap
    private let key: SaltKey
    private var rows: [Row] = []
    /// Of each chain, by its first leaf, the place of its row plus one.
    private var owners: [UInt32]
    /// Digests of what is kept, by subject.
    private var kept: [RecordIdentifier: ShortDigest] = [:]
    /// Rows whose seal is another, with the place of the leaf.
    private var broken: [Row] = []
    private var sealed = 0
    /// Leaves whose message is none of their chain's record.
    private var strangers: [MessageIdentifier: (leaf: Int64, type: MessageType, record: RecordIdentifier)] = [:]

    private var party: String { subject.party }

    /// Checks everything, for a journal that has no gap.
    /// - Throws: What reading throws.
    static func run(_ subject: AuditSubject, _ store: StoreInspection, _ findings: inout FindingList) throws {
        let chains = try ChainMap(store, party: subject.party, &findings)
        guard chains.count > 0 else { return }
        guard let key = SecretFile.existingSaltKey(directory: subject.directory) else {
            findings.add(
                .key, subject.party,
                "\(SecretFile.saltPath(subject.directory)) is gone or is no key: what \(subject.party) has stored cannot be held "
                    + "against its journal; put it back from a copy")
            return
        }
        var check = StateCheck(subject, store, chains, key)
        try check.gatherKept(&findings)
        try check.gatherRows(&findings)
        try check.compare(&findings)
        try check.resolveStrangers(&findings)
    }

    private init(_ subject: AuditSubject, _ store: StoreInspection, _ chains: ChainMap, _ key: SaltKey) {
        self.subject = subject
        self.store = store
        self.chains = chains
        self.key = key
        owners = [UInt32](repeating: 0, count: chains.count)
    }

    private mutating func gatherKept(_ findings: inout FindingList) throws {
        try store.forEachKept { kept[$0.record, default: .none].toggle($0.digest) }
    }

    private mutating func gatherRows(_ findings: inout FindingList) throws {
        unsafe try store.forEachSubject { subject, isRecord, stored in
            guard let row = unsafe SubjectRow(subject, stored: stored) else {
                findings.add(.state, party, "the row of \(subject) is none: \(Self.advice)")
                return
            }
            take(row, isRecord, &findings)
        }
        for record in kept.keys.sorted() {
            findings.add(
                .state, party, "something is kept for \(record) (table kept), and no row says so: \(Self.advice)")
        }
        kept = [:]
    }

    private mutating func take(_ row: SubjectRow, _ isRecord: Bool, _ findings: inout FindingList) {
        let (name, last) = (row.subject, row.link.last)
        let kept = kept.removeValue(forKey: name) ?? .none
        guard let chain = chains.chain(of: last) else {
            findings.add(
                .state, party,
                "the row of \(name) says that leaf \(last) is the last about it, which it is not: \(Self.advice)")
            return
        }
        guard chains.isLast(last) else {
            findings.add(
                .state, party, leaf: last,
                "the row of \(name) is as of this leaf, and later leaves are about it: an older row was put back. \(Self.advice)"
            )
            owners[chain] = .max
            return
        }
        guard owners[chain] == 0 else {
            findings.add(
                .state, party, leaf: last,
                "the row of \(name) says that this leaf is about it, and another row says so too: \(Self.advice)")
            return
        }
        if kept != row.link.kept {
            findings.add(
                .state, party, leaf: last,
                "what is kept for \(name) (table kept) is not what was put there: \(Self.advice)")
        }
        rows.append(
            Row(subject: name, seal: row.seal(key), last: last, revision: row.words.revision, isRecord: isRecord))
        owners[chain] = UInt32(truncatingIfNeeded: rows.count)
    }

    /// What to do about it.
    private static let advice =
        "the database was changed behind the party's back; keep a copy of it as it is, and restore the party's directory from "
        + "a copy"

    private mutating func compare(_ findings: inout FindingList) throws {
        var number: Int64 = 0
        unsafe try store.forEachJournalRow { _, _, bytes in
            for leaf in unsafe StoredLeaves(bytes) {
                compare(leaf, number, &findings)
                number += 1
            }
        }
        if broken.count == sealed, sealed > 1 {
            findings.add(
                .key, party,
                "no row has the seal that the journal gives it: keys/salt.key is another, or the whole database was changed. "
                    + "Restore the party's directory from a copy")
            return
        }
        for row in broken {
            findings.add(
                .state, party, leaf: row.last,
                "what is stored about \(row.subject) is not what this leaf says was stored: \(Self.advice)")
        }
    }

    private mutating func compare(_ leaf: StoredLeaf, _ number: Int64, _ findings: inout FindingList) {
        guard let chain = chains.chain(of: number) else { return }
        let owner = owners[chain]
        guard owner > 0 else {
            guard chains.isLast(number) else { return }
            findings.add(
                .state, party, leaf: number, message: leaf.leaf?.message.description,
                "this leaf says that something is stored about a record, and no row is there any more: \(Self.advice)")
            return
        }
        guard owner < .max else { return }
        let row = rows[Int(owner) - 1]
        if number == row.last {
            sealed += 1
            if leaf.state != row.seal { broken.append(row) }
        }
        if row.isRecord { checkSubject(leaf, number, row) }
    }

    /// Whether the leaf is about the record of its chain.
    private mutating func checkSubject(_ stored: StoredLeaf, _ number: Int64, _ row: Row) {
        guard let type = MessageType(rawValue: stored.type), type.isOnTheRoute, let leaf = stored.leaf,
            leaf.isAboutMessage
        else { return }
        if leaf.message == MessageIdentifier(type, record: row.subject, revision: row.revision) { return }
        for revision in RecordTrace.revisions
        where leaf.message == MessageIdentifier(type, record: row.subject, revision: revision) { return }
        strangers[leaf.message] = (number, type, row.subject)
    }

    /// A sender from outside may name its messages as it likes; but a message that is another record's is in a wrong chain.
    private func resolveStrangers(_ findings: inout FindingList) throws {
        guard !strangers.isEmpty else { return }
        let types = Set(strangers.values.map(\.type))
        for row in rows where row.isRecord {
            for type in types {
                for revision in RecordTrace.revisions {
                    let message = MessageIdentifier(type, record: row.subject, revision: revision)
                    guard let found = strangers[message], found.record != row.subject else { continue }
                    findings.add(
                        .chain, party, leaf: found.leaf, message: message.description,
                        "it is about record \(row.subject), and is in the chain of record \(found.record): a leaf of that chain names "
                            + "another one before it than there is")
                }
            }
        }
    }
}
