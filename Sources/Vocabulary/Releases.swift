/// To whom a part of a visit may be released.
public enum ReleaseRecipient: String, CaseIterable, Sendable, Hashable, Codable {
    /// Facilities other than the one that wrote the visit.
    case facility
    /// The Ministry of Health, which takes records in and passes them on.
    case moh
    /// Vietnam Social Security.
    case vss
    /// The population database.
    case c06
    /// The provinces.
    case locality
    /// The health book that MoH keeps: what it has for longer than a record is pending.
    case book

    /// The recipient that a party is.
    public init(_ role: PartyRole) {
        self =
            switch role {
            case .facility: .facility
            case .moh: .moh
            case .vss: .vss
            case .c06: .c06
            case .locality: .locality
            }
    }
}

/// Which parts of a visit each recipient may have: what the release rules of a topology say, in the form that a core asks.
public struct Releases: Sendable, Hashable {
    private var moh: RecordPartSet
    private var vss: RecordPartSet
    private var locality: RecordPartSet
    private var book: RecordPartSet
    private var facility: RecordPartSet
    private var c06: RecordPartSet

    /// Where nobody says otherwise: the blocks as the messages have them, and no table to anybody.
    public static let blocksOnly = Releases([:])

    /// What some recipients may have; all others have the blocks and no table, and C06 nothing.
    public init(_ rules: [ReleaseRecipient: RecordPartSet]) {
        moh = rules[.moh] ?? .blocks
        vss = rules[.vss] ?? .blocks
        locality = rules[.locality] ?? .blocks
        book = rules[.book] ?? .blocks
        facility = rules[.facility] ?? .blocks
        c06 = rules[.c06] ?? []
    }

    /// What a recipient may have.
    public subscript(recipient: ReleaseRecipient) -> RecordPartSet {
        switch recipient {
        case .moh: moh
        case .vss: vss
        case .locality: locality
        case .book: book
        case .facility: facility
        case .c06: c06
        }
    }
}
