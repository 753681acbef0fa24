public import ExchangeSchema

/// Which facility a record belongs to: no leaf says so, because a leaf holds nothing of the payload. Whoever has the
/// payloads, or computes the visits, can tell.
public protocol RecordFacilities {
    /// Whether it knows which records bear another person's number. Only a computed population does.
    var knowsWrongMatches: Bool { get }
    /// Hands over each record it knows, once, in any order. Called several times in one count.
    func forEach(_ body: (RecordIdentifier, RecordFacility) throws -> Void) throws
    /// The facility's name for people; nil when unknown.
    func name(ofFacility code: String) -> String?
}

/// What is known of one record beside its leaves.
public struct RecordFacility: Sendable, Equatable {
    /// Code of its facility; nil when the payload has been erased.
    public var code: String?
    /// Whether it bears the number of another person, by the known truth.
    public var isWrongMatch: Bool

    /// Takes both fields.
    public init(code: String?, isWrongMatch: Bool = false) {
        self.code = code
        self.isWrongMatch = isWrongMatch
    }
}

/// For exchanges of whose records nobody can tell the facility: they are counted as one.
public struct UnknownFacilities: RecordFacilities {
    /// Knows nothing.
    public init() {}
    /// Never.
    public var knowsWrongMatches: Bool { false }
    /// Hands over nothing.
    public func forEach(_ body: (RecordIdentifier, RecordFacility) throws -> Void) throws {}
    /// Always nil.
    public func name(ofFacility code: String) -> String? { nil }
}
