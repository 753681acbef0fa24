/// What a party counts and remembers for itself, beside its records and beside the law that all parties keep
/// (``Ledger``). Each kind of party uses its own part; the others stay empty.
public struct OwnFigures: Sendable, Equatable, Codable {
    /// Of a facility.
    public var submission = SubmissionFigures()
    /// Of a locality: records shared, by province code.
    public var sharedByProvince: [String: Int64] = [:]
    /// Of a party that an agreement concerns: who has signed which one.
    public var signatures: [String: Set<String>] = [:]
    /// Of the same: the proof of it, and what waits for keys.
    public var signing = SigningFigures()
    /// What it has reported, taken in or handed on of what happens to people.
    public var civil = CivilFigures()
    /// Of VSS, MoH and a facility: later feedback.
    public var feedback = FeedbackFigures()
    /// Of the same: feedback about revisions that do not stand.
    public var formerFeedback = FormerFeedback()
    /// Of MoH: how many residents of a province have a book, as the last enrolment there counted, by province code.
    public var coverage = CoverageFigures()
    /// Commands taken so far.
    public var commands: Int64 = 0
    /// Whether a person has told the party to rest: it answers, and does nothing by itself.
    public var isPaused = false
    /// Of whoever shares records in a book, or hears of it: how its entries have changed.
    public var book = BookFigures()
    /// What was sent and taken in that nobody answers: withdrawals, and notes of a refusal.
    public var notices = NoticeFigures()

    /// Nothing counted.
    public init() {}
}

/// What a party keeps of signatures under agreements.
public struct SigningFigures: Sendable, Equatable, Codable {
    /// The signed note of each signature that stands, by agreement and party.
    public var notes: [String: [String: String]] = [:]
    /// Signatures by logs whose keys are not known yet, in the order in which they came.
    public var waiting: [WaitingSignature] = []

    /// Nothing signed.
    public init() {}
}

/// Records by what VSS has said of their insurance after it had accepted them. A record that is taken up again in a later
/// revision is counted no more, so that at rest all parties count the same.
public struct FeedbackFigures: Sendable, Equatable, Codable {
    /// Of VSS: feedback that waits for its time.
    public var waiting: Int64 = 0
    /// When the oldest of it is to be sent; Unix milliseconds, 0 for none.
    public var nextAt: Int64 = 0
    /// The fund pays less: said by VSS, heard by MoH, told to a facility.
    public var reduced: Int64 = 0
    /// The fund pays nothing, likewise.
    public var refused: Int64 = 0
    /// Of VSS: records passed on of which it accepts less than is claimed, with its assessment.
    public var reducedAtOnce: Int64 = 0
    /// Of MoH: records of these that are in the book, and of which it has told the facility.
    public var told: Int64 = 0

    /// Nothing said.
    public init() {}

    /// Counts a record by its mark, or no more.
    /// - Parameter amount: 1, or -1 for a record that is taken up again.
    public mutating func count(_ mark: FeedbackMark, _ amount: Int64) {
        switch mark {
        case .none: break
        case .reduced: reduced += amount
        case .refused: refused += amount
        case .waiting: waiting += amount
        }
    }

    fileprivate mutating func add(_ other: FeedbackFigures) {
        reducedAtOnce += other.reducedAtOnce
        waiting += other.waiting
        if other.nextAt > 0, nextAt == 0 || other.nextAt < nextAt { nextAt = other.nextAt }
        reduced += other.reduced
        refused += other.refused
        told += other.told
    }
}

/// What a facility counts of its submissions.
public struct SubmissionFigures: Sendable, Equatable, Codable {
    /// Revisions submitted again after a correction.
    public var resubmitted: Int64 = 0
    /// Records shared in a later revision than their first.
    public var corrected: Int64 = 0
    /// Records shared to another person than the one who was there, by the known truth.
    public var wrongMatches: Int64 = 0
    /// The next visit to submit.
    public var nextVisit: Int64 = 0
    /// When the first visit was submitted; Unix milliseconds, 0 before.
    public var startedAt: Int64 = 0
    /// How many visits of its source came by hand before it was their turn, and still have it before them.
    public var ahead: Int64 = 0
    /// Distinct visits that came by hand and are not of its source.
    public var byHand: Int64 = 0
    /// Revisions that took the place of one not refused.
    public var amended: Int64 = 0

    /// Nothing submitted.
    public init() {}
}

extension OwnFigures {
    /// The figures of several stores of one party together.
    public static func total(_ all: some Sequence<OwnFigures>) -> OwnFigures {
        all.reduce(into: OwnFigures()) { $0.add($1) }
    }

    private mutating func add(_ other: OwnFigures) {
        submission.add(other.submission)
        sharedByProvince.merge(other.sharedByProvince, uniquingKeysWith: +)
        // A signature counts when one of the stores has heard it.
        signatures.merge(other.signatures) { $0.union($1) }
        signing.notes.merge(other.signing.notes) { $0.merging($1) { first, _ in first } }
        signing.waiting += other.signing.waiting
        civil.add(other.civil)
        feedback.add(other.feedback)
        coverage.add(other.coverage)
        formerFeedback.add(other.formerFeedback)
        commands += other.commands
        isPaused = isPaused || other.isPaused
        book.add(other.book)
        notices.sent += other.notices.sent
        notices.takenIn += other.notices.takenIn
    }
}

extension SubmissionFigures {
    fileprivate mutating func add(_ other: SubmissionFigures) {
        resubmitted += other.resubmitted
        corrected += other.corrected
        wrongMatches += other.wrongMatches
        nextVisit += other.nextVisit
        ahead += other.ahead
        byHand += other.byHand
        amended += other.amended
        if other.startedAt > 0, startedAt == 0 || other.startedAt < startedAt { startedAt = other.startedAt }
    }
}
