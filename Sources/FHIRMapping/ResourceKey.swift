public import ExchangeSchema

/// What a resource is, whatever it is called outside: the same content has the same key whoever reads it, and however often.
public struct ResourceKey: Sendable, Hashable {
    /// Its type.
    public var type: FHIRType
    /// The record that it comes from; all zeros for what is about the person.
    public var record: RecordIdentifier
    /// Which one of its type in the record.
    public var row: UInt32

    /// Takes all fields.
    public init(_ type: FHIRType, record: RecordIdentifier = RecordIdentifier(high: 0, low: 0), row: UInt32 = 0) {
        self.type = type
        self.record = record
        self.row = row
    }
}

/// What resources are called outside, and how they name each other. Facilities are called by their code, which is public.
public struct ResourceNaming: Sendable {
    /// `id` of a resource; nil where it gets none, as in a Bundle that is sent in.
    public var identifier: @Sendable (ResourceKey) -> String?
    /// What another resource says in `reference`.
    public var reference: @Sendable (ResourceKey) -> String

    /// Takes both.
    public init(
        identifier: @escaping @Sendable (ResourceKey) -> String?, reference: @escaping @Sendable (ResourceKey) -> String
    ) {
        self.identifier = identifier
        self.reference = reference
    }
}

/// Numbers rows by what they say and not by their place: what is left out before them, or comes between, leaves their names
/// alone.
struct RowNumbers {
    private var taken: Set<UInt32> = []

    /// - Parameter parts: What tells the row from others. Of two that say the same the second gets the next number.
    mutating func number(_ parts: [String]) -> UInt32 {
        // FNV-1a, 32 bits (draft-eastlake-fnv).
        var hash: UInt32 = 0x811C_9DC5
        for byte in parts.joined(separator: "|").utf8 { hash = (hash ^ UInt32(byte)) &* 0x0100_0193 }
        while !taken.insert(hash).inserted { hash &+= 1 }
        return hash
    }
}
