public import Vocabulary

/// A part of a payload that has a digest of its own. The raw value is its place among the salts.
public enum PayloadPart: UInt8, Sendable, CaseIterable {
    /// All that is in no block: the payload without the contents of its block fields.
    case rest = 0
    /// Who the person is.
    case administrative = 1
    /// Card, cost, and what the fund pays.
    case insurance = 2
    /// Diagnosis and course.
    case clinical = 3
    /// Drugs, services, results and notes.
    case clinicalDetails = 4
    /// One of the tables that travel as they are, by ``Vocabulary/RecordPart``; a message without tables has none of these.
    case xml0 = 5
    case xml6 = 6
    case xml7 = 7
    case xml8 = 8
    case xml9 = 9
    case xml10 = 10
    case xml11 = 11
    case xml12 = 12
    case xml13 = 13
    case xml14 = 14
    case xml15 = 15

    /// The blocks, in the order in which every message carries them.
    static let blocks: [PayloadPart] = [.administrative, .insurance, .clinical, .clinicalDetails]

    /// The block with this place among ``blocks``.
    static func block(_ place: Int) -> PayloadPart { PayloadPart(rawValue: UInt8(place + 1)) ?? .rest }

    /// The tables, in the order in which every message carries them.
    static let tables: [PayloadPart] = RecordPart.tables.compactMap { PayloadPart(rawValue: $0.rawValue) }

    /// The table with this place among ``tables``.
    static func table(_ place: Int) -> PayloadPart { PayloadPart(rawValue: UInt8(place + 5)) ?? .rest }

    /// What of a visit it is; nil for the rest.
    public var recordPart: RecordPart? { RecordPart(rawValue: rawValue) }
}

extension MessageType {
    /// Field number of the first block, and how many follow each other; nil for a message without blocks.
    var blockFields: (first: UInt64, count: Int)? {
        switch self {
        case .facilityRecord, .assessedRecord: (5, 4)
        case .acceptedRecord: (5, 2)
        case .bookEntry: (9, 4)
        case .assessment, .identityCheck, .identityResult, .correction, .agreementSignature, .sharingNotice,
            .civilStatus, .bookHandover, .assessmentFeedback, .insuranceNotice, .historyRequest, .sharedHistory,
            .provinceCoverage:
            nil
        }
    }
}
