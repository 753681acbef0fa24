/// Reads what ``ByteWriter`` wrote; every read is checked against the end.
struct ByteReader {
    private let source: [UInt8]
    private var position = 0

    init(_ bytes: [UInt8]) { source = bytes }

    var isAtEnd: Bool { position == source.count }

    mutating func next<Number: FixedWidthInteger>() -> Number? {
        let width = MemoryLayout<Number>.size
        guard source.count - position >= width else { return nil }
        let value = unsafe source.withUnsafeBytes { unsafe $0.loadUnaligned(fromByteOffset: position, as: Number.self) }
        position += width
        return Number(littleEndian: value)
    }

    mutating func bytes(_ count: Int) -> [UInt8]? {
        guard count >= 0, source.count - position >= count else { return nil }
        defer { position += count }
        return Array(source[position..<position + count])
    }

    mutating func text() -> String? {
        guard let count: UInt32 = next(), let bytes = bytes(Int(count)) else { return nil }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Outer nil: damaged. Inner nil: nothing was written.
    mutating func optionalBytes() -> [UInt8]?? {
        guard let count: UInt32 = next() else { return nil }
        if count == UInt32.max { return .some(nil) }
        guard let bytes = bytes(Int(count)) else { return nil }
        return .some(bytes)
    }
}
