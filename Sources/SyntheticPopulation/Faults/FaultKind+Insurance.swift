public import Vocabulary

extension FaultKind {
    /// What becomes of the insurance of a visit that is shared.
    public enum InsuranceOutcome: Sendable, Hashable {
        /// VSS accepts what is claimed.
        case asClaimed
        /// VSS accepts less with its assessment.
        case reducedAtOnce
        /// VSS accepts less when it reviews the visit.
        case reducedLater
        /// VSS refuses the insurance when it reviews the visit.
        case refusedLater
    }

    /// What must become of the insurance of a visit with this fault.
    /// - Parameter seesLines: Whether VSS is told the rows of XML2 and XML3.
    public func expectedInsuranceOutcome(seesLines: Bool) -> InsuranceOutcome {
        switch self {
        case .shareAboveCard, .registeredElsewhere: .reducedAtOnce
        case .lineOutsideStay: seesLines ? .reducedAtOnce : .asClaimed
        case .sumsAboveLines: seesLines ? .reducedLater : .asClaimed
        case .cardRecalledLate: .refusedLater
        default: .asClaimed
        }
    }
}
