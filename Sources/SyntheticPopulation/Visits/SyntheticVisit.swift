public import ExchangeSchema
public import Vocabulary

/// The four blocks of a visit as they travel: valid protobuf encodings, in the form that the generated code writes.
public struct EncodedVisit: Sendable, Equatable {
    /// Encoded `AdministrativeBlock`.
    public var administrative: [UInt8] = []
    /// Encoded `InsuranceBlock`.
    public var insurance: [UInt8] = []
    /// Encoded `ClinicalBlock`.
    public var clinical: [UInt8] = []
    /// Encoded `ClinicalDetails`.
    public var details: [UInt8] = []

    /// Empty blocks, to be filled.
    public init() {}

    /// Bytes of all four.
    public var count: Int { administrative.count + insurance.count + clinical.count + details.count }
}

/// One synthetic visit in one revision, with its ground truth.
public struct SyntheticVisit: Sendable {
    /// Place among the visits.
    public var index: UInt64
    /// 1 for the first submission, 2 and more for corrections.
    public var revision: UInt32
    /// The same in every revision; ascends with the index.
    public var recordIdentifier: RecordIdentifier
    /// The person who really came.
    public var personIndex: UInt64
    /// Place of the facility.
    public var facilityIndex: Int
    /// MA_CSKCB.
    public var facilityCode: FacilityCode
    /// When it is sent, in milliseconds since 1970-01-01T00:00:00Z.
    public var sentAt: Int64
    /// What is wrong with the first revision, if anything. `unreadable` and `sentTwice` are for the host to act upon.
    public var fault: FaultKind?
    /// Whether the facility puts the fault right when the record comes back.
    public var willBeCorrected: Bool
    /// Whether MA_THE_BHYT is filled.
    public var isInsured: Bool
    /// Who the patient is.
    public var administrative: AdministrativeBlock
    /// Card, dates and money.
    public var insurance: InsuranceBlock
    /// Diagnoses and outcome.
    public var clinical: ClinicalBlock
    /// Rows of the tables XML2 to XML5.
    public var details: ClinicalDetails

    /// What the first revision must get; `shared` for a visit without a fault.
    /// - Parameter examiners: Who looks at a record, in the order of the exchange's route.
    public func expectedFirstOutcome(asking examiners: [PartyRole]) -> FaultKind.Outcome {
        fault?.expectedFirstOutcome(
            insured: isInsured, lacksName: FaultKind.lacksName(visit: index), asking: examiners) ?? .shared
    }
}
