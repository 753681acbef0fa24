import Journal
import TransparencyLog

/// The checkpoints of one log in the order in which it published them, followed as a witness follows them.
struct PublishedChain {
    /// One checkpoint.
    struct Entry {
        var offset: Int64
        var checkpoint: Checkpoint
        var note: SignedNote
    }

    /// All that could be read, in their order.
    private(set) var entries: [Entry] = []
    /// Pairs of which the second does not continue the first; nothing in them is believed before their signatures are.
    private(set) var views: [SplitView] = []
    private var firstOfSize: [UInt64: Entry] = [:]
    private var last: Entry?

    /// Takes the next request of the log.
    mutating func take(_ request: WitnessRequest, _ checkpoint: Checkpoint, at offset: Int64) {
        let entry = Entry(offset: offset, checkpoint: checkpoint, note: request.note)
        entries.append(entry)
        if let known = firstOfSize[checkpoint.size] {
            if known.checkpoint.root != checkpoint.root { add(known, entry, proof: nil) }
            return
        }
        firstOfSize[checkpoint.size] = entry
        guard let last else {
            self.last = entry
            return
        }
        guard checkpoint.size > last.checkpoint.size, request.oldSize == last.checkpoint.size else { return }
        let proof = ConsistencyProof(old: request.oldSize, new: checkpoint.size, path: request.path)
        do {
            try proof.verify(oldRoot: last.checkpoint.root, newRoot: checkpoint.root)
            self.last = entry
        } catch .wrongRoot {
            add(last, entry, proof: proof)
            firstOfSize[checkpoint.size] = nil
        } catch {}
    }

    private mutating func add(_ seen: Entry, _ shown: Entry, proof: ConsistencyProof?) {
        let isKnown = views.contains { $0.seen.text == seen.note.text && $0.shown.text == shown.note.text }
        guard !isKnown else { return }
        views.append(
            SplitView(origin: shown.checkpoint.origin, seen: seen.note, shown: shown.note, proof: proof))
    }

    /// The pairs that stand at the end: a wrong proof of a right history is cleared by the right one that follows it.
    var standing: [SplitView] {
        views.filter { view in
            guard view.proof != nil, let shown = try? Checkpoint(text: view.shown.text) else { return true }
            return firstOfSize[shown.size]?.checkpoint.root != shown.root
        }
    }
}
