/// What a topic carries. Each kind has at most one topic in a topology.
public enum MessageKind: String, Sendable, Hashable, CaseIterable {
    /// A completed visit as the facility wrote it.
    case facilityRecord
    /// The visit after MoH accepted it.
    case acceptedRecord
    /// What VSS says of the insurance.
    case assessment
    /// What VSS asks C06: identity fields and a record reference, nothing else.
    case identityCheck
    /// What C06 answers.
    case identityResult
    /// The authenticated Electronic Health Book entry.
    case bookEntry
    /// What was refused, by whom, why, and what to correct.
    case correction
    /// One party signs one agreement.
    case agreementSignature

    /// What records of this kind are keyed by.
    public var key: MessageKey {
        switch self {
        case .facilityRecord, .acceptedRecord, .assessment, .identityCheck, .identityResult: .recordIdentifier
        case .bookEntry: .citizenNumber
        case .correction: .facilityCode
        case .agreementSignature: .agreementName
        }
    }
}

/// The field that decides a record's partition.
public enum MessageKey: String, Sendable, Hashable {
    /// One visit: topics with this key that meet in one party must be partitioned alike.
    case recordIdentifier
    /// The resident to whose health book the entry belongs.
    case citizenNumber
    /// The facility that must correct.
    case facilityCode
    /// The agreement's name.
    case agreementName
}
