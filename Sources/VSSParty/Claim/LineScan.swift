import ExchangeSchema

/// A row of XML2 or XML3, as far as the rules of amounts look at it.
struct ClaimLine {
    /// Its table.
    enum Table: String {
        case drug = "XML2"
        case service = "XML3"
    }

    var table: Table
    /// STT.
    var number: Range<Int> = 0..<0
    /// MUC_HUONG.
    var share: Range<Int> = 0..<0
    /// NGAY_YL.
    var ordered: Range<Int> = 0..<0
    /// THANH_TIEN_BV, THANH_TIEN_BH, T_BNCCT, T_BHTT in hundredths of a dong; what is no amount counts as none.
    var total: Int64 = 0
    var covered: Int64 = 0
    var patientPart: Int64 = 0
    var fund: Int64 = 0
}

/// Reads the rows of XML2 and XML3 in an encoded ClinicalDetails without decoding the message: of some forty fields of a row
/// seven are looked at. Protocol Buffers encoding; field numbers are those of `blocks.proto`, and a test compares with the
/// decoded message.
struct LineScan {
    /// The encoded ClinicalDetails.
    let bytes: UnsafeRawBufferPointer
    /// Its rows, drugs and services in the order in which they stand.
    private(set) var lines: [ClaimLine] = []

    init(_ bytes: UnsafeRawBufferPointer) {
        self.bytes = bytes
        var at = 0
        while let field = Self.next(bytes, &at, bytes.count) {
            switch field.number {
            case 1: lines.append(row(.drug, field.content))
            case 2: lines.append(row(.service, field.content))
            default: break
            }
        }
    }

    /// The text of a field.
    func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

    /// Hundredths of a number; nil where there is none.
    func hundredths(_ range: Range<Int>) -> Int64? {
        Amount.hundredths(UnsafeRawBufferPointer(rebasing: bytes[range]))
    }

    /// The day of a time, `yyyymmdd`; nil where there is none.
    func day(_ range: Range<Int>) -> Int32? {
        guard range.count >= 8 else { return nil }
        var number: Int32 = 0
        for place in range.prefix(8) {
            let digit = bytes[place] &- 0x30
            guard digit < 10 else { return nil }
            number = number * 10 + Int32(digit)
        }
        return number
    }

    private func row(_ table: ClaimLine.Table, _ content: Range<Int>) -> ClaimLine {
        var line = ClaimLine(table: table)
        var at = content.lowerBound
        while let field = Self.next(bytes, &at, content.upperBound) {
            switch (table, field.number) {
            case (_, 2): line.number = field.content
            case (.drug, 20), (.service, 19): line.total = hundredths(field.content) ?? 0
            case (.drug, 21), (.service, 20): line.covered = hundredths(field.content) ?? 0
            case (.drug, 27), (.service, 22): line.share = field.content
            case (_, 29): line.patientPart = hundredths(field.content) ?? 0
            case (_, 30): line.fund = hundredths(field.content) ?? 0
            case (.drug, 34), (.service, 37): line.ordered = field.content
            default: break
            }
        }
        return line
    }

    /// The next length-delimited field; all fields of rows are texts. nil at the end, and where the bytes are no message.
    private static func next(
        _ bytes: UnsafeRawBufferPointer, _ at: inout Int, _ end: Int
    ) -> (number: UInt64, content: Range<Int>)? {
        guard at < end, let tag = varint(bytes, &at, end), tag & 7 == 2, let length = varint(bytes, &at, end),
            length <= UInt64(end - at)
        else { return nil }
        let start = at
        at += Int(length)
        return (tag >> 3, start..<at)
    }

    private static func varint(_ bytes: UnsafeRawBufferPointer, _ at: inout Int, _ end: Int) -> UInt64? {
        var value: UInt64 = 0
        for shift in stride(from: UInt64(0), to: 64, by: 7) {
            guard at < end else { return nil }
            let byte = bytes[at]
            at += 1
            value |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return value }
        }
        return nil
    }
}
