import ExchangeSchema
import Journal
import PartyCore
import PartyStore
import Topology
import TransparencyLog

/// One party's evidence, looked at by itself: journal, checkpoints, keys, and whether its state agrees with them.
struct PartyEvidence {
    let subject: AuditSubject
    let store: StoreInspection
    private(set) var pass: JournalPass
    private(set) var checkpoints: Int
    /// Name of its log.
    let origin: ExactText
    /// Keys that it has had; nil when there are none.
    let keyList: KeyList?
    /// Names of the logs of those that cosigned the latest of its checkpoints that anybody cosigned.
    let cosigners: Set<ExactText>
    /// Leaves of that checkpoint.
    let cosignedLeaves: Int64
    /// Journal numbers of what waits in the outbox.
    private(set) var unsent: [Range<Int64>] = []

    /// Reads a party's directory.
    /// - Throws: What SQLite says of a damaged database.
    init(
        _ part: ExchangeSnapshot.Part, earlier: EarlierSight, shared: SharedEvidence, _ findings: inout FindingList
    ) throws {
        let (subject, store) = (part.subject, part.store)
        self.subject = subject
        self.store = store
        let origin = JournalKey.origin(StoreIdentity(party: store.party, exchange: store.exchange))
        var faults = FindingList()
        let keys = PartyKeys(subject, origin: origin, &faults)
        // A party that has just been started publishes its keys before its first leaf.
        if !store.isLive || store.progress.nextSequence > 0 { findings.take(faults) }
        self.origin = origin
        keyList = keys.list
        var heads = SignedHeads(subject, origin: origin, keys: keys.list, witnesses: shared.witnesses)
        let stored = try store.checkpoints()
        checkpoints = stored.count
        heads.take(stored: stored, subject, notes: earlier.notes, isLive: store.isLive, &findings)
        heads.take(seen: shared.seen(of: origin), &findings)
        heads.take(
            published: shared.published(of: origin), stored: stored, topic: shared.topic,
            upTo: store.isLive ? UInt64(clamping: store.progress.nextSequence) : nil)
        heads.take(cosigned: try store.cosignatures(), stored: stored, &findings)
        heads.take(
            given: shared.given(to: origin), kept: try store.cosignatures(),
            PublicationState(published: try store.publishedSize(), readUpTo: try store.witness().next ?? 0),
            topic: shared.topic, &findings)
        cosigners = heads.cosigners
        cosignedLeaves = Int64(clamping: heads.cosignedSize)
        var pass = JournalPass(
            subject, heads: heads.heads, marks: shared.pins?[origin]?.heads.map(\.verified.checkpoint.size) ?? [])
        unsafe try store.forEachJournalRow { unsafe pass.take(first: $0, count: $1, $2, &findings) }
        pass.end(isLive: store.isLive, &findings)
        self.pass = pass
        unsent = earlier.unsent[subject.party] ?? []
        checkKeyChanges(keys.list, &findings)
        checkFrontier(&findings)
        checkTiles(&findings)
        try checkLedger(&findings)
        checkOffsets(&findings)
        try checkOutbox(&findings)
        if subject.role != nil, pass.isWhole { try StateCheck.run(subject, store, &findings) }
    }

    /// Figures that can be added without fear.
    private static let plausible = 0...Int64(1) << 48

    private var party: String { subject.party }
    private var progress: StoredProgress { store.progress }

    /// Each key after the first is announced by the leaf that its first size says, and no other leaf announces one.
    private func checkKeyChanges(_ list: KeyList?, _ findings: inout FindingList) {
        guard let list else { return }
        var wanted: [Int64: PayloadDigest] = [:]
        for (old, new) in zip(list.entries, list.entries.dropFirst()) {
            wanted[Int64(clamping: new.firstSize) - 2] = PayloadDigest(
                KeyList.changeDigest(from: old.key, to: new.key))
        }
        for change in pass.keyChanges where wanted[change.leaf] != change.digest {
            findings.add(
                .key, party, leaf: change.leaf, "the journal changes to a key that the list of keys does not have")
        }
        for (leaf, digest) in wanted.sorted(by: { $0.key < $1.key })
        where !pass.keyChanges.contains(where: { $0.leaf == leaf && $0.digest == digest }) {
            findings.add(.key, party, leaf: leaf, "the list of keys has a change here, the journal does not")
        }
    }

    private func checkFrontier(_ findings: inout FindingList) {
        guard pass.isWhole else { return }
        do {
            if let frontier = try store.frontier() {
                if frontier != pass.tree {
                    findings.add(
                        .frontier, party,
                        "the kept edge of the tree is of \(frontier.size) leaves with the root \(frontier.root), the "
                            + "journal has \(pass.tree.size) with \(pass.tree.root)")
                }
            } else if pass.leaves > 0 {
                findings.add(.frontier, party, "the edge of the tree is not kept")
            }
        } catch {
            findings.add(.frontier, party, "the kept edge of the tree cannot be read: \(error)")
        }
    }

    private func checkTiles(_ findings: inout FindingList) {
        guard pass.isWhole else { return }
        do {
            try store.checkTiles(size: pass.tree.size, root: pass.tree.root) { text in
                findings.add(.tile, party, text)
            }
        } catch {
            findings.add(.tile, party, "the tiles cannot be read: \(error)")
        }
    }

    private func checkLedger(_ findings: inout FindingList) throws {
        let ledger = progress.ledger
        if pass.leaves != progress.nextSequence {
            findings.add(
                .ledger, party, leaf: min(pass.leaves, progress.nextSequence),
                "the journal has \(pass.leaves) leaves, numbers were given to \(progress.nextSequence)")
        }
        let figures = [
            ledger.submitted, ledger.shared, ledger.refused, ledger.pending, ledger.held, ledger.withdrawn,
            ledger.strays,
        ]
        guard (figures + ledger.refusedByReason.values).allSatisfy({ Self.plausible.contains($0) }) else {
            findings.add(.ledger, party, "the ledger has figures that cannot be")
            return
        }
        if !ledger.conserves { findings.add(.ledger, party, "submitted is not shared + refused + pending + withdrawn") }
        let rows = try store.countByPhase()
        func row(_ phase: RecordPhase) -> Int64 { rows[phase] ?? 0 }
        for (what, said, counted) in [
            ("shared", ledger.shared, row(.shared)), ("refused", ledger.refused, row(.refused)),
            ("pending", ledger.pending, row(.pending) + row(.held)), ("held", ledger.held, row(.held)),
            ("withdrawn", ledger.withdrawn, row(.withdrawn)),
        ] where said != counted {
            findings.add(.ledger, party, "the ledger says \(what) \(said), the rows say \(counted)")
        }
        let strays = pass.strays.values.reduce(0) { $0 &+ $1.messages }
        if ledger.strays != strays {
            findings.add(
                .ledger, party, "the ledger says \(ledger.strays) messages of no party, the leaves say \(strays)")
        }
    }

    private func checkOffsets(_ findings: inout FindingList) {
        var said: [JournalPass.Place: Int64] = [:]
        for entry in progress.offsets {
            guard let topic = subject.topicNames.firstIndex(of: entry.topic) else {
                findings.add(.offset, party, "an offset is kept for \(entry.topic), which \(party) does not read")
                continue
            }
            said[JournalPass.Place(topic: UInt8(clamping: topic), partition: entry.partition)] = entry.next
        }
        checkShard(&findings)
        for place in Set(said.keys).union(pass.offsets.keys)
        where (said[place] ?? 0) != (pass.offsets[place] ?? 0) {
            findings.add(
                .offset, party,
                "\(subject.topicName(place.topic))/\(place.partition) goes on at offset \(said[place] ?? 0), the journal ends before "
                    + "\(pass.offsets[place] ?? 0)")
        }
    }

    /// A shard reads its own partition and no other.
    private func checkShard(_ findings: inout FindingList) {
        guard let own = subject.shard.partition else { return }
        for place in pass.offsets.keys.sorted(by: { $0.partition < $1.partition }) {
            guard subject.reads.indices.contains(Int(place.topic)), Int(place.partition) != own else { continue }
            let topic = subject.reads[Int(place.topic)]
            guard topic.isSharedByRecord else { continue }
            findings.add(.offset, party, "it has read \(topic.name)/\(place.partition), which is another shard's")
        }
    }

    private mutating func checkOutbox(_ findings: inout FindingList) throws {
        for number in progress.unsentChunks {
            guard let chunk = try store.outboxChunk(number) else {
                findings.add(.outbox, party, "chunk \(number) of the outbox is damaged")
                continue
            }
            let count = Int64(chunk.messages.count)
            guard chunk.firstSequence >= 0, progress.nextSequence >= count,
                chunk.firstSequence <= progress.nextSequence - count
            else {
                findings.add(
                    .outbox, party, leaf: chunk.firstSequence,
                    "chunk \(number) of the outbox has \(count) messages from journal number \(chunk.firstSequence) on, "
                        + "numbers were given to \(progress.nextSequence)")
                continue
            }
            unsent.append(chunk.firstSequence..<chunk.firstSequence + count)
            try compare(chunk, &findings)
        }
    }

    /// What waits is what the journal says was sent.
    private func compare(_ chunk: OutboxChunk, _ findings: inout FindingList) throws {
        let range = chunk.firstSequence..<chunk.firstSequence + Int64(chunk.messages.count)
        var wrong: [(Int64, MessageIdentifier)] = []
        unsafe try store.forEachJournalRow { first, count, bytes in
            guard first < range.upperBound, first >= 0, first &+ count > range.lowerBound else { return }
            for (place, stored) in unsafe StoredLeaves(bytes).enumerated() {
                let number = first &+ Int64(place)
                guard range.contains(number) else { continue }
                let message = chunk.messages[Int(number - range.lowerBound)]
                let leaf = stored.leaf
                let digest = unsafe PayloadDigest(
                    of: chunk.arena.span.bytes.extracting(message.payload), type: message.type, salt: message.salt)
                if leaf?.message != message.message || leaf?.digest != digest {
                    wrong.append((number, message.message))
                }
            }
        }
        for (number, message) in wrong {
            findings.add(
                .outbox, party, leaf: number, message: message.description,
                "what waits in the outbox is not what the journal says was sent")
        }
    }

    /// Whether a message with this journal number may still wait in the outbox.
    func isUnsent(_ number: Int64) -> Bool { unsent.contains { $0.contains(number) } }
}
