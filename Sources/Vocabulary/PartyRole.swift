/// What a party does in the exchange: whose rules it runs. A topology gives each party a role and a name of its own.
public enum PartyRole: String, CaseIterable, Sendable, Hashable, Codable {
    /// Hospitals and clinics: they submit and correct.
    case facility
    /// The Ministry of Health.
    case moh
    /// Vietnam Social Security.
    case vss
    /// The national population database (C06, Ministry of Public Security).
    case c06
    /// The provinces that receive their residents' book entries.
    case locality

    /// `ce_source` of what the party sends; a facility adds its code.
    public var eventSource: String { "/" + rawValue }
}
