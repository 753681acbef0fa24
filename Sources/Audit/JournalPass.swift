import ExchangeSchema
import PartyCore
import Topology
import TransparencyLog
import Vocabulary

/// One pass over a party's journal in constant memory: numbers, leaves, tree, offsets, and counts.
struct JournalPass {
    /// Leaves seen so far; the number of the next.
    private(set) var leaves: Int64 = 0
    /// Leaves that are there, whatever their numbers say.
    private(set) var present: Int64 = 0
    private(set) var tree = TreeFrontier()
    /// Whether the tree still stands for the journal; not after a gap.
    private(set) var isWhole = true
    /// Next offset by topic and partition, as the leaves say it.
    private(set) var offsets: [Place: Int64] = [:]
    /// Messages that no party of the topology sent, by the number of their topic.
    private(set) var strays: [UInt8: StrayCount] = [:]
    /// Leaves that say that another key signs from there on.
    private(set) var keyChanges: [(leaf: Int64, digest: PayloadDigest)] = []
    private let subject: AuditSubject
    private var heads: ArraySlice<SignedHeads.Head>
    /// Sizes at which the root is wanted besides, smallest first.
    private var marks: ArraySlice<UInt64>
    /// The roots there.
    private var roots: [UInt64: TreeHash] = [0: .emptyTree]
    private var agreed: UInt64 = 0
    private var disagreed: Int64 = 0
    /// The places read last, so that a run of leaves from one partition needs no look-up.
    private var recent: (place: Place, next: Int64)?

    /// A partition that the party reads.
    struct Place: Hashable {
        var topic: UInt8
        var partition: Int32
    }

    init(_ subject: AuditSubject, heads: [SignedHeads.Head], marks: [UInt64] = []) {
        self.subject = subject
        self.marks = marks.filter { $0 > 0 }.sorted()[...]
        // The empty tree has one root only, which a checkpoint cannot miss.
        self.heads = heads.drop { $0.size == 0 }
    }

    /// Takes checkpoints that were signed since, smallest first, and before the rows behind them.
    mutating func expect(_ more: [SignedHeads.Head], _ findings: inout FindingList) {
        heads += more.drop { $0.size < tree.size }
        if isWhole { compareHeads(&findings) }
    }

    /// Takes one row.
    mutating func take(
        first: Int64, count: Int64, _ bytes: UnsafeRawBufferPointer, _ findings: inout FindingList
    ) {
        let (whole, rest) = bytes.count.quotientAndRemainder(dividingBy: JournalLeaf.width)
        if first != leaves {
            findings.add(
                .gap, subject.party, leaf: leaves,
                first > leaves
                    ? "leaves \(leaves) to \(first - 1) are missing"
                    : "a row begins with leaf \(first), which is there already")
            isWhole = false
            leaves = max(leaves, first)
        }
        if Int64(whole) != count || rest > 0 {
            findings.add(
                .gap, subject.party, leaf: leaves,
                "a row should hold \(count) leaves of \(JournalLeaf.width) bytes and holds \(bytes.count) bytes")
            isWhole = false
        }
        for index in 0..<whole { unsafe read(bytes, index, &findings) }
        unsafe grow(UnsafeRawBufferPointer(rebasing: bytes.prefix(whole * JournalLeaf.width)), whole, &findings)
        leaves &+= Int64(whole)
        present += Int64(whole)
    }

    private mutating func read(_ bytes: UnsafeRawBufferPointer, _ index: Int, _ findings: inout FindingList) {
        let number = leaves &+ Int64(index)
        guard let leaf = unsafe StoredLeaves(bytes)[index].leaf else {
            findings.add(.malformedLeaf, subject.party, leaf: number, "these \(JournalLeaf.width) bytes are no leaf")
            return
        }
        if leaf.decision == .keyChanged { keyChanges.append((number, leaf.digest)) }
        guard leaf.isOfTopic else { return }
        if leaf.decision == .stray {
            guard let run = StrayRun(leaf) else {
                findings.add(
                    .malformedLeaf, subject.party, leaf: number, "it does not say how many messages it is about")
                return
            }
            strays[leaf.topic, default: StrayCount()].take(run, at: leaf.time, leaf: number)
        }
        follow(Place(topic: leaf.topic, partition: leaf.partition), leaf, number, &findings)
    }

    /// Within a partition each leaf is of the offset after the one before.
    private mutating func follow(
        _ place: Place, _ leaf: JournalLeaf, _ number: Int64, _ findings: inout FindingList
    ) {
        if recent?.place != place {
            if let recent { offsets[recent.place] = recent.next }
            recent = offsets[place].map { (place, $0) } ?? (subject.isAuditor ? (place, 0) : nil)
        }
        if let next = recent?.next, next != leaf.offset {
            findings.add(
                .offset, subject.party, leaf: number, message: leaf.message.description,
                "\(subject.topicName(place.topic))/\(place.partition) goes from offset \(next &- 1) to \(leaf.offset)")
        }
        recent = (place, leaf.lastOffset &+ 1)
    }

    /// Appends leaves to the tree and compares it wherever a checkpoint was signed.
    private mutating func grow(_ bytes: UnsafeRawBufferPointer, _ count: Int, _ findings: inout FindingList) {
        guard isWhole else { return }
        var hashes: [TreeHash] = []
        unsafe TreeHash.appendLeaves(bytes.bytes, width: JournalLeaf.width, to: &hashes)
        var done = 0
        while let size = nextStop, size <= tree.size + UInt64(count - done) {
            let part = Int(size - tree.size)
            tree.append(contentsOf: hashes[done..<done + part])
            done += part
            compareHeads(&findings)
            while let mark = marks.first, mark == tree.size {
                marks.removeFirst()
                roots[mark] = tree.root
            }
        }
        tree.append(contentsOf: hashes[done...])
    }

    /// The next size at which the root is asked for.
    private var nextStop: UInt64? {
        guard let mark = marks.first else { return heads.first?.size }
        return min(mark, heads.first?.size ?? mark)
    }

    /// The root over the first leaves; nil where it was not asked for, or the leaves are not there.
    func root(at size: UInt64) -> TreeHash? { roots[size] }

    private mutating func compareHeads(_ findings: inout FindingList) {
        while let head = heads.first, head.size == tree.size {
            heads.removeFirst()
            if head.root == tree.root {
                agreed = head.size
            } else {
                disagreed += 1
                guard disagreed == 1 else { continue }
                findings.add(
                    .rootMismatch, subject.party, leaf: Int64(clamping: agreed),
                    "a leaf from \(agreed) to \(head.size - 1) is not what was signed: \(head.place) has the root "
                        + "\(head.root), the journal \(tree.root)")
            }
        }
    }

    /// Ends the pass: nothing may be signed that is not there.
    /// - Parameter isLive: Whether the party runs, and may not have come to its first checkpoint.
    mutating func end(isLive: Bool = false, _ findings: inout FindingList) {
        if let recent { offsets[recent.place] = recent.next }
        if let last = heads.last, Int64(clamping: last.size) > leaves {
            findings.add(
                .rolledBack, subject.party, leaf: leaves,
                "\(last.place) is of \(last.size) leaves, the journal has \(leaves): its end is gone, or an older copy "
                    + "was put in its place")
        }
        if !isLive, isWhole, leaves > 0, agreed == 0, disagreed == 0, heads.isEmpty {
            findings.add(.unsigned, subject.party, leaf: 0, "no checkpoint covers the journal's \(leaves) leaves")
        }
    }

    /// Leaves under the last checkpoint that agrees.
    var signedLeaves: Int64 { Int64(clamping: agreed) }

    /// Leaves after the last checkpoint that agrees; those of the last second before a process was ended by force.
    var unsignedLeaves: Int64 { leaves &- Int64(clamping: agreed) }
}

extension JournalLeaf {
    /// Whether the leaf is about a record of a topic, and not about an act of its own log's party or a command to it.
    var isOfTopic: Bool {
        switch decision {
        case .sent, .looked, .keyChanged, .obeyed, .changed: false
        default: topic != PartyCommand.leafTopic
        }
    }

    /// Whether the leaf is about a message of the exchange, and its type and identifier are the message's.
    var isAboutMessage: Bool { type != 0 && topic != PartyCommand.leafTopic }
}
