public import ExchangeSchema

/// A completed visit, ready to be submitted.
public struct VisitContent: Sendable, Equatable {
    /// The record it becomes.
    public var record: RecordIdentifier
    /// MA_CSKCB of the facility.
    public var facilityCode: String
    /// Encoded AdministrativeBlock.
    public var administrative: [UInt8]
    /// Encoded InsuranceBlock.
    public var insurance: [UInt8]
    /// Encoded ClinicalBlock.
    public var clinical: [UInt8]
    /// Encoded ClinicalDetails.
    public var details: [UInt8]
    /// Tables that travel as they are, in the order of their numbers.
    public var tables: [CarriedTable]

    /// Takes all fields.
    public init(
        record: RecordIdentifier, facilityCode: String, administrative: [UInt8], insurance: [UInt8],
        clinical: [UInt8], details: [UInt8], tables: [CarriedTable] = []
    ) {
        self.record = record
        self.facilityCode = facilityCode
        self.administrative = administrative
        self.insurance = insurance
        self.clinical = clinical
        self.details = details
        self.tables = tables
    }
}

/// Where a facility's visits come from: computed from a seed, or listed. Pure: the same index and
/// revision always give the same visit.
public protocol VisitSource: Sendable {
    /// How many visits there are.
    var count: Int64 { get }
    /// The visit with this index, 0 to `count - 1`, as the facility writes it in this revision, from 1.
    func visit(_ index: Int64, revision: UInt32) -> VisitContent
    /// Whether the facility corrects the visit when it is refused.
    func isCorrected(_ index: Int64, afterRevision: UInt32) -> Bool
    /// Whether sharing this visit in this revision puts it into another person's book, by the known truth.
    func isWrongMatch(_ index: Int64, revision: UInt32) -> Bool
    /// The visit that a facility calls by this number; nil when it is none of these.
    /// - Parameters:
    ///   - facilityCode: MA_CSKCB.
    ///   - episodeCode: MA_LK.
    func index(facilityCode: String, episodeCode: String) -> Int64?
    /// What the facility changes in a visit by itself once it has come so far; nil for nothing.
    func change(_ index: Int64, _ moment: VisitMoment, revision: UInt32) -> VisitChange?
}

extension VisitSource {
    /// Most visits stay as they were submitted.
    public func change(_ index: Int64, _ moment: VisitMoment, revision: UInt32) -> VisitChange? { nil }
}

/// How far a revision of a visit has come.
public enum VisitMoment: Sendable {
    /// It has just been submitted.
    case onceSubmitted
    /// It has come into the book.
    case onceShared
}

/// What a facility does with a visit that has not been refused.
public enum VisitChange: Sendable, Equatable {
    /// Sends its next revision.
    case amended
    /// Takes it back.
    case withdrawn(reason: String)
}

extension VisitContent {
    /// A digest of blocks and tables (FNV-1a, 64 bits): tells a changed visit from a repeated one. Not evidence.
    public var contentDigest: UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        func mix(_ bytes: some Sequence<UInt8>) {
            for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
            hash = (hash ^ 0x100) &* 0x0000_0100_0000_01B3
        }
        for block in [administrative, insurance, clinical, details] { mix(block) }
        for table in tables {
            mix(table.table.utf8)
            mix(table.rows)
        }
        return hash
    }
}
