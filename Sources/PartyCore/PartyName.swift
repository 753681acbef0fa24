/// The parties that have a core of their own.
public enum PartyName: String, CaseIterable, Sendable, Codable {
    case facility
    case moh
    case vss
    case c06
    case locality

    /// `ce_source` of what the party sends; a facility adds its code.
    public var eventSource: String { "/" + rawValue }
}
