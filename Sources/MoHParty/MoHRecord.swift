public import PartyCore

/// What MoH remembers of one record.
public struct MoHRecord: RecordValue {
    /// Where it stands.
    public var phase: RecordPhase = .pending
    /// The revision held.
    public var revision: UInt32
    /// What VSS answered; nil while awaited.
    public var assessment: AssessmentAnswer?
    /// What C06 answered; nil while awaited, and once the record is in the book.
    public var identity: IdentityAnswer?
    /// Raw value of the reason of the refusal; 0 when not refused.
    public var reason: UInt16 = 0
    /// Where it stands in a book; nil where it does not.
    public var book: BookPlace?
    /// Whether a revision of it has ever gone on to the next party, which must then hear of its withdrawal.
    public var isPassedOn = false
    /// Province of residence as the facility wrote it, as the two digits of the code since July 2025; 0 when refused.
    public var residence: UInt8 = 0
    /// Where the submitted payload is kept while the record is pending, and what VSS has said of the insurance since when
    /// it is decided; 0 for nowhere.
    public var keptAt: Int64 = 0
    /// What VSS has said of the insurance since it assessed this revision.
    public var feedback = FeedbackMark.none

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
    /// - Parameter former: The same record in an earlier revision; nil for a new one.
    public init(revision: UInt32, succeeding former: MoHRecord? = nil) {
        self.revision = revision
        book = former?.book
        isPassedOn = former?.isPassedOn ?? false
    }

    private static let notInsured: UInt16 = 0xFFFF
    /// The third word: 40 bits of the number that C06 gave, 8 of the entry's province, 16 of the revision in the book.
    private static let numberBits: UInt64 = 1 << 40 - 1

    /// Reads what ``words`` wrote.
    public init?(words: RecordWords) {
        guard let phase = words.phase else { return nil }
        self.init(revision: words.revision)
        self.phase = phase
        reason = words.reason
        let answers = Answers(word: words.second)
        if answers.isAssessed {
            assessment = AssessmentAnswer(
                cardCheckCode: answers.code == Self.notInsured ? nil : answers.code, benefitPercent: answers.percent)
        }
        if answers.isIdentified {
            identity = IdentityAnswer(
                citizenNumber: words.third & Self.numberBits, movedToProvince: answers.movedTo)
        }
        residence = answers.residence
        isPassedOn = answers.isPassedOn
        let revisionInBook = UInt32(words.third >> 48)
        if revisionInBook > 0 {
            var book = BookPlace(citizenNumber: words.fifth, province: answers.province, revision: revisionInBook)
            book.entryProvince = UInt8(truncatingIfNeeded: words.third >> 40)
            self.book = book
        }
        keptAt = Int64(bitPattern: words.fourth)
        feedback = words.feedback
    }

    /// The stored form. The fifth word is the number under which the record stands in a book, by which it is found when
    /// something happens to the person; 0 where it stands in none.
    public var words: RecordWords {
        let answers = Answers(
            isAssessed: assessment != nil, isIdentified: identity != nil,
            code: assessment.map { $0.cardCheckCode ?? Self.notInsured } ?? 0,
            percent: assessment?.benefitPercent ?? 0, movedTo: identity?.movedToProvince ?? 0, residence: residence,
            isPassedOn: isPassedOn, province: book?.province ?? 0)
        let third =
            (identity?.citizenNumber ?? 0) & Self.numberBits | UInt64(book?.entryProvince ?? 0) << 40
            | UInt64(book?.revision ?? 0) << 48
        return RecordWords(
            phase: phase, reason: reason, feedback: feedback, revision: revision, answers.word, third,
            UInt64(bitPattern: keptAt), book?.citizenNumber ?? 0)
    }

    /// The second word: what the two answers say, and where the person lives.
    private struct Answers {
        var isAssessed: Bool
        var isIdentified: Bool
        var code: UInt16
        var percent: UInt8
        var movedTo: UInt8
        var residence: UInt8
        var isPassedOn: Bool
        /// That has the record now.
        var province: UInt8

        init(
            isAssessed: Bool, isIdentified: Bool, code: UInt16, percent: UInt8, movedTo: UInt8, residence: UInt8,
            isPassedOn: Bool, province: UInt8
        ) {
            self.isAssessed = isAssessed
            self.isIdentified = isIdentified
            self.code = code
            self.percent = percent
            self.movedTo = movedTo
            self.residence = residence
            self.isPassedOn = isPassedOn
            self.province = province
        }

        init(word: UInt64) {
            code = UInt16(truncatingIfNeeded: word)
            percent = UInt8(truncatingIfNeeded: word >> 16)
            movedTo = UInt8(truncatingIfNeeded: word >> 24)
            residence = UInt8(truncatingIfNeeded: word >> 32)
            isAssessed = word >> 40 & 1 == 1
            isIdentified = word >> 41 & 1 == 1
            isPassedOn = word >> 42 & 1 == 1
            province = UInt8(truncatingIfNeeded: word >> 48)
        }

        var word: UInt64 {
            UInt64(code) | UInt64(percent) << 16 | UInt64(movedTo) << 24 | UInt64(residence) << 32
                | (isAssessed ? 1 << 40 : 0) | (isIdentified ? 1 << 41 : 0) | (isPassedOn ? 1 << 42 : 0)
                | UInt64(province) << 48
        }
    }
}
