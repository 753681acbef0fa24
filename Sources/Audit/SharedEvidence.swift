import Journal
import PartyStore
import TransparencyLog

/// What the parties say of each other's logs: who may cosign, what each saw of the others, and who was caught with two
/// histories; from their databases, and from what was published.
struct SharedEvidence {
    /// Keys of all that publish theirs, the auditor among them where there is one.
    private(set) var witnesses: [TrustedWitnessKey] = []
    /// What somebody has carried away; nil for nothing.
    let pins: Pins?
    /// Name of the topic of checkpoints.
    var topic: String { said.topic }
    private var logs: [ExactText: KeyList] = [:]
    private var seen: [ExactText: [(by: String, note: SignedNote)]] = [:]
    private var views: [FoundSplitView] = []
    private var computed: [ExactText: [SplitView]] = [:]
    private let said: PublishedCheckpoints
    /// Offset at which each party reads the topic on, by its name.
    private var readUpTo: [String: Int64] = [:]

    /// Reads the published keys and what the stores of the parties know.
    init(
        _ snapshot: ExchangeSnapshot, _ published: PublishedCheckpoints, pins: Pins?, _ findings: inout FindingList
    ) {
        self.pins = pins
        said = published
        for folder in Set(snapshot.parts.map(\.subject.evidenceDirectory)) {
            // What is wrong with a party's list, PartyKeys says.
            for list in KeyLines.lists(in: folder) { logs[list.origin] = list }
        }
        var given: [(subject: AuditSubject, entry: WitnessedLog)] = []
        for part in snapshot.parts {
            do {
                let witness = try part.store.witness()
                given += witness.witnessed.map { (part.subject, $0) }
                readUpTo[part.subject.party] = witness.next
                for entry in witness.witnessed {
                    seen[entry.origin, default: []].append((part.subject.party, entry.seen.note))
                }
                views += try part.store.splitViews()
            } catch {
                findings.add(.unreadable, part.subject.party, "what it saw of other logs: \(error)")
            }
        }
        // Of a log that is gone, its keys may be gone from the folder as well.
        for subject in snapshot.parts.map(\.subject) + snapshot.lost.map(\.subject) {
            guard let origin = snapshot.origin(of: subject), logs[origin] == nil else { continue }
            logs[origin] = published.keys[origin]
        }
        witnesses = logs.values.sorted { $0.origin < $1.origin }.flatMap(\.witnessKeys)
        for (subject, entry) in given {
            guard let own = snapshot.origin(of: subject).flatMap({ logs[$0] }) else { continue }
            Self.check(entry, own.witnessKeys, subject.party, &findings)
        }
        for (origin, chain) in published.chains { computed[origin] = chain.standing.filter(isSigned) }
        // Of parties that run, only what was said before the stores were opened.
        if let earlier = snapshot.earlier.seen { seen = earlier }
    }

    /// A party publishes the cosignatures that it keeps again: they must still be its own.
    private static func check(
        _ entry: WitnessedLog, _ keys: [TrustedWitnessKey], _ party: String, _ findings: inout FindingList
    ) {
        let text = entry.seen.note.text
        if keys.contains(where: { $0.key.made(entry.cosignature) && $0.key.verifies(entry.cosignature, over: text) }) {
            return
        }
        findings.add(
            .cosignature, party,
            "its own cosignature over \(entry.seen.size) leaves of \(entry.origin), as it keeps it, is wrong: forged, or damaged"
        )
    }

    /// The checkpoints of a log as the other parties cosigned them last.
    func seen(of origin: ExactText) -> [(by: String, note: SignedNote)] { seen[origin] ?? [] }

    /// The checkpoints that a log published, but for those of a second history, of which more is said.
    func published(of origin: ExactText) -> [PublishedChain.Entry] {
        let others =
            (computed[origin] ?? []).map(\.shown.text)
            + views.filter { $0.view.origin == origin }.map(\.view.shown.text)
        return (said.chains[origin]?.entries ?? []).filter { !others.contains($0.note.text) }
    }

    /// The cosignatures that others published of a log's checkpoints.
    func given(to origin: ExactText) -> [PublishedCheckpoints.Given] { said.cosignatures[origin] ?? [] }

    private func isSigned(_ view: SplitView) -> Bool {
        guard let policy = logs[view.origin].map({ KeyPolicy(logs: $0.logKeys) }) else { return false }
        return view.proof == nil
            ? view.isProven(under: policy)
            : [view.seen, view.shown].allSatisfy { (try? policy.verify($0, origin: view.origin)) != nil }
    }

    // MARK: Two histories

    /// Two histories with all who said so.
    private struct Caught {
        var view: SplitView
        var finders: Set<String>
        /// Those who announced it and whose databases have it no more.
        var forgetful: Set<String> = []
    }

    /// Names who shows two histories, with both heads and who noticed: as the databases have it, as it was announced, and as
    /// it follows from the checkpoints that were published.
    func judge(_ parties: [ExactText: String], _ findings: inout FindingList) {
        var all: [Caught] = []
        func add(_ view: SplitView, by finder: String?, forgotten: Bool = false) {
            let place = all.firstIndex { Self.areSame($0.view, view) } ?? all.endIndex
            if place == all.endIndex { all.append(Caught(view: view, finders: [])) }
            if let finder {
                all[place].finders.insert(finder)
                if forgotten { all[place].forgetful.insert(finder) }
            }
        }
        for found in views.sorted(by: { $0.view.bytes.lexicographicallyPrecedes($1.view.bytes) }) {
            add(found.view, by: found.finder)
        }
        for notice in said.notices where isSigned(notice.found.view) {
            let found = notice.found
            // Whoever announces it has it committed.
            let isForgotten = readUpTo[found.finder].map { next in
                next > notice.offset
                    && !views.contains { $0.finder == found.finder && Self.areSame($0.view, found.view) }
            }
            add(found.view, by: found.finder, forgotten: isForgotten ?? false)
        }
        for view in computed.values.flatMap({ $0 }) { add(view, by: nil) }
        for caught in all.sorted(by: { ($0.view.origin, $0.view.shown.text) < ($1.view.origin, $1.view.shown.text) }) {
            let view = caught.view
            let isProven = logs[view.origin].map { view.isProven(under: KeyPolicy(logs: $0.logKeys)) } == true
            var text =
                "\(view)" + (isProven ? "; both are signed with its key" : "; by what was kept, not proven by itself")
            text +=
                caught.finders.isEmpty
                ? ", computed from \(topic): no party has it written down any more"
                : ", noticed by \(caught.finders.sorted().joined(separator: ", "))"
            if !caught.forgetful.isEmpty {
                text += "; it was deleted from the databases of \(caught.forgetful.sorted().joined(separator: ", "))"
            }
            findings.add(.splitView, parties[view.origin] ?? view.origin.string, text)
        }
    }

    private static func areSame(_ first: SplitView, _ second: SplitView) -> Bool {
        first.origin == second.origin
            && Set([first.seen.text, first.shown.text]) == Set([second.seen.text, second.shown.text])
    }

    // MARK: Logs that are gone

    /// Names the logs that are gone, with what the others know of them.
    func judgeLost(_ snapshot: ExchangeSnapshot, _ findings: inout FindingList) {
        for lost in snapshot.lost {
            let known = snapshot.origin(of: lost.subject).flatMap { lastSeen(of: $0) }
            findings.add(.unreadable, lost.subject.party, lost.text + (known.map { "; " + $0 } ?? ""))
        }
        let kept = snapshot.parts.map(\.subject) + snapshot.lost.map(\.subject) + snapshot.outside + snapshot.notBegun
        let names = Set(kept.compactMap { snapshot.origin(of: $0) })
        for origin in Set(seen.keys).subtracting(names).sorted() {
            findings.add(
                .unreadable, origin.string.split(separator: "/").last.map(String.init) ?? origin.string,
                "the topology has no such party and no auditor, and others cosigned a log \(origin): "
                    + (lastSeen(of: origin) ?? ""))
        }
    }

    /// What others said last of a log, in words; nil when nobody cosigned a checkpoint of it.
    private func lastSeen(of origin: ExactText) -> String? {
        var sizes: [String: UInt64] = [:]
        for entry in seen(of: origin) {
            guard let checkpoint = try? Checkpoint(text: entry.note.text) else { continue }
            sizes[entry.by] = max(sizes[entry.by] ?? 0, checkpoint.size)
        }
        for entry in given(to: origin) {
            let isRight = said.chains[origin]?.entries.contains { published in
                published.checkpoint.size == entry.collected.size
                    && witnesses.contains { $0.key.verifies(entry.collected.signature, over: published.note.text) }
            }
            if isRight == true { sizes[entry.sender] = max(sizes[entry.sender] ?? 0, entry.collected.size) }
        }
        guard let most = sizes.values.max() else { return nil }
        let names = sizes.filter { $0.value == most }.keys.sorted().joined(separator: ", ")
        return "its log is gone since the checkpoint of \(most) leaves, which \(names) cosigned"
    }
}

extension ExchangeSnapshot {
    /// Name of a party's log; nil where no store says which exchange it is.
    func origin(of subject: AuditSubject) -> ExactText? {
        parts.first.map { JournalKey.origin(StoreIdentity(party: subject.party, exchange: $0.store.exchange)) }
    }
}
