public import Vocabulary

/// Who may have which part of a visit, and by what: the section `release` of a topology file.
public struct ReleasePlan: Sendable, Hashable {
    /// What one recipient may have.
    public struct Rule: Sendable, Hashable {
        /// Who.
        public var recipient: ReleaseRecipient
        /// What.
        public var parts: RecordPartSet
        /// The text that says so, and what of it is not confirmed.
        public var source: String

        /// Takes all fields.
        public init(to recipient: ReleaseRecipient, _ parts: RecordPartSet, source: String) {
            self.recipient = recipient
            self.parts = parts
            self.source = source
        }
    }

    /// The only recipients of a part that the law gives to a closed list.
    public struct ClosedList: Sendable, Hashable {
        /// The part.
        public var part: RecordPart
        /// Who may have it.
        public var recipients: [ReleaseRecipient]
        /// The text that closes the list.
        public var source: String

        /// Takes all fields.
        public init(of part: RecordPart, _ recipients: [ReleaseRecipient], source: String) {
            self.part = part
            self.recipients = recipients
            self.source = source
        }
    }

    /// A rule for each recipient, in file order.
    public var rules: [Rule]
    /// The closed lists, in file order.
    public var closedLists: [ClosedList]

    /// Takes all fields, unchecked.
    public init(rules: [Rule], closedLists: [ClosedList] = []) {
        self.rules = rules
        self.closedLists = closedLists
    }

    /// The rule for a recipient.
    public func rule(for recipient: ReleaseRecipient) -> Rule? { rules.first { $0.recipient == recipient } }

    /// The closed list of a part; nil for one that the law gives to no closed list.
    public func closedList(of part: RecordPart) -> ClosedList? { closedLists.first { $0.part == part } }

    /// The rules as a core asks them.
    public var releases: Releases {
        Releases(Dictionary(rules.map { ($0.recipient, $0.parts) }) { first, _ in first })
    }
}

extension Topology {
    /// Who may have which part of a visit; without a section `release` the blocks as the messages have them, and no table.
    public var releases: Releases { release?.releases ?? .blocksOnly }

    /// What of a visit whoever reads the facilities' records may have.
    public var releasedByFacilities: RecordPartSet {
        let readers = topics(carrying: .facilityRecord).flatMap(\.readers).compactMap(party(named:))
        return readers.first.map { releases[ReleaseRecipient($0.role)] } ?? .blocks
    }

    /// Why a recipient has a part or not, in the words of the file.
    public func releaseSource(of part: RecordPart, to recipient: ReleaseRecipient) -> String {
        guard let release else { return "the topology has no release rules: blocks only" }
        if let list = release.closedList(of: part), !list.recipients.contains(recipient) {
            return "closed list of \(part.name): \(list.source)"
        }
        return release.rule(for: recipient)?.source ?? ""
    }
}
