public import Vocabulary

extension Duties {
    /// MoH on the route of April 2024: records come from facilities, and VSS is asked.
    public static let moh2024 = duties(.moh, .facilityRecord)
    /// MoH on the route of July 2026: records come from VSS, with its assessment.
    public static let moh2026 = duties(.moh, .assessedRecord)
    /// VSS on the route of April 2024: records come from MoH.
    public static let vss2024 = duties(.vss, .acceptedRecord)
    /// VSS on the route of July 2026: records come from facilities.
    public static let vss2026 = duties(.vss, .facilityRecord)

    private static func duties(_ role: PartyRole, _ intake: MessageType) -> Duties {
        guard let duties = role.duties(reading: [intake]) else { preconditionFailure("\(role) takes in no \(intake)") }
        return duties
    }
}
