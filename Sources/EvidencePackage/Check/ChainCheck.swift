import Audit
import ExchangeSchema
import PartyCore

/// The leaves of one log about a record are a chain: each names the one before it. So a package cannot leave one out but at
/// the end.
struct ChainCheck {
    /// Numbers that leaves about the record name as the one before them, near and far.
    private(set) var named: Set<Int64> = []
    private let leaves: [(number: Int64, leaf: JournalLeaf)]

    /// - Parameters:
    ///   - leaves: Those of one log, as the package has them.
    ///   - isAboutRecord: Whether a leaf is about the record by itself.
    init(_ leaves: [(number: Int64, leaf: JournalLeaf)], isAboutRecord: (JournalLeaf) -> Bool) {
        var chain: [(number: Int64, leaf: JournalLeaf)] = []
        for entry in leaves.sorted(by: { $0.number > $1.number })
        where entry.leaf.decision != .observed && !entry.leaf.isOfVerdict
            && (named.contains(entry.number) || isAboutRecord(entry.leaf))
        {
            chain.append(entry)
            if case .leaf(let before) = entry.leaf.previous { named.insert(before) }
        }
        self.leaves = chain.reversed()
    }

    /// What is missing.
    var findings: [(number: Int64, text: String)] {
        var before = PreviousLeaf.first
        var found: [(Int64, String)] = []
        for entry in leaves {
            if entry.leaf.previous != before {
                found.append((entry.number, Self.text(entry.leaf.previous, before)))
            }
            before = .leaf(entry.number)
        }
        return found
    }

    private static func text(_ said: PreviousLeaf, _ there: PreviousLeaf) -> String {
        switch (said, there) {
        case (.leaf(let number), _):
            "incomplete: it says that leaf \(number) is the one before it about the same record, and the package does not have "
                + "that leaf there"
        case (.first, .leaf(let number)):
            "it says that it is the first about the record, and leaf \(number) comes before it"
        default: "it is of no chain of leaves about a record"
        }
    }
}
