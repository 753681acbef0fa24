import ExchangeSchema
import PartyCore
import PartyStore
import Topology
import Vocabulary

/// One journal with its leaves that are counted: those below a number.
struct ScopedJournal {
    let subject: AuditSubject
    let store: StoreInspection
    /// Leaves counted.
    let leaves: Int64
    /// Journal numbers of what waits in the outbox.
    let unsent: [Range<Int64>]

    init(_ subject: AuditSubject, _ store: StoreInspection, leaves: Int64?) throws {
        self.subject = subject
        self.store = store
        self.leaves = leaves ?? .max
        unsent = try store.unsentNumbers()
    }

    /// Hands over the leaves in the order of their numbers; what is no leaf is left out, for verification reports it.
    func forEachLeaf(_ body: (_ number: Int64, JournalLeaf) -> Void) throws {
        try unsafe store.forEachJournalRow { first, _, bytes in
            for (place, stored) in unsafe StoredLeaves(bytes).enumerated() {
                let number = first &+ Int64(place)
                guard number < leaves else { return }
                if let leaf = stored.leaf { body(number, leaf) }
            }
        }
    }

    func isUnsent(_ number: Int64) -> Bool { unsent.contains { $0.contains(number) } }
}

/// One party with the leaves that are counted: of its journal or, where instances share the work, of the journals of
/// its shards, each of which has the records of one partition.
struct ScopedParty {
    /// Name in the topology.
    let name: String
    /// What it runs. The auditor, which runs nothing, is never among those that are counted.
    let role: PartyRole
    /// What it does on the route; nil when no record comes to it.
    let duties: Duties?
    /// The way of a record through the exchange.
    let route: Route
    /// Topics it reads, in the order that its journals number them.
    let reads: [Topic]
    /// In the order of the shards.
    let journals: [ScopedJournal]

    private init?(_ name: String, _ journals: [ScopedJournal]) {
        guard let first = journals.first else { return nil }
        self.name = name
        role = first.subject.role ?? .locality
        reads = first.subject.reads
        route = first.subject.route
        duties = route.duties(of: name)
        self.journals = journals
    }

    /// The parties to which journals belong, in the order of the first journal of each.
    static func all(_ journals: [ScopedJournal]) -> [ScopedParty] {
        var names: [String] = []
        for journal in journals where !names.contains(journal.subject.shard.party) {
            names.append(journal.subject.shard.party)
        }
        return names.compactMap { name in ScopedParty(name, journals.filter { $0.subject.shard.party == name }) }
    }

    /// A leaf's number, and its journal's place in the party's list.
    struct LeafPlace {
        var journal: UInt8
        var number: Int64
    }

    /// Hands over the leaves of one journal after the other, each in the order of its numbers.
    func forEachLeaf(_ body: (LeafPlace, JournalLeaf) -> Void) throws {
        for (place, journal) in journals.enumerated() {
            try journal.forEachLeaf { body(LeafPlace(journal: UInt8(clamping: place), number: $0), $1) }
        }
    }

    func isUnsent(_ leaf: LeafPlace) -> Bool { journals[Int(leaf.journal)].isUnsent(leaf.number) }
}
