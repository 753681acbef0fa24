/// Appends numbers and byte strings to a buffer, little-endian.
struct ByteWriter {
    private(set) var bytes: [UInt8] = []

    mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }

    mutating func reserve(_ count: Int) { bytes.reserveCapacity(count) }

    mutating func append(_ value: some FixedWidthInteger) {
        unsafe withUnsafeBytes(of: value.littleEndian) { unsafe bytes.append(contentsOf: $0) }
    }

    mutating func append(_ value: some Collection<UInt8>) { bytes.append(contentsOf: value) }

    mutating func append(text: String) {
        append(UInt32(text.utf8.count))
        bytes.append(contentsOf: text.utf8)
    }

    /// A count, or all ones for nothing, then the bytes.
    mutating func append(optional value: [UInt8]?) {
        append(value.map { UInt32($0.count) } ?? UInt32.max)
        if let value { append(value) }
    }
}
