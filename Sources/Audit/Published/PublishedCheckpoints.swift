import Journal
import PartyCore
import PartyStore
import TransparencyLog

/// What the parties said on the topic of checkpoints: the part of the evidence that no table of theirs can take back. Read
/// from the broker, and where that has less than was read from it, from the auditor's copy.
struct PublishedCheckpoints {
    /// A cosignature as a witness sent it.
    struct Given {
        var offset: Int64
        var sender: String
        var collected: CollectedCosignature
    }

    /// Two histories of a log as somebody announced them.
    struct Notice {
        var offset: Int64
        var found: FoundSplitView
    }

    /// Name of the topic.
    let topic: String
    /// By the names of the logs.
    private(set) var chains: [ExactText: PublishedChain] = [:]
    /// By the names of the logs that they are about.
    private(set) var cosignatures: [ExactText: [Given]] = [:]
    /// The keys that each log announced: the first list, and what continues it.
    private(set) var keys: [ExactText: KeyList] = [:]
    /// What was announced; nothing in it is believed yet.
    private(set) var notices: [Notice] = []

    /// Takes the broker's copy, holds it against what was read from it, and completes it.
    init(_ snapshot: ExchangeSnapshot, broker sight: CheckpointTopic.Sight, _ findings: inout FindingList) {
        let auditor = snapshot.parts.first(where: \.subject.isAuditor)
        topic = snapshot.checkpointTopic
        var copy = CheckpointTopic(name: topic)
        var isWhole = false
        switch sight {
        case .elsewhere: break
        case .gone(let text):
            if Self.readUpTo(snapshot) > 0 {
                findings.add(
                    .unreadable, Self.broker,
                    "\(text); what the parties published of their checkpoints is not at the broker any more")
            }
        case .read(let read):
            copy = read
            isWhole = true
        }
        var wrong: Set<Int64> = []
        if let auditor { wrong = Self.compare(copy, isWhole: isWhole, auditor, snapshot, &findings) }
        if isWhole, !snapshot.isLive { Self.judgeEnd(copy, snapshot, &findings) }
        let isComplete = isWhole && wrong.isEmpty && copy.end >= Self.readUpTo(snapshot)
        if !isComplete, let auditor, let seen = Self.auditorsCopy(auditor, topic) {
            copy.complete(from: seen, wrong: wrong)
        }
        take(copy)
    }

    /// In whose evidence faults of the topic are.
    static let broker = "broker"

    private mutating func take(_ copy: CheckpointTopic) {
        for (offset, message) in copy.messages.sorted(by: { $0.key < $1.key }) {
            switch message.kind {
            case .checkpoint:
                guard let request = try? WitnessRequest(message.body),
                    let checkpoint = try? Checkpoint(text: request.note.text)
                else { continue }
                chains[checkpoint.origin, default: PublishedChain()].take(request, checkpoint, at: offset)
            case .cosignature:
                guard let size = message.size, let signature = NoteSignature(line: message.body.dropLast()) else {
                    continue
                }
                cosignatures[ExactText(message.origin), default: []].append(
                    Given(
                        offset: offset, sender: message.sender,
                        collected: CollectedCosignature(size: size, signature: signature)))
            case .keys:
                guard let list = try? KeyList(message.body) else { continue }
                if keys[list.origin].map({ list.continues($0) }) ?? true { keys[list.origin] = list }
            case .splitView:
                guard let view = SplitView(message.body) else { continue }
                notices.append(Notice(offset: offset, found: FoundSplitView(view: view, finder: message.sender)))
            }
        }
    }

    /// How far parties and auditor say that they have read the topic.
    private static func readUpTo(_ snapshot: ExchangeSnapshot) -> Int64 {
        snapshot.parts.compactMap { next($0, snapshot.checkpointTopic) }.max() ?? 0
    }

    private static func next(_ part: ExchangeSnapshot.Part, _ topic: String) -> Int64? {
        let offset = part.store.progress.offsets.first { $0.topic == topic }?.next
        return [offset, (try? part.store.witness())?.next].compactMap { $0 }.max()
    }

    private static func judgeEnd(
        _ copy: CheckpointTopic, _ snapshot: ExchangeSnapshot, _ findings: inout FindingList
    ) {
        let read = snapshot.parts.compactMap { part in
            next(part, copy.name).map { (party: part.subject.party, next: $0) }
        }
        let beyond = read.filter { $0.next > copy.end }
        if let most = beyond.max(by: { $0.next < $1.next }) {
            findings.add(
                .rolledBack, broker,
                "\(copy.name) ends before offset \(copy.end)\(copy.damage.map { " (\($0))" } ?? ""), and "
                    + "\(beyond.map(\.party).sorted().joined(separator: ", ")) have read it up to \(most.next): its end is "
                    + "gone, or an older copy was put in its place")
        } else if let damage = copy.damage {
            findings.add(.unreadable, broker, "\(copy.name) cannot be read to its end: \(damage)")
        }
    }

    /// Holds each record of the broker's copy against the auditor's leaf.
    /// - Returns: Offsets at which the two differ.
    private static func compare(
        _ copy: CheckpointTopic, isWhole: Bool, _ auditor: ExchangeSnapshot.Part, _ snapshot: ExchangeSnapshot,
        _ findings: inout FindingList
    ) -> Set<Int64> {
        guard isWhole, let number = auditor.subject.topicNames.firstIndex(of: copy.name) else { return [] }
        var wrong: [(leaf: Int64, offset: Int64)] = []
        // What is wrong with the journal itself, the pass over it says.
        try? unsafe auditor.store.forEachJournalRow { first, _, bytes in
            for (place, stored) in unsafe StoredLeaves(bytes).enumerated() {
                guard Int(stored.topic) == number, let leaf = stored.leaf, leaf.decision == .observed,
                    let digest = copy.digests[leaf.offset], digest != leaf.digest
                else { continue }
                wrong.append((first &+ Int64(place), leaf.offset))
            }
        }
        if let one = wrong.first {
            findings.add(
                .altered, broker, leaf: one.leaf,
                "\(wrong.count) records of \(copy.name) are not what the auditor saw there, the first at offset "
                    + "\(one.offset); what the auditor keeps is believed")
        }
        return Set(wrong.map(\.offset))
    }

    private static func auditorsCopy(_ auditor: ExchangeSnapshot.Part, _ topic: String) -> CheckpointTopic? {
        guard
            let vault = try? VaultInspection(
                auditor.store, directory: auditor.subject.directory, keyFile: auditor.subject.vaultKey)
        else { return nil }
        var copy = CheckpointTopic(name: topic)
        // A record that is damaged, the check of the vault says.
        while let seen = try? vault.record(topic: topic, partition: 0, offset: copy.end) { copy.take(seen) }
        return copy
    }
}
