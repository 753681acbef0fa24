/// The kinds of message that cross between parties, each on a topic of its own.
///
/// One kind has three names: the raw value is what journals and outboxes store, ``name`` is what topologies, reports and
/// people write, and ``eventType`` is what crosses the wire as `ce_type`.
public enum MessageType: UInt8, CaseIterable, Sendable {
    /// A completed visit as the facility wrote it.
    case facilityRecord = 1
    /// The visit after MoH accepted it.
    case acceptedRecord = 2
    /// The visit after VSS assessed it, with the assessment.
    case assessedRecord = 9
    /// What VSS says of the insurance.
    case assessment = 3
    /// What VSS asks C06: identity fields and a record reference, nothing else.
    case identityCheck = 4
    /// What C06 answers.
    case identityResult = 5
    /// The authenticated Electronic Health Book entry.
    case bookEntry = 6
    /// What was refused, by whom, why, and what to correct.
    case correction = 7
    /// One party signs one agreement.
    case agreementSignature = 8
    /// What a facility is told of a record of its own that has reached the book.
    case sharingNotice = 10
    /// What happened to a person: C06 reports it by itself.
    case civilStatus = 11
    /// A record in the book passes to another province or another number of the same person.
    case bookHandover = 12
    /// What VSS says of a visit after it has accepted it.
    case assessmentFeedback = 13
    /// The same, as MoH tells it the facility of a visit that is in the book.
    case insuranceNotice = 14
    /// A facility asks what is known of one of its patients from elsewhere.
    case historyRequest = 15
    /// What MoH answers: visits at other facilities, or why none are shared.
    case sharedHistory = 16
    /// How many residents of a province have a book, as MoH was told when books were opened there.
    case provinceCoverage = 17

    /// The word for it in topology files, reports and traces, for example `facilityRecord`.
    public var name: String {
        switch self {
        case .facilityRecord: "facilityRecord"
        case .acceptedRecord: "acceptedRecord"
        case .assessedRecord: "assessedRecord"
        case .assessment: "assessment"
        case .identityCheck: "identityCheck"
        case .identityResult: "identityResult"
        case .bookEntry: "bookEntry"
        case .correction: "correction"
        case .agreementSignature: "agreementSignature"
        case .sharingNotice: "sharingNotice"
        case .civilStatus: "civilStatus"
        case .bookHandover: "bookHandover"
        case .assessmentFeedback: "assessmentFeedback"
        case .insuranceNotice: "insuranceNotice"
        case .historyRequest: "historyRequest"
        case .sharedHistory: "sharedHistory"
        case .provinceCoverage: "provinceCoverage"
        }
    }

    /// The full name of the Protocol Buffers message, used as the CloudEvents type.
    public var eventType: String {
        switch self {
        case .facilityRecord: "exchange.v1.FacilityRecord"
        case .acceptedRecord: "exchange.v1.AcceptedRecord"
        case .assessedRecord: "exchange.v1.AssessedRecord"
        case .assessment: "exchange.v1.Assessment"
        case .identityCheck: "exchange.v1.IdentityCheck"
        case .identityResult: "exchange.v1.IdentityResult"
        case .bookEntry: "exchange.v1.BookEntry"
        case .correction: "exchange.v1.Correction"
        case .agreementSignature: "exchange.v1.AgreementSignature"
        case .sharingNotice: "exchange.v1.SharingNotice"
        case .civilStatus: "exchange.v1.CivilStatusChange"
        case .bookHandover: "exchange.v1.BookHandover"
        case .assessmentFeedback: "exchange.v1.AssessmentFeedback"
        case .insuranceNotice: "exchange.v1.InsuranceNotice"
        case .historyRequest: "exchange.v1.HistoryRequest"
        case .sharedHistory: "exchange.v1.SharedHistory"
        case .provinceCoverage: "exchange.v1.ProvinceCoverageNotice"
        }
    }

    /// Whether it is said of a record that was passed on before, and decides nothing.
    public var isAfterwards: Bool { self == .assessmentFeedback || self == .insuranceNotice }

    /// The type with this word; nil when there is none.
    public init?(name: String) {
        guard let found = Self.allCases.first(where: { $0.name == name }) else { return nil }
        self = found
    }

    /// The type with this event type, or nil when the exchange knows none such.
    public init?(eventType: String) {
        guard let found = Self.allCases.first(where: { $0.eventType == eventType }) else { return nil }
        self = found
    }

    /// What messages of this type are keyed by.
    public var key: MessageKey {
        switch self {
        case .facilityRecord, .acceptedRecord, .assessedRecord, .assessment, .identityCheck, .identityResult,
            .assessmentFeedback:
            .recordIdentifier
        case .bookEntry, .civilStatus, .bookHandover, .historyRequest: .citizenNumber
        case .correction, .sharingNotice, .insuranceNotice, .sharedHistory: .facilityCode
        case .agreementSignature: .agreementName
        case .provinceCoverage: .provinceCode
        }
    }
}

extension MessageType {
    /// Whether messages of this kind are part of the way of a record, which a topology's readers and writers make. Others
    /// travel beside it: signatures, what happens to people, what follows from that for records in the book, what facilities
    /// ask of it, and what MoH has counted.
    public var isOnTheRoute: Bool {
        switch self {
        case .agreementSignature, .civilStatus, .bookHandover, .historyRequest, .sharedHistory, .provinceCoverage: false
        case .facilityRecord, .acceptedRecord, .assessedRecord, .assessment, .identityCheck, .identityResult,
            .bookEntry, .correction, .sharingNotice, .assessmentFeedback, .insuranceNotice:
            true
        }
    }

    /// Whether a message of this kind is about one record, or one request, which its `ce_subject` names.
    public var isAboutRecord: Bool { self != .agreementSignature && self != .civilStatus && self != .provinceCoverage }

    /// Of a kind beside the route: roles that write it and roles that read it; nil for kinds of the route, and for
    /// signatures, which belong to the signatories of an agreement.
    public var besideTheRoute: (writer: PartyRole, reader: PartyRole)? {
        switch self {
        case .civilStatus: (.c06, .moh)
        case .bookHandover, .provinceCoverage: (.moh, .locality)
        case .historyRequest: (.facility, .moh)
        case .sharedHistory: (.moh, .facility)
        default: nil
        }
    }

    /// Kinds beside the route that are of use together only, with what the one without the other would lack.
    public static let besideTheRouteTogether: [(kinds: [MessageType], why: String)] = [
        ([.civilStatus, .bookHandover], "who hears that somebody has moved hands the records on"),
        ([.historyRequest, .sharedHistory], "who asks is answered"),
    ]

    /// Whether messages of this kind are about a request, which has two: itself and its answer. Their identifiers follow
    /// from the request's as those of a record's first revision do.
    public var isAboutRequest: Bool { self == .historyRequest || self == .sharedHistory }
}

/// The field that decides a message's partition.
public enum MessageKey: String, Sendable, Hashable {
    /// One visit: topics with this key that meet in one party must be partitioned alike.
    case recordIdentifier
    /// The resident to whose health book the entry belongs.
    case citizenNumber
    /// The facility that is answered.
    case facilityCode
    /// The agreement's name.
    case agreementName
    /// The province that is told something of all its residents.
    case provinceCode
}
