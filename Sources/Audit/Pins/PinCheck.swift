import TransparencyLog

/// A log of today against a pin of it.
public struct PinEvidence: Sendable, Codable, Equatable {
    /// The party, or the shard.
    public var party: String
    /// File of the pinned checkpoint.
    public var path: String
    /// Leaves of the pinned checkpoint.
    public var pinned: Int64
    /// Others that had cosigned it.
    public var cosigners: Int
    /// Leaves of the log today; 0 when it is not here.
    public var leaves: Int64
    /// Whether the log of today continues it.
    public var isContinued: Bool

    /// For people.
    var line: String {
        "pin of \(party): \(pinned) leaves, cosigned by \(cosigners) then; "
            + (isContinued ? "continued, \(leaves) today" : "NOT CONTINUED")
    }
}

/// Whether the logs of today are those that were pinned: longer or the same, with the same root at the pinned size, and
/// with the same keys or such as the log itself has put in their place.
struct PinCheck {
    private(set) var evidence: [PinEvidence] = []

    init(_ pins: Pins, _ parties: [PartyEvidence], _ findings: inout FindingList) {
        for log in pins.logs {
            guard let party = parties.first(where: { $0.origin == log.keys.origin }) else {
                let most = log.heads.map(\.verified.checkpoint.size).max() ?? 0
                findings.add(
                    .pin, log.name,
                    "the pinned log \(log.keys.origin), of \(most) leaves then, is not here to be compared")
                for head in log.heads { add(head, log.name, leaves: 0, isContinued: false) }
                continue
            }
            if let keys = party.keyList, !keys.continues(log.keys) {
                findings.add(
                    .pin, log.name,
                    "the keys of today do not continue the pinned ones, which end with \(log.keys.newest): others were "
                        + "put in their place")
            }
            for head in log.heads { judge(head, party, &findings) }
        }
    }

    private mutating func judge(_ head: Pins.Head, _ party: PartyEvidence, _ findings: inout FindingList) {
        let (name, pinned, leaves) = (party.subject.party, head.verified.checkpoint, party.pass.leaves)
        let root = party.pass.root(at: pinned.size)
        add(head, name, leaves: leaves, isContinued: root == pinned.root)
        if Int64(clamping: pinned.size) > leaves {
            findings.add(
                .pin, name, leaf: leaves,
                "rolled back from \(pinned.size) leaves to \(leaves): \(head.path) was signed at \(pinned.size), and today's "
                    + "log ends before")
        } else if root == nil {
            findings.add(
                .pin, name,
                "today's log has gaps, so that it cannot be held against \(head.path), of \(pinned.size) leaves")
        } else if root != pinned.root {
            findings.add(
                .pin, name,
                "two histories: of \(pinned.size) leaves \(head.path) has the root \(pinned.root), and today's log, of "
                    + "\(leaves) leaves, has \(root ?? .emptyTree) there: a leaf before \(pinned.size) is another one")
        }
    }

    private mutating func add(_ head: Pins.Head, _ party: String, leaves: Int64, isContinued: Bool) {
        let checkpoint = head.verified.checkpoint
        let names = Set(head.verified.cosignatures.map(\.witness.name)).subtracting([checkpoint.origin])
        evidence.append(
            PinEvidence(
                party: party, path: head.path, pinned: Int64(clamping: checkpoint.size), cosigners: names.count,
                leaves: leaves, isContinued: isContinued))
    }
}
