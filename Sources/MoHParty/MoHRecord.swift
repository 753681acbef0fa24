public import PartyCore

/// What MoH remembers of one record.
public struct MoHRecord: RecordValue {
    /// Where it stands.
    public var phase: RecordPhase = .pending
    /// The revision held.
    public var revision: UInt32
    /// What VSS answered; nil while awaited.
    public var assessment: AssessmentAnswer?
    /// What C06 answered; nil while awaited.
    public var identity: IdentityAnswer?
    /// Raw value of the reason of the refusal; 0 when not refused.
    public var reason: UInt16 = 0
    /// When the facility submitted the revision held; Unix milliseconds.
    public var submittedAt: Int64
    /// Province of residence as the facility wrote it, as the two digits of the code since July 2025; 0 when refused.
    public var residence: UInt8 = 0
    /// Where the submitted payload is kept while the record is pending; 0 for nowhere.
    public var keptAt: Int64 = 0

    /// A positive answer of VSS.
    public struct AssessmentAnswer: Sendable, Equatable {
        /// Card-check code, 0 to 999; nil when the visit is not insured.
        public var cardCheckCode: UInt16?
        /// Share the fund pays, 0 to 100.
        public var benefitPercent: UInt8

        /// Takes both fields.
        public init(cardCheckCode: UInt16?, benefitPercent: UInt8) {
            self.cardCheckCode = cardCheckCode
            self.benefitPercent = benefitPercent
        }
    }

    /// A positive answer of C06.
    public struct IdentityAnswer: Sendable, Equatable {
        /// The number in force, as a number below 10^12.
        public var citizenNumber: UInt64
        /// Where the person has moved to, as the two digits of the province code; 0 when not moved.
        public var movedToProvince: UInt8

        /// Takes both fields.
        public init(citizenNumber: UInt64, movedToProvince: UInt8) {
            self.citizenNumber = citizenNumber
            self.movedToProvince = movedToProvince
        }
    }

    /// A record just submitted.
    public init(revision: UInt32, submittedAt: Int64) {
        self.revision = revision
        self.submittedAt = submittedAt
    }

    private static let notInsured: UInt16 = 0xFFFF

    /// Reads what ``words`` wrote.
    public init?(words: RecordWords) {
        guard let phase = words.phase else { return nil }
        self.init(revision: UInt32(words.first >> 32), submittedAt: Int64(bitPattern: words.third))
        self.phase = phase
        if words.first >> 8 & 1 == 1 {
            let code = UInt16(truncatingIfNeeded: words.second)
            assessment = AssessmentAnswer(
                cardCheckCode: code == Self.notInsured ? nil : code,
                benefitPercent: UInt8(truncatingIfNeeded: words.first >> 16))
        }
        if words.first >> 9 & 1 == 1 {
            identity = IdentityAnswer(
                citizenNumber: words.fifth, movedToProvince: UInt8(truncatingIfNeeded: words.first >> 24))
        }
        reason = UInt16(truncatingIfNeeded: words.second >> 16)
        residence = UInt8(truncatingIfNeeded: words.second >> 32)
        keptAt = Int64(bitPattern: words.fourth)
    }

    /// The stored form.
    public var words: RecordWords {
        var first = UInt64(phase.rawValue) | UInt64(revision) << 32
        var second = UInt64(reason) << 16 | UInt64(residence) << 32
        if let assessment {
            first |= 1 << 8 | UInt64(assessment.benefitPercent) << 16
            second |= UInt64(assessment.cardCheckCode ?? Self.notInsured)
        }
        if let identity { first |= 1 << 9 | UInt64(identity.movedToProvince) << 24 }
        return RecordWords(
            first, second, UInt64(bitPattern: submittedAt), UInt64(bitPattern: keptAt), identity?.citizenNumber ?? 0)
    }
}
