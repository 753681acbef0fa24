/// Text that is compared byte by byte.
///
/// Swift compares strings by meaning, so that two spellings of one accented letter are equal; two signed texts, key
/// names or origins that differ in a byte are not the same.
public struct ExactText: Sendable, ExpressibleByStringLiteral {
    /// The text.
    public let string: String

    /// Takes a text.
    public init(_ string: String) { self.string = string }

    /// Takes a text.
    public init(stringLiteral string: String) { self.string = string }

    /// Takes UTF-8; nil when it is none.
    public init?(utf8 bytes: some Sequence<UInt8>) {
        guard let string = String(validating: bytes, as: UTF8.self) else { return nil }
        self.string = string
    }

    /// The UTF-8 bytes.
    public var bytes: [UInt8] { Array(string.utf8) }
}

extension ExactText: Hashable, Comparable, CustomStringConvertible {
    /// Compares bytes.
    public static func == (first: ExactText, second: ExactText) -> Bool {
        first.string.utf8.elementsEqual(second.string.utf8)
    }

    /// Orders by bytes.
    public static func < (first: ExactText, second: ExactText) -> Bool {
        first.string.utf8.lexicographicallyPrecedes(second.string.utf8)
    }

    /// Hashes bytes.
    public func hash(into hasher: inout Hasher) {
        var string = string
        string.withUTF8 { unsafe hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    }

    /// The text.
    public var description: String { string }
}

extension ExactText {
    /// Whether this can be the name of a key: not empty, no Unicode space, no plus, no control character
    /// (signed-note, "Format").
    public var isKeyName: Bool {
        !string.isEmpty
            && string.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0 != "+" && !$0.properties.isWhitespace }
    }

    /// Whether this can be a line of a note: not empty, no control character, so no line break.
    var isLine: Bool { !string.isEmpty && string.utf8.allSatisfy { $0 >= 0x20 } }
}
