import NIOCore

/// Writes Kafka's primitive types into one buffer, compact where `flexible`: the mirror of ``WireReader``.
struct WireWriter {
    var buffer: ByteBuffer
    let flexible: Bool

    init(capacity: Int = 512, flexible: Bool) {
        buffer = ByteBufferAllocator().buffer(capacity: capacity)
        self.flexible = flexible
    }

    mutating func integer<T: FixedWidthInteger>(_ value: T) { buffer.writeInteger(value) }

    mutating func boolean(_ value: Bool) { buffer.writeInteger(value ? 1 : 0, as: UInt8.self) }

    mutating func error(_ code: ErrorCode) { buffer.writeInteger(code.rawValue) }

    mutating func unsignedVarint(_ value: Int) {
        var rest = UInt64(max(0, value))
        while rest >= 0x80 {
            buffer.writeInteger(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        buffer.writeInteger(UInt8(truncatingIfNeeded: rest))
    }

    mutating func string(_ value: String) { nullableString(value) }

    /// Longer than Kafka's 16-bit length allows cannot come from a request, so it is cut rather than trapped on.
    mutating func nullableString(_ value: String?) {
        guard let value else { return length(-1, as: Int16.self) }
        let bytes = value.utf8.prefix(Int(Int16.max))
        length(bytes.count, as: Int16.self)
        buffer.writeBytes(bytes)
    }

    mutating func nullableBytes(_ value: ByteBuffer?) {
        guard let value else { return length(-1, as: Int32.self) }
        length(value.readableBytes, as: Int32.self)
        buffer.writeImmutableBuffer(value)
    }

    mutating func bytes(_ value: [UInt8]) {
        length(value.count, as: Int32.self)
        buffer.writeBytes(value)
    }

    mutating func array<T>(_ elements: [T]?, _ element: (inout WireWriter, T) -> Void) {
        guard let elements else { return length(-1, as: Int32.self) }
        length(elements.count, as: Int32.self)
        for each in elements { element(&self, each) }
    }

    /// No tagged fields.
    mutating func tags() {
        if flexible { buffer.writeInteger(0, as: UInt8.self) }
    }

    private mutating func length<T: FixedWidthInteger>(_ count: Int, as type: T.Type) {
        if flexible {
            unsignedVarint(count + 1)
        } else {
            buffer.writeInteger(T(truncatingIfNeeded: count))
        }
    }
}
