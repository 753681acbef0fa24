/// The types of resources that are read and written (FHIR R4, "Resource Index").
public enum FHIRType: String, Sendable, CaseIterable {
    case patient = "Patient"
    case encounter = "Encounter"
    case condition = "Condition"
    case observation = "Observation"
    case medicationRequest = "MedicationRequest"
    case procedure = "Procedure"
    case immunization = "Immunization"
    case coverage = "Coverage"
    case composition = "Composition"
    case organization = "Organization"
    case clinicalImpression = "ClinicalImpression"

    /// For names of resources: what is stored or sealed somewhere keeps its meaning, so cases are added at the end.
    public var number: UInt8 { UInt8(truncatingIfNeeded: (Self.allCases.firstIndex(of: self) ?? 0) + 1) }
}
