/// Under which URIs numbers and codes of Viet Nam stand. Two sets are public drafts, and neither is in force; so the set is
/// configured for what is written, and whatever one of them names is understood.
public enum IdentifierSet: String, Sendable, Codable, CaseIterable {
    /// hl7vn/vn-core-ig, 1.0.0 draft, published under the name of the Ministry of Health (canonical
    /// `http://fhir.ehealth.gov.vn/core`).
    case moh = "vn-core-moh"
    /// The community's guide, 0.6.0 draft (canonical `http://fhir.hl7.org.vn/core`).
    case community = "vn-core-community"
    /// Names of our own, for exchanges that follow neither.
    case local = "local"
}

/// A kind of number.
public enum IdentifierKind: String, Sendable, CaseIterable {
    /// SO_CCCD of 12 digits.
    case citizen = "cccd"
    /// SO_CCCD of 9 digits, the old identity card.
    case identityCard = "cmnd"
    /// SO_CCCD of a passport.
    case passport = "passport"
    /// MA_THE_BHYT.
    case insuranceCard = "bhyt"
    /// MA_BHXH.
    case socialInsurance = "bhxh"
    /// MA_BN.
    case patient = "ma-bn"
    /// MA_CSKCB.
    case facility = "ma-cskcb"
    /// MA_LK.
    case visit = "ma-lk"
    /// MA_HSBA.
    case medicalRecord = "ma-hsba"
    /// MA_BAC_SI and its like.
    case practitioner = "ma-bac-si"

    /// The URI in a set. What a set does not name has ours.
    public func system(_ set: IdentifierSet) -> String {
        let own = "urn:closed-cycle:sid:\(rawValue)"
        switch set {
        case .local: return own
        case .moh: return ministryName.map { "http://fhir.ehealth.gov.vn/core/sid/\($0)" } ?? own
        case .community:
            switch self {
            case .citizen, .identityCard, .insuranceCard, .facility, .visit:
                return "http://fhir.hl7.org.vn/core/sid/\(rawValue)"
            case .passport, .socialInsurance, .patient, .medicalRecord, .practitioner: return own
            }
        }
    }

    private var ministryName: String? {
        switch self {
        case .citizen: "national_id"
        case .identityCard: "citizen_id"
        case .passport: "passport_number"
        case .insuranceCard: "insurance_number"
        case .patient: "patient-internal-id"
        case .facility: "provider-code"
        case .visit: "VisitNumber"
        case .medicalRecord: "ArchiveNumber"
        case .practitioner: "healthworker-employee-number"
        case .socialInsurance: nil
        }
    }

    /// Whether a URI means this kind in any of the sets.
    public func isNamed(by system: String) -> Bool { IdentifierSet.allCases.contains { self.system($0) == system } }
}

/// Code systems and extensions. The official lists of Viet Nam have no URI that a public text names; ours are simulator-defined.
enum CodeSystem {
    static let icd10 = "http://hl7.org/fhir/sid/icd-10"
    static let loinc = "http://loinc.org"
    static let observationCategory = "http://terminology.hl7.org/CodeSystem/observation-category"
    static let conditionCategory = "http://terminology.hl7.org/CodeSystem/condition-category"
    static let diagnosisRole = "http://terminology.hl7.org/CodeSystem/diagnosis-role"
    static let actCode = "http://terminology.hl7.org/CodeSystem/v3-ActCode"
    static let unitsOfMeasure = "http://unitsofmeasure.org"

    /// The codes that a field of Decision 130 takes.
    static func field(_ name: String) -> String { "urn:closed-cycle:cs:\(name)" }

    /// The fields of a health check (Decision 2062/QD-BYT, Annex 02, section 6), as `XML10.MACH`; and, as the envelope is called, the
    /// kind of an Encounter that is one.
    static let healthCheck = field("KHAMSUCKHOE")
    static let healthCheckKind = "KHAMSUCKHOE"

    /// The extension that carries a field of Decision 130 which FHIR has no place for.
    static func fieldExtension(_ name: String) -> String { extensionPrefix + name }
    static let extensionPrefix = "urn:closed-cycle:field:"
}
