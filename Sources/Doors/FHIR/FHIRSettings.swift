import ExchangeSchema
public import FHIRMapping

/// How the FHIR doors are set up: what stands under `fhir` in `doors.json`.
public struct FHIRSettings: Sendable, Codable, Equatable {
    /// What all paths at MoH begin with.
    public var basePath = "/fhir"
    /// What all paths at the facility begin with.
    public var facilityPath = "/facility/fhir"
    /// Who may come in.
    public var accounts: [FHIRAccount] = []
    /// Under which URIs numbers are written; all sets are understood.
    public var identifiers = IdentifierSet.moh
    /// Most resources of a page where a client does not say; above 0.
    public var pageSize = 50

    /// No accounts.
    public init() {}

    /// What a file leaves out is as by default.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        basePath = try values.decodeIfPresent(String.self, forKey: .basePath) ?? basePath
        facilityPath = try values.decodeIfPresent(String.self, forKey: .facilityPath) ?? facilityPath
        accounts = try values.decodeIfPresent([FHIRAccount].self, forKey: .accounts) ?? accounts
        identifiers = try values.decodeIfPresent(IdentifierSet.self, forKey: .identifiers) ?? identifiers
        pageSize = try values.decodeIfPresent(Int.self, forKey: .pageSize) ?? pageSize
    }
}

/// Whoever has this token reads, or sends, in this name.
public struct FHIRAccount: Sendable, Codable, Equatable {
    /// In whose name.
    public enum Role: String, Sendable, Codable {
        /// A facility: its patients, from elsewhere; and it may send visits.
        case facility
        /// A province: its residents.
        case province
        /// The ministry: everybody.
        case ministry
    }

    /// Its name, as it stands in logs.
    public var name: String
    /// What stands in `Authorization: Bearer TOKEN`: at least 16 characters.
    public var token: String
    /// In whose name.
    public var role: Role
    /// MA_CSKCB of a facility, code of a province, nothing of the ministry.
    public var code: String?

    /// Takes all fields.
    public init(name: String, token: String, role: Role, code: String? = nil) {
        self.name = name
        self.token = token
        self.role = role
        self.code = code
    }

    /// What is wrong with it; nil for nothing.
    var problem: String? {
        guard token.utf8.count >= 16, token.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            return "the token of the account \(name) of fhir is at least 16 printable ASCII characters"
        }
        switch role {
        case .facility where (try? FacilityCode(parsing: code ?? "")) == nil:
            return "the account \(name) of fhir is a facility, and its code is none of 5 characters"
        case .province where Province(code: code ?? "") == nil:
            return "the account \(name) of fhir is a province, and its code is none of Decision 19/2025/QD-TTg"
        default: return nil
        }
    }
}
