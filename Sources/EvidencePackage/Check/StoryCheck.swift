import Audit
import ExchangeSchema
import PartyCore
import Vocabulary

/// Whether the leaves of a package tell one story: what was received was sent, and alike; what caused a message was
/// received before it was sent, within a party by the order of its leaves, between two by their clocks.
public struct StoryCheck {
    private(set) var findings: [(file: String, text: String)] = []
    private let skew: Int64

    /// By how much the clocks of two parties may differ where nobody says otherwise; milliseconds. Simulator-defined: clocks
    /// that are kept by the network differ by less than a second.
    public static let usualSkew: Int64 = 60_000

    init(_ leaves: [RecordLeaf], skew: Int64) {
        self.skew = skew
        let sent = Dictionary(grouping: leaves.filter { $0.leaf.decision == .sent }, by: \.leaf.message)
        let received = leaves.filter { $0.leaf.decision != .sent }
        for leaf in received where Self.isMessage(leaf) { compare(leaf, sent[leaf.leaf.message] ?? []) }
        let messages = Set(leaves.map(\.leaf.message))
        for leaf in leaves where leaf.leaf.decision == .sent && messages.contains(leaf.leaf.cause) {
            let isCaused = received.contains {
                $0.party == leaf.party && $0.leaf.message == leaf.leaf.cause && $0.number < leaf.number
            }
            if !isCaused {
                add(leaf, "sent because of \(leaf.leaf.cause), which \(leaf.party) had not received")
            }
        }
    }

    private static func isMessage(_ leaf: RecordLeaf) -> Bool {
        leaf.leaf.decision != .looked && leaf.leaf.decision != .keyChanged
    }

    private mutating func compare(_ leaf: RecordLeaf, _ sent: [RecordLeaf]) {
        guard let first = sent.first else {
            // A visit may come from somebody who keeps no journal here.
            if leaf.type != .facilityRecord { add(leaf, "received, and no journal says that it was sent") }
            return
        }
        compareTimes(leaf, sent)
        if !sent.contains(where: { $0.leaf.digest == leaf.leaf.digest }) {
            add(
                leaf,
                "received with the digest \(leaf.leaf.digest), \(first.party) sent it with \(first.leaf.digest) (leaf "
                    + "\(first.number))")
        }
    }

    /// A message is not received before it was sent. Of copies the earliest counts.
    private mutating func compareTimes(_ leaf: RecordLeaf, _ sent: [RecordLeaf]) {
        guard let first = sent.min(by: { $0.leaf.time < $1.leaf.time }) else { return }
        let early = first.leaf.time.subtractingReportingOverflow(leaf.leaf.time)
        guard !early.overflow, early.partialValue > skew else { return }
        add(
            leaf,
            "received \(early.partialValue) ms before \(first.party) sent it (leaf \(first.number)), by their clocks, which may "
                + "differ by \(skew) ms")
    }

    private mutating func add(_ leaf: RecordLeaf, _ text: String) {
        findings.append(("leaves/\(leaf.party)/\(leaf.number).leaf", text))
    }
}
