/// Appends the fields of a message to bytes, in the order in which they are written (Protocol Buffers, "Encoding"). Written in
/// the order of their numbers they are the bytes that the library writes; what is empty or 0 is left out, as it does.
///
/// For messages of fixed shape that every visit brings: the library makes a message, an array, and a copy of it.
public struct MessageWriter {
    /// What was there before, and what was written.
    public private(set) var bytes: [UInt8]

    /// Writes behind these bytes.
    public init(behind bytes: consuming [UInt8] = []) { self.bytes = bytes }

    /// A text.
    public mutating func write(_ number: Int, text: String) {
        var text = text
        text.withUTF8 { write(number, UnsafeRawBufferPointer($0)) }
    }

    /// Bytes, or a text, that lie elsewhere.
    public mutating func write(_ number: Int, _ range: Range<Int>, of source: Span<UInt8>) {
        source.extracting(range).withUnsafeBytes { write(number, $0) }
    }

    /// Bytes, or a text, that lie elsewhere.
    public mutating func write(_ number: Int, _ place: TextPlace, of source: Span<UInt8>) {
        write(number, place.range, of: source)
    }

    /// The text of a record identifier, lower case.
    public mutating func write(_ number: Int, _ record: RecordIdentifier) {
        head(number, 2)
        varint(36)
        record.appendText(to: &bytes)
    }

    /// A whole number, or the number of an enumeration's case.
    public mutating func write(_ number: Int, _ value: UInt64) {
        guard value != 0 else { return }
        head(number, 0)
        varint(value)
    }

    /// A whole number that may be below 0; a time.
    public mutating func write(_ number: Int, signed value: Int64) { write(number, UInt64(bitPattern: value)) }

    /// Bytes, or a message encoded before, as a field.
    public mutating func write(_ number: Int, content: [UInt8]) { content.withUnsafeBytes { write(number, $0) } }

    /// A whole message that was encoded before.
    public mutating func write(encoded message: [UInt8]) { bytes.append(contentsOf: message) }

    private mutating func write(_ number: Int, _ content: UnsafeRawBufferPointer) {
        guard !content.isEmpty else { return }
        head(number, 2)
        varint(UInt64(content.count))
        bytes.append(contentsOf: content)
    }

    private mutating func head(_ number: Int, _ kind: UInt64) { varint(UInt64(number) << 3 | kind) }

    @inline(__always)
    private mutating func varint(_ value: UInt64) {
        var rest = value
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(truncatingIfNeeded: rest))
    }
}
