/// Goes over the fields of an encoded message, one after the other, without making a message of them (Protocol Buffers,
/// "Encoding"). What is a message here is one for the library too, and what is none here is none there.
public struct EncodedFields: Sendable {
    /// What a field holds.
    public enum Kind: Sendable {
        /// A whole number, in ``value``.
        case number
        /// A text, bytes or a message, in ``content``.
        case bytes
        /// What no field of the exchange is.
        case other
    }

    /// Number of the field.
    public private(set) var number = 0
    /// What it holds.
    public private(set) var kind = Kind.other
    /// Its number, where it is one.
    public private(set) var value: UInt64 = 0
    /// Where its bytes lie, where it is of bytes.
    public private(set) var content = 0..<0
    /// Whether it ended before the message did: the bytes are no message.
    public private(set) var isMalformed = false
    /// Where the next field begins.
    public private(set) var at: Int
    private let end: Int

    /// The fields of a message that lies there.
    public init(_ range: Range<Int>) { (at, end) = (range.lowerBound, range.upperBound) }

    /// Moves to the next field; false at the end, and where the bytes are no message.
    @inline(__always)
    public mutating func next(in bytes: Span<UInt8>) -> Bool {
        guard at < end, !isMalformed else { return false }
        guard let tag = tag(bytes) else { return fail() }
        number = Int(tag >> 3)
        switch tag & 7 {
        case 2:
            guard let length = varint(bytes), length <= UInt64(end - at) else { return fail() }
            content = at..<at + Int(length)
            at = content.upperBound
            kind = .bytes
        case 0:
            guard let found = varint(bytes) else { return fail() }
            value = found
            kind = .number
        default:
            guard skip(tag, bytes, depth: 0) else { return fail() }
            kind = .other
        }
        return true
    }

    private mutating func fail() -> Bool {
        isMalformed = true
        return false
    }

    /// A field's number and kind; nil where they are none.
    @inline(__always)
    private mutating func tag(_ bytes: Span<UInt8>) -> UInt64? {
        guard let tag = varint(bytes), tag < UInt64(UInt32.max), tag >> 3 != 0, tag & 7 < 6 else { return nil }
        return tag
    }

    @inline(__always)
    private mutating func varint(_ bytes: Span<UInt8>) -> UInt64? {
        guard at < end else { return nil }
        let first = bytes[at]
        at += 1
        return first < 0x80 ? UInt64(first) : longVarint(bytes, UInt64(first & 0x7F))
    }

    private mutating func longVarint(_ bytes: Span<UInt8>, _ start: UInt64) -> UInt64? {
        var value = start
        for shift in stride(from: UInt64(7), to: 64, by: 7) {
            guard at < end else { return nil }
            let byte = bytes[at]
            at += 1
            value |= UInt64(byte & 0x7F) &<< shift
            if byte < 0x80 { return value }
        }
        return nil
    }

    /// Goes over a field of fixed length, or over a group with all that is in it.
    private mutating func skip(_ tag: UInt64, _ bytes: Span<UInt8>, depth: Int) -> Bool {
        switch tag & 7 {
        case 0: return varint(bytes) != nil
        case 1: return move(by: 8)
        case 2:
            guard let length = varint(bytes) else { return false }
            return length <= UInt64(end - at) && move(by: Int(length))
        case 3:
            // As deep as the library goes.
            guard depth < 90 else { return false }
            while let inner = self.tag(bytes) {
                if inner & 7 == 4 { return inner >> 3 == tag >> 3 }
                guard skip(inner, bytes, depth: depth + 1) else { return false }
            }
            return false
        case 5: return move(by: 4)
        default: return false
        }
    }

    private mutating func move(by count: Int) -> Bool {
        guard count <= end - at else { return false }
        at += count
        return true
    }
}
