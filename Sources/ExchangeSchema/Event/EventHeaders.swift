/// The CloudEvents attributes of a record in Kafka binary content mode, and how their values are written.
///
/// CloudEvents 1.0.2, Kafka Protocol Binding, section 3.2; the sequence extension; W3C Trace Context for `traceparent`.
public enum EventHeaders {
    /// Header names in the order in which the exchange writes them.
    public static let names = EventAttribute.allCases.map(\.header)
    /// Value of `ce_specversion`.
    public static let specificationVersion = "1.0"
    /// Value of `content-type`.
    public static let contentType = "application/protobuf"

    /// Appends `ce_time`: RFC 3339, UTC, milliseconds; always 24 bytes for years 1970 to 9999.
    public static func appendTime(_ milliseconds: Int64, to bytes: inout [UInt8]) {
        let (quotient, remainder) = milliseconds.quotientAndRemainder(dividingBy: 86_400_000)
        let days = remainder < 0 ? quotient - 1 : quotient
        let rest = Int(remainder < 0 ? remainder + 86_400_000 : remainder)
        let (year, month, day) = civil(fromDays: days)
        appendDigits(year, width: 4, to: &bytes)
        bytes.append(0x2D)
        appendDigits(month, width: 2, to: &bytes)
        bytes.append(0x2D)
        appendDigits(day, width: 2, to: &bytes)
        bytes.append(0x54)
        appendDigits(rest / 3_600_000, width: 2, to: &bytes)
        bytes.append(0x3A)
        appendDigits(rest / 60_000 % 60, width: 2, to: &bytes)
        bytes.append(0x3A)
        appendDigits(rest / 1000 % 60, width: 2, to: &bytes)
        bytes.append(0x2E)
        appendDigits(rest % 1000, width: 3, to: &bytes)
        bytes.append(0x5A)
    }

    /// Appends `ce_sequence`: the sender's journal sequence number, 16 decimal digits, so that text order is number
    /// order (CloudEvents sequence extension).
    public static func appendSequence(_ sequence: Int64, to bytes: inout [UInt8]) {
        appendDigits(Int(sequence), width: 16, to: &bytes)
    }

    /// Appends `traceparent`: the record is the trace, the message the span, always sampled; 55 bytes.
    public static func appendTraceParent(
        record: RecordIdentifier, message: MessageIdentifier, to bytes: inout [UInt8]
    ) {
        bytes.append(contentsOf: [0x30, 0x30, 0x2D])
        HexadecimalDigits.append(record.high, to: &bytes)
        HexadecimalDigits.append(record.low, to: &bytes)
        bytes.append(0x2D)
        HexadecimalDigits.append(message.uuid.low, to: &bytes)
        bytes.append(contentsOf: [0x2D, 0x30, 0x31])
    }

    private static func appendDigits(_ value: Int, width: Int, to bytes: inout [UInt8]) {
        let start = bytes.count
        bytes.append(contentsOf: repeatElement(0x30, count: width))
        var rest = value
        var index = start + width - 1
        while rest > 0, index >= start {
            bytes[index] = 0x30 + UInt8(rest % 10)
            rest /= 10
            index -= 1
        }
    }

    /// Gregorian date of a day number since 1970-01-01, by counting eras of 400 years from 1 March.
    private static func civil(fromDays days: Int64) -> (year: Int, month: Int, day: Int) {
        let shifted = Int(days) + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
    }
}
