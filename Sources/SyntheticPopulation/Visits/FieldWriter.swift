/// Appends protobuf fields of text, in the order and form in which the generated code writes them.
///
/// Protocol Buffers encoding: a tag (field number × 8 + 2), the length, the bytes. Empty fields are left out, as
/// proto3 leaves them out.
struct FieldWriter {
    var bytes: [UInt8] = []

    /// A text.
    @inline(__always)
    mutating func text(_ field: Int, _ value: String) {
        let utf8 = value.utf8
        if utf8.isEmpty { return }
        head(field, utf8.count)
        bytes.append(contentsOf: utf8)
    }

    /// Bytes that were encoded before.
    @inline(__always)
    mutating func encoded(_ fields: [UInt8]) { bytes.append(contentsOf: fields) }

    /// A number with leading zeros.
    @inline(__always)
    mutating func digits(_ field: Int, _ value: UInt64, count: Int) {
        head(field, count)
        Decimal.append(value, count: count, to: &bytes)
    }

    /// A number without leading zeros.
    @inline(__always)
    mutating func number(_ field: Int, _ value: UInt64) {
        digits(field, value, count: Decimal.length(value))
    }

    /// An amount in dong with two places after the dot, as the annex asks; zero is written `0`.
    @inline(__always)
    mutating func amount(_ field: Int, _ dong: UInt64) {
        if dong == 0 { return digits(field, 0, count: 1) }
        let length = Decimal.length(dong)
        head(field, length + 3)
        Decimal.append(dong, count: length, to: &bytes)
        bytes.append(0x2E)
        bytes.append(0x30)
        bytes.append(0x30)
    }

    /// A number with one place after the dot.
    @inline(__always)
    mutating func tenths(_ field: Int, _ value: UInt64) {
        let length = Decimal.length(value / 10)
        head(field, length + 2)
        Decimal.append(value / 10, count: length, to: &bytes)
        bytes.append(0x2E)
        bytes.append(0x30 + UInt8(value % 10))
    }

    /// A time, yyyymmddHHMM, of a local minute since 1970.
    @inline(__always)
    mutating func time(_ field: Int, minute: Int) {
        let (day, rest) = minute.quotientAndRemainder(dividingBy: 1_440)
        let number = DayNumber.yyyymmdd(day) * 10_000 + rest / 60 * 100 + rest % 60
        digits(field, UInt64(number), count: 12)
    }

    /// A message inside this one.
    @inline(__always)
    mutating func message(_ field: Int, _ body: (inout FieldWriter) -> Void) {
        let start = bytes.count
        // Room for a length of two bytes, which nearly every row has.
        bytes.append(UInt8(truncatingIfNeeded: field << 3 | 2))
        bytes.append(0)
        bytes.append(0)
        body(&self)
        let length = bytes.count - start - 3
        if length < 0x80 {
            bytes[start + 1] = UInt8(length)
            bytes.remove(at: start + 2)
        } else {
            bytes[start + 1] = UInt8(length & 0x7F) | 0x80
            bytes[start + 2] = UInt8(length >> 7)
        }
    }

    /// Tag and length. Field numbers here are below 2,048 and lengths below 16,384.
    @inline(__always)
    mutating func head(_ field: Int, _ length: Int) {
        let tag = field << 3 | 2
        if tag < 0x80 {
            bytes.append(UInt8(tag))
        } else {
            bytes.append(UInt8(tag & 0x7F) | 0x80)
            bytes.append(UInt8(tag >> 7))
        }
        if length < 0x80 {
            bytes.append(UInt8(length))
        } else {
            bytes.append(UInt8(length & 0x7F) | 0x80)
            bytes.append(UInt8(truncatingIfNeeded: length >> 7))
        }
    }

    /// The fields that a body writes, for tables of what is always the same.
    static func encode(_ body: (inout FieldWriter) -> Void) -> [UInt8] {
        var writer = FieldWriter()
        body(&writer)
        return writer.bytes
    }
}
