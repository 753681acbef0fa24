/// One value of a message: what a client of any language would hold in its own types.
public indirect enum WireValue: Equatable, Sendable {
    /// A number of any width, or a truth value as 0 or 1.
    case integer(Int64)
    /// A string; `nil` is Kafka's null.
    case text(String?)
    /// Bytes; `nil` is Kafka's null.
    case bytes([UInt8]?)
    /// An array; `nil` is Kafka's null.
    case list([WireValue]?)
    /// A structure, by the names of its fields.
    case record([String: WireValue])

    /// A field of a structure, or `nil`.
    public subscript(_ name: String) -> WireValue? {
        if case .record(let fields) = self { return fields[name] }
        return nil
    }

    /// The number, or `nil` for any other value.
    public var number: Int64? {
        if case .integer(let number) = self { return number }
        return nil
    }

    /// The string, or `nil` for null and any other value.
    public var string: String? {
        if case .text(let text) = self { return text }
        return nil
    }

    /// The bytes, or `nil` for null and any other value.
    public var data: [UInt8]? {
        if case .bytes(let bytes) = self { return bytes }
        return nil
    }

    /// The elements; none for null and any other value.
    public var items: [WireValue] {
        if case .list(let items) = self { return items ?? [] }
        return []
    }
}

extension WireValue: ExpressibleByIntegerLiteral, ExpressibleByStringLiteral, ExpressibleByArrayLiteral,
    ExpressibleByDictionaryLiteral
{
    /// A number.
    public init(integerLiteral value: Int64) { self = .integer(value) }
    /// A string.
    public init(stringLiteral value: String) { self = .text(value) }
    /// An array.
    public init(arrayLiteral elements: WireValue...) { self = .list(elements) }
    /// A structure.
    public init(dictionaryLiteral elements: (String, WireValue)...) {
        self = .record(Dictionary(elements) { _, last in last })
    }
}
