public import ExchangeSchema

/// One vaccination of a file, with every rule of its columns kept.
public struct VaccinationEntry: Sendable, Equatable {
    /// The facility's number for it.
    public var number: String
    /// Who was vaccinated.
    public var patient: AdministrativeBlock
    /// The block in which a vaccination travels.
    public var clinical: ClinicalBlock
}
