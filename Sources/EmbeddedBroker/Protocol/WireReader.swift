import NIOCore

/// Reads Kafka's primitive types from a frame; every read is checked against the bytes that are there.
///
/// `flexible` switches strings, arrays and byte fields to the compact forms of KIP-482 and makes ``tags()`` read the
/// tagged fields. Layouts: Kafka protocol guide, "Protocol Primitive Types".
struct WireReader {
    /// No request that makes sense needs more elements in one array; a bound on what one frame can make us allocate.
    static let maximumElements = 100_000

    private var buffer: ByteBuffer
    let flexible: Bool

    init(_ buffer: ByteBuffer, flexible: Bool) {
        self.buffer = buffer
        self.flexible = flexible
    }

    var remaining: Int { buffer.readableBytes }

    /// The same bytes from here on, read in the other form: the header of a request decides the form of its body.
    func rest(flexible: Bool) -> WireReader { WireReader(buffer, flexible: flexible) }

    mutating func integer<T: FixedWidthInteger>(_ what: String, as type: T.Type = T.self) throws(ProtocolError) -> T {
        guard let value = buffer.readInteger(as: type) else { throw .truncated(wanting: what) }
        return value
    }

    mutating func boolean(_ what: String) throws(ProtocolError) -> Bool {
        try integer(what, as: UInt8.self) != 0
    }

    /// At most five bytes, as a 32-bit value needs; a longer one is refused.
    mutating func unsignedVarint(_ what: String) throws(ProtocolError) -> Int {
        var value: UInt64 = 0
        for shift in stride(from: UInt64(0), to: 35, by: 7) {
            let byte = try integer(what, as: UInt8.self)
            value |= UInt64(byte & 0x7F) << shift
            if byte & 0x80 == 0 {
                guard value <= UInt64(Int32.max) else { throw .truncated(wanting: what) }
                return Int(value)
            }
        }
        throw .truncated(wanting: what)
    }

    mutating func string(_ what: String) throws(ProtocolError) -> String {
        guard let value = try nullableString(what) else { throw .negativeLength(of: what) }
        return value
    }

    mutating func nullableString(_ what: String) throws(ProtocolError) -> String? {
        let length = flexible ? try unsignedVarint(what) - 1 : Int(try integer(what, as: Int16.self))
        return try text(what, length: length)
    }

    /// The client id of a request header: never compact, even in a flexible header (KIP-482).
    mutating func plainNullableString(_ what: String) throws(ProtocolError) -> String? {
        try text(what, length: Int(try integer(what, as: Int16.self)))
    }

    /// A slice that shares the frame's storage; nothing is copied.
    mutating func nullableBytes(_ what: String) throws(ProtocolError) -> ByteBuffer? {
        let length = flexible ? try unsignedVarint(what) - 1 : Int(try integer(what, as: Int32.self))
        if length == -1 { return nil }
        guard length >= 0 else { throw .negativeLength(of: what) }
        guard let slice = buffer.readSlice(length: length) else { throw .truncated(wanting: what) }
        return slice
    }

    mutating func array<T>(
        _ what: String, _ element: (inout WireReader) throws(ProtocolError) -> T
    ) throws(ProtocolError) -> [T] {
        try nullableArray(what, element) ?? []
    }

    mutating func nullableArray<T>(
        _ what: String, _ element: (inout WireReader) throws(ProtocolError) -> T
    ) throws(ProtocolError) -> [T]? {
        let count = flexible ? try unsignedVarint(what) - 1 : Int(try integer(what, as: Int32.self))
        if count == -1 { return nil }
        guard count >= 0 else { throw .negativeLength(of: what) }
        guard count <= min(remaining, Self.maximumElements) else { throw .tooManyElements(count) }
        var elements: [T] = []
        elements.reserveCapacity(min(count, 1_024))
        for _ in 0..<count { elements.append(try element(&self)) }
        return elements
    }

    /// As ``nullableBytes(_:)``, for a field that must be there.
    mutating func bytes(_ what: String) throws(ProtocolError) -> ByteBuffer {
        guard let value = try nullableBytes(what) else { throw .negativeLength(of: what) }
        return value
    }

    mutating func strings(_ what: String) throws(ProtocolError) -> [String] {
        try array(what) { (reader: inout WireReader) throws(ProtocolError) in try reader.string(what) }
    }

    mutating func indices(_ what: String) throws(ProtocolError) -> [Int32] {
        try array(what) { (reader: inout WireReader) throws(ProtocolError) in try reader.integer(what) }
    }

    /// Steps over tagged fields; none that a client of today sends changes what we do.
    mutating func tags() throws(ProtocolError) {
        guard flexible else { return }
        for _ in 0..<(try unsignedVarint("tagged fields")) {
            _ = try unsignedVarint("tag")
            let size = try unsignedVarint("size of a tagged field")
            guard buffer.readableBytes >= size else { throw .truncated(wanting: "tagged field") }
            buffer.moveReaderIndex(forwardBy: size)
        }
    }

    private mutating func text(_ what: String, length: Int) throws(ProtocolError) -> String? {
        if length == -1 { return nil }
        guard length >= 0 else { throw .negativeLength(of: what) }
        guard buffer.readableBytes >= length else { throw .truncated(wanting: what) }
        let value = unsafe buffer.withUnsafeReadableBytes {
            unsafe String(validating: $0.prefix(length), as: UTF8.self)
        }
        guard let value else { throw .notUTF8 }
        buffer.moveReaderIndex(forwardBy: length)
        return value
    }
}
