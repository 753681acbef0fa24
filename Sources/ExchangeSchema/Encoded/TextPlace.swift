/// Where a text lies in the bytes of a message: the bytes are not copied, and no `String` is made of it.
public struct TextPlace: Sendable, Equatable {
    private var lower: UInt32 = 0
    private var length: UInt32 = 0

    /// The empty text.
    public init() {}

    /// The text that lies there.
    public init(_ range: Range<Int>) {
        lower = UInt32(truncatingIfNeeded: range.lowerBound)
        length = UInt32(truncatingIfNeeded: range.count)
    }

    /// The places of its bytes.
    public var range: Range<Int> { Int(lower)..<Int(lower) + Int(length) }
    /// How many bytes it has.
    public var count: Int { Int(length) }
    /// Whether it has none.
    public var isEmpty: Bool { length == 0 }

    /// The first bytes of it, as many.
    public func prefix(_ count: Int) -> TextPlace { TextPlace(Int(lower)..<Int(lower) + min(count, self.count)) }

    /// The text itself.
    public func string(in bytes: Span<UInt8>) -> String {
        if isEmpty { return "" }
        return bytes.extracting(range).withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
    }

    /// Whether the text is this one.
    public func isText(_ text: StaticString, in bytes: Span<UInt8>) -> Bool {
        guard count == text.utf8CodeUnitCount else { return false }
        var at = range.lowerBound
        return text.withUTF8Buffer { text in
            for byte in text {
                if bytes[at] != byte { return false }
                at += 1
            }
            return true
        }
    }
}
