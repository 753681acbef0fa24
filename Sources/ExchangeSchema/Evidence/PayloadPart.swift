import Vocabulary

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

    /// The blocks, in the order in which every message carries them.
    static let blocks: [PayloadPart] = [.administrative, .insurance, .clinical, .clinicalDetails]

    /// The block with this place among ``blocks``.
    static func block(_ place: Int) -> PayloadPart { PayloadPart(rawValue: UInt8(place + 1)) ?? .rest }
}

extension MessageType {
    /// Field number of the first block, and how many follow each other; nil for a message without blocks.
    var blockFields: (first: UInt64, count: Int)? {
        switch self {
        case .facilityRecord, .assessedRecord: (5, 4)
        case .acceptedRecord: (5, 2)
        case .bookEntry: (9, 4)
        case .assessment, .identityCheck, .identityResult, .correction, .agreementSignature, .sharingNotice,
            .civilStatus, .bookHandover, .assessmentFeedback, .insuranceNotice, .historyRequest, .sharedHistory:
            nil
        }
    }
}

/// Where the contents of the blocks lie in an encoded message (Protocol Buffers, "Encoding": tags, varints, lengths).
///
/// Whatever the bytes are, they are cut into parts from which they can be put together again in one way only: the first
/// field with a block's number is the block, and behind bytes that are no fields nothing is looked for.
struct BlockRanges {
    private(set) var ranges: InlineArray<4, Range<Int>> = .init(repeating: 0..<0)

    init(_ bytes: UnsafeRawBufferPointer, fields: (first: UInt64, count: Int)) {
        var at = 0
        var seen: InlineArray<4, Bool> = .init(repeating: false)
        while at < bytes.count, let tag = Self.varint(bytes, &at) {
            switch tag & 7 {
            case 0:
                guard Self.varint(bytes, &at) != nil else { return }
            case 1: at += 8
            case 2:
                guard let length = Self.varint(bytes, &at), length <= UInt64(bytes.count - at) else { return }
                let block = tag >> 3 &- fields.first
                if block < UInt64(fields.count), !seen[Int(block)] {
                    seen[Int(block)] = true
                    ranges[Int(block)] = at..<at + Int(length)
                }
                at += Int(length)
            case 5: at += 4
            default: return
            }
        }
    }

    private static func varint(_ bytes: UnsafeRawBufferPointer, _ at: inout Int) -> UInt64? {
        var value: UInt64 = 0
        for shift in stride(from: UInt64(0), to: 64, by: 7) {
            guard at < bytes.count else { return nil }
            let byte = bytes[at]
            at += 1
            value |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return value }
        }
        return nil
    }
}
