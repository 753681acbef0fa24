import ExchangeSchema
import HostMachine
import Journal
import PartyCore
import Simulation
import TransparencyLog
import Vocabulary

/// What must hold at the end of every run, however often its parties crashed. Returns what does not, in words.
struct SimulationProperties {
    let result: SimulationResult
    /// The run in which nobody crashed.
    let undisturbed: SimulationResult
    /// Whose it is.
    let simulation: SmallSimulation

    var violations: [String] {
        law + sameEnd + agreement + exactlyOnce + released
            + result.parties.values.flatMap { journal($0) + receipts($0) + witnesses($0) } + observed
    }

    /// The auditor has one leaf for each record of each topic, with the digest of what crossed.
    private var observed: [String] {
        guard let auditor = result.auditor else {
            return simulation.hasAuditor ? ["there was no auditor"] : []
        }
        var found = journal(auditor, mayEndWithCheckpoints: true) + accusations(auditor)
        let cosigned = auditor.tables.checkpoints.map(\.size).last { size in
            Set(auditor.tables.cosigned.filter { $0.size == size }.map(\.signature.name)).count
                == SmallSimulation.parties.count
        }
        if Self.leaves(auditor).dropFirst(Int(cosigned ?? 0)).contains(where: { $0.topic < result.traffic.count }) {
            found.append("the auditor saw messages after its last cosigned checkpoint, of \(cosigned ?? 0) leaves")
        }
        var expected: [[Int64]: PayloadDigest] = [:]
        for (place, topic) in result.traffic.enumerated() {
            for (partition, records) in topic.partitions.enumerated() {
                for (offset, record) in records.enumerated() {
                    let digest = PayloadDigest(
                        of: record.payload.span.bytes, type: record.head.type, salt: record.head.salt)
                    expected[[Int64(place), Int64(partition), Int64(offset)]] = digest
                }
            }
        }
        let leaves = Self.leaves(auditor).filter { Int($0.topic) < result.traffic.count }
        if leaves.count != expected.count {
            found.append("the auditor has \(leaves.count) leaves of \(expected.count) records")
        }
        for leaf in leaves {
            let place = [Int64(leaf.topic), Int64(leaf.partition), leaf.offset]
            if expected[place] != leaf.digest { found.append("the auditor saw something else at \(place)") }
        }
        return found
    }

    /// What holds of every run, whichever of two messages came first.
    var violationsInAnyOrder: [String] {
        law + agreement + result.parties.values.flatMap { journal($0) + receipts($0) + witnesses($0) } + observed
    }

    /// Nothing lies where somebody reads who may not have it.
    private var released: [String] {
        var found: [String] = []
        for topic in result.traffic {
            for name in SmallSimulation.parties where simulation.reads(name).contains(topic.topic) {
                guard let role = PartyRole(rawValue: name), role != .facility else { continue }
                let allowed = simulation.releases[ReleaseRecipient(role)]
                for record in topic.partitions.joined() {
                    let parts = RecordPartSet(of: record.payload.span.bytes, type: record.head.type)
                    let more = parts.subtracting(allowed).parts.map(\.name)
                    if !more.isEmpty { found.append("\(name) reads \(more) on \(topic.topic)") }
                }
            }
        }
        return found
    }

    /// At each party, and by its rows.
    private var law: [String] {
        result.parties.values.flatMap { party -> [String] in
            let ledger = party.tables.books.ledger
            var found: [String] = []
            if !ledger.conserves { found.append("\(party.name): the ledger does not add up") }
            let rows = party.phases
            let held: Int64 = rows[.held] ?? 0
            let pending: Int64 = (rows[.pending] ?? 0) + held
            let counted: [Int64] = [rows[.shared] ?? 0, rows[.refused] ?? 0, pending, held, rows[.withdrawn] ?? 0]
            if counted != [ledger.shared, ledger.refused, ledger.pending, ledger.held, ledger.withdrawn] {
                found.append("\(party.name): rows and ledger do not agree")
            }
            if !party.tables.outbox.isEmpty { found.append("\(party.name): something was never confirmed") }
            return found
        }
    }

    /// Every party ends with the figures of the undisturbed run, but for the copies it saw.
    private var sameEnd: [String] {
        result.parties.keys.sorted().compactMap { name in
            let (own, other) = (result.books[name], undisturbed.books[name])
            return own?.withoutCopies == other?.withoutCopies ? nil : "\(name): ends otherwise than without a crash"
        }
    }

    /// Whoever knows the record says the same of it, and what nobody answers has been taken in.
    private var agreement: [String] {
        var found: [String] = []
        let ledgers = result.ledgers
        guard let facility = ledgers["facility"], let moh = ledgers["moh"], let locality = ledgers["locality"] else {
            return ["a party has no ledger"]
        }
        if moh.submitted > 0, (moh.shared, moh.withdrawn, moh.pending) != (facility.shared, facility.withdrawn, 0) {
            found.append("MoH and the facility do not agree")
        }
        if locality.shared != facility.shared { found.append("the book has not what the facility thinks") }
        if simulation.outcome.isWithdrawn, ledgers.values.contains(where: { $0.submitted != $0.withdrawn }) {
            found.append("somebody goes on with what is withdrawn")
        }
        let notices = OwnFigures.total(result.books.values.map(\.figures)).notices
        if notices.sent != notices.takenIn { found.append("a notice was lost, or came twice") }
        return found
    }

    /// The same messages cross as in the undisturbed run, copies apart, and all copies of one say the same.
    private var exactlyOnce: [String] {
        zip(result.traffic, undisturbed.traffic).flatMap { own, other -> [String] in
            var found: [String] = []
            let contents = own.contents
            if Set(contents.keys) != Set(other.contents.keys) {
                found.append("\(own.topic): other messages crossed than without a crash")
            }
            for (message, payloads) in contents where payloads.count > 1 {
                found.append("\(own.topic): \(message.uuid) crossed with \(payloads.count) contents")
            }
            if own.topic == "moh.book-entries", contents.mapValues(\.count) != other.contents.mapValues(\.count) {
                found.append("the book has another entry")
            }
            return found
        }
    }

    /// Tree and checkpoints are those of the leaves, and every checkpoint is a prefix of the journal.
    /// - Parameter mayEndWithCheckpoints: The auditor signs nothing for what it saw of checkpoints alone.
    private func journal(_ party: SimulatedParty, mayEndWithCheckpoints: Bool = false) -> [String] {
        var found: [String] = []
        let hashes = JournalTree.hashes(of: party.tables.leaves)
        var (tree, roots) = (TreeFrontier(), [TreeFrontier().root])
        for hash in hashes {
            tree.append(hash)
            roots.append(tree.root)
        }
        if tree != party.tables.frontier { found.append("\(party.name): the tree is not that of the leaves") }
        guard let keys = party.keys else { return found + ["\(party.name): has no keys"] }
        for entry in party.tables.checkpoints {
            let verified = try? KeyPolicy(logs: keys.logKeys).verify(SignedNote(entry.note))
            guard let checkpoint = verified?.checkpoint, checkpoint.size == entry.size, entry.size < roots.count,
                checkpoint.root == roots[Int(entry.size)]
            else {
                found.append("\(party.name): its checkpoint of \(entry.size) leaves is not of its journal")
                continue
            }
        }
        if !mayEndWithCheckpoints, !hashes.isEmpty, party.tables.checkpoints.last?.size != UInt64(hashes.count) {
            found.append("\(party.name): the last checkpoint does not cover the journal")
        }
        return found
    }

    /// Every record of every topic it reads has one leaf, and every message it sent has been journaled as sent.
    private func receipts(_ party: SimulatedParty) -> [String] {
        let leaves = Self.leaves(party)
        var found: [String] = []
        if leaves.count * JournalLeaf.width != party.tables.leaves.count {
            found.append("\(party.name): a leaf cannot be read")
        }
        let places = leaves.filter { $0.decision != .sent && $0.partition >= 0 }.map {
            [Int64($0.topic), Int64($0.partition), $0.offset]
        }
        if Set(places).count != places.count { found.append("\(party.name): a record has two leaves") }
        let read = simulation.reads(party.name).flatMap { topic in
            result.traffic.first { $0.topic == topic }?.partitions ?? []
        }
        if places.count != read.reduce(0, { $0 + $1.count }) {
            found.append("\(party.name): has \(places.count) receipts of \(read.reduce(0) { $0 + $1.count }) records")
        }
        let sent = Set(leaves.lazy.filter { $0.decision == .sent }.map(\.message))
        let crossed = Set(
            result.traffic.lazy.flatMap { $0.partitions.joined() }
                .filter { $0.head.source.split(separator: "/").first.map(String.init) == party.name }
                .map(\.head.message))
        if sent != crossed { found.append("\(party.name): what it sent is not what its journal says") }
        return found
    }

    private static func leaves(_ party: SimulatedParty) -> [JournalLeaf] {
        let bytes = party.tables.leaves
        return stride(from: 0, to: bytes.count, by: JournalLeaf.width).compactMap {
            JournalLeaf(stored: bytes[$0..<$0 + JournalLeaf.width])
        }
    }

    /// No log forked, and nobody was accused.
    private func accusations(_ party: SimulatedParty) -> [String] {
        let errors = party.remarks.filter { $0.level == .error }.map { "\(party.name) says: \($0.text)" }
        return party.tables.witness.splitViews.isEmpty
            ? errors : errors + ["\(party.name): knows of two histories"]
    }

    /// Nobody was accused, and the last checkpoint is cosigned by all others.
    private func witnesses(_ party: SimulatedParty) -> [String] {
        var found = accusations(party)
        guard let last = party.tables.checkpoints.last else { return found }
        let cosigners = Set(party.tables.cosigned.filter { $0.size == last.size }.map(\.signature.name))
        if cosigners.count != simulation.names.count - 1 {
            found.append("\(party.name): its last checkpoint has \(cosigners.count) cosignatures")
        }
        return found
    }
}

extension SimulatedTraffic {
    /// The different contents of each message.
    fileprivate var contents: [MessageIdentifier: Set<[UInt8]>] {
        partitions.joined().reduce(into: [:]) { $0[$1.head.message, default: []].insert($1.payload) }
    }
}

extension PartyBooks {
    /// Without what only says how many copies came, of commands too, and when it began.
    fileprivate var withoutCopies: PartyBooks {
        var books = self
        books.ledger.duplicatesIgnored = 0
        books.ledger.staleIgnored = 0
        books.figures.submission.startedAt = 0
        books.figures.commands = 0
        // When it signed hangs on when it was told.
        books.figures.signing.notes = books.figures.signing.notes.mapValues { $0.mapValues { _ in "" } }
        return books
    }
}
