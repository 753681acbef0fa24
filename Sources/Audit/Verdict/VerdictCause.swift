/// One thing that is the matter: how much, where, since when, and who has to act.
public struct VerdictCause: Sendable, Codable, Equatable {
    /// What is the matter.
    public enum Kind: String, Sendable, Codable, CaseIterable {
        /// Evidence is gone, or an older copy was put in its place.
        case evidenceGone
        /// Evidence was changed after it was written.
        case evidenceChanged
        /// A log has shown two histories.
        case twoHistories
        /// A signature, a key or a cosignature does not hold.
        case signatureBroken
        /// What people did is not written down as it should be.
        case accessAltered
        /// Entries stand in the book of another person.
        case wrongBook
        /// Messages for one province went to another.
        case wrongProvince
        /// A part of visits reached a party that may not have it.
        case partGivenAway
        /// Messages that no party of the topology sent came to its topics.
        case strangers
        /// The counts of the parties do not agree.
        case countsDisagree
        /// Records are held, because an agreement is not signed by all.
        case heldByAgreement
        /// Records stand still for longer than the stated age.
        case standsStill
        /// A service level was not kept.
        case serviceLevel

        /// How grave it is.
        public var level: ReportVerdict.Level {
            switch self {
            // Of what strangers sent nothing was counted.
            case .strangers, .heldByAgreement, .standsStill, .serviceLevel: .amber
            default: .red
            }
        }

        /// What a finding comes under.
        public init(_ kind: AuditFinding.Kind) {
            self =
                switch kind {
                case .unreadable, .gap, .rolledBack, .pin: .evidenceGone
                case .splitView: .twoHistories
                case .badCheckpoint, .cosignature, .unsigned, .signature, .key: .signatureBroken
                case .access: .accessAltered
                case .misdirected: .wrongProvince
                case .release: .partGivenAway
                case .stray: .strangers
                case .missing, .late, .extra, .altered, .doubled, .unobserved: .countsDisagree
                // Whatever else is found is evidence that is not as it was written.
                default: .evidenceChanged
                }
        }
    }

    /// What is the matter.
    public var kind: Kind
    /// How much: findings, records, or cases of a service level.
    public var count: Int64
    /// Out of how many; nil where that has no meaning.
    public var total: Int64?
    /// Where: the parties in whose evidence it is, or at which records stand.
    public var parties: [String]
    /// The topics concerned; empty for none.
    public var topics: [String] = []
    /// Since when; Unix milliseconds, nil when the evidence does not say.
    public var since: Int64?
    /// The parties that have to act.
    public var actors: [String]
    /// The agreement that holds records; nil for none.
    public var agreement: String?
    /// Those who have not signed it.
    public var unsigned: [String] = []
    /// Why records wait; nil where none do.
    public var waiting: WaitingCause?
    /// The service level; nil for none.
    public var service: ServiceLevel?
    /// Of a broken service level, how many are not done yet; nil for everything else.
    public var open: Int64?
    /// The first findings, a line each; they name leaves, messages and digests.
    public var examples: [String] = []

    init(_ kind: Kind, count: Int64, of total: Int64? = nil, at parties: [String], actors: [String]) {
        self.kind = kind
        self.count = count
        self.total = total
        self.parties = parties
        self.actors = actors
    }
}
