public import Vocabulary

/// Finds the citizen number in an encoded message without decoding the message: for those who index millions of them.
///
/// Protocol Buffers encoding: of a field that comes several times the last one counts. Field numbers are those of the
/// `.proto` files; a test compares with the decoded messages.
public enum CitizenNumberScan {
    /// The number as a value below 10^12; nil when the message carries none, or something else than 12 digits.
    public static func number(in payload: RawSpan, type: MessageType) -> UInt64? {
        payload.withUnsafeBytes { bytes in
            let whole = 0..<bytes.count
            switch type {
            case .facilityRecord, .assessedRecord:
                guard let block = field(5, in: bytes, whole) else { return nil }
                return field(5, in: bytes, block).flatMap { digits(bytes, $0) }
            case .identityCheck: return field(3, in: bytes, whole).flatMap { digits(bytes, $0) }
            case .identityResult: return field(6, in: bytes, whole).flatMap { digits(bytes, $0) }
            case .bookEntry: return field(4, in: bytes, whole).flatMap { digits(bytes, $0) }
            case .civilStatus: return field(1, in: bytes, whole).flatMap { digits(bytes, $0) }
            case .bookHandover, .historyRequest, .sharedHistory:
                return field(3, in: bytes, whole).flatMap { digits(bytes, $0) }
            case .acceptedRecord, .assessment, .correction, .agreementSignature, .sharingNotice, .assessmentFeedback,
                .insuranceNotice, .provinceCoverage:
                return nil
            }
        }
    }

    private static func digits(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>) -> UInt64? {
        guard range.count == 12 else { return nil }
        var number: UInt64 = 0
        for place in range {
            let digit = bytes[place] &- 0x30
            guard digit < 10 else { return nil }
            number = number * 10 + UInt64(digit)
        }
        return number
    }

    /// Where the content of a length-delimited field stands; nil when it is not there or the bytes are no message.
    private static func field(_ wanted: UInt64, in bytes: UnsafeRawBufferPointer, _ bounds: Range<Int>) -> Range<Int>? {
        var at = bounds.lowerBound
        var found: Range<Int>?
        while at < bounds.upperBound {
            guard let tag = varint(bytes, &at, bounds.upperBound) else { return nil }
            switch tag & 7 {
            case 0: guard varint(bytes, &at, bounds.upperBound) != nil else { return nil }
            case 1: at += 8
            case 2:
                guard let count = varint(bytes, &at, bounds.upperBound), count <= UInt64(bounds.upperBound - at) else {
                    return nil
                }
                if tag >> 3 == wanted { found = at..<at + Int(count) }
                at += Int(count)
            case 5: at += 4
            default: return nil
            }
        }
        return at == bounds.upperBound ? found : nil
    }

    private static func varint(_ bytes: UnsafeRawBufferPointer, _ at: inout Int, _ end: Int) -> UInt64? {
        var value: UInt64 = 0
        var shift: UInt64 = 0
        while at < end, shift < 64 {
            let byte = bytes[at]
            at += 1
            value |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return value }
            shift += 7
        }
        return nil
    }
}
