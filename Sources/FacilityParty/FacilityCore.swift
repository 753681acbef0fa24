public import ExchangeSchema
import FoundationEssentials
public import PartyCore
public import Vocabulary

/// The facilities of a run: submit completed visits, correct what comes back, and learn what reached the book.
///
/// | event                              | visit is          | what happens                                         |
/// |------------------------------------|-------------------|------------------------------------------------------|
/// | a turn                             | new               | pending; FacilityRecord, revision 1                   |
/// | a turn, visit came by hand before  | any               | no effect                                             |
/// | correction, facility can correct   | pending           | pending; FacilityRecord, next revision                |
/// | correction, earlier one in the book| pending           | shared in the earlier one: an amendment is refused    |
/// | correction, otherwise              | pending           | refused                                               |
/// | sharing notice                     | pending           | shared                                                |
/// | notice of an earlier revision      | pending           | pending; noted that this one is in the book           |
/// | notice of an earlier revision      | refused           | shared in the earlier one: an amendment is refused    |
/// | notice of MoH about the insurance  | any               | noted; of a visit that came by hand, kept            |
/// | a change of the source's own       | pending or shared | amended or withdrawn (``VisitChange``)                |
/// | word that the book has lost it     | withdrawn         | noted                                                 |
/// | shared history that was asked for  | none              | kept for whoever asked (`FacilityCore+History.swift`)|
/// | copies and late messages           | any               | no effect (``PartyCore/RevisionTable``)               |
public struct FacilityCore<Source: VisitSource>: Party {
    /// What the party remembers of one record.
    public typealias Record = SubmittedVisit

    let source: Source
    private let pace: SubmissionPace
    /// What of a visit whoever reads its records may have.
    private let released: RecordPartSet

    /// Always `facility`.
    public var party: PartyRole { .facility }

    /// Facilities with their visits.
    /// - Parameter released: What of a visit whoever reads their records may have; tables that are not among it stay here.
    public init(source: Source, pace: SubmissionPace, releasing released: RecordPartSet = .blocks) {
        self.released = released
        self.source = source
        self.pace = pace
    }

    /// Submits the next visits, as far as the pace allows.
    public func advance<State: PartyState>(
        in turn: inout Turn<State>, budget: Int
    ) throws -> Bool where State.Record == SubmittedVisit {
        let submission = turn.figures.submission
        guard submission.nextVisit < source.count else { return false }
        if submission.startedAt == 0 { turn.figures.submission.startedAt = turn.now }
        let allowed = pace.allowance(
            submitted: submission.nextVisit, pending: turn.ledger.pending,
            startedAt: turn.figures.submission.startedAt, now: turn.now, budget: budget)
        for _ in 0..<min(allowed, Int(source.count - submission.nextVisit)) {
            let index = turn.figures.submission.nextVisit
            turn.figures.submission.nextVisit += 1
            let visit = source.visit(index, revision: 1)
            if turn.figures.submission.ahead > 0, try turn.state.record(visit.record) != nil {
                turn.figures.submission.ahead -= 1
                continue
            }
            turn.ledger.open()
            turn.state.set(
                SubmittedVisit(index: index, submittedAt: turn.now, contentDigest: 0), for: visit.record)
            send(visit, revision: 1, in: &turn)
            if let change = source.change(index, .onceSubmitted, revision: 1) {
                try make(change, of: visit.record, in: &turn)
            }
        }
        return allowed == budget && turn.figures.submission.nextVisit < source.count
    }

    /// Handles a correction or a notice of what was shared.
    public func receive<State: PartyState>(
        _ head: MessageHead, _ payload: RawSpan, in turn: inout Turn<State>
    ) throws -> Verdict where State.Record == SubmittedVisit {
        switch head.type {
        case .correction:
            let correction = try Correction(decoding: payload, about: head.record)
            guard let reason = ReasonCode(text: correction.code) else {
                throw UnreadablePayload(
                    .correction, "code is \(UnreadablePayload.quoted(correction.code)), no code of a refusal")
            }
            return try turn.answer(of: correction.revision, about: head.record) { visit, turn in
                correct(head.record, visit, correction, reason, in: &turn)
            }
        case .sharingNotice:
            let notice = try SharingNotice(decoding: payload, about: head.record)
            return notice.withdrawn
                ? try leaveBook(head.record, notice.revision, in: &turn)
                : try enterBook(head.record, notice.revision, in: &turn)
        case .insuranceNotice: return try hear(head, payload, in: &turn)
        case .sharedHistory: return try receiveHistory(head, payload, in: &turn)
        default:
            return Verdict(.notAddressed)
        }
    }

    private func correct<State: PartyState>(
        _ record: RecordIdentifier, _ held: SubmittedVisit, _ correction: Correction, _ reason: ReasonCode,
        in turn: inout Turn<State>
    ) -> Verdict where State.Record == SubmittedVisit {
        var visit = held
        // What came by hand is corrected by hand.
        if reason.isCorrectable, visit.isOfSource, source.isCorrected(visit.index, afterRevision: visit.revision) {
            leave(&visit, in: &turn)
            visit.revision += 1
            visit.isResubmitted = true
            turn.state.set(visit, for: record)
            turn.figures.submission.resubmitted += 1
            send(source.visit(visit.index, revision: visit.revision), revision: visit.revision, in: &turn)
            return Verdict(.accepted, reason)
        }
        visit.reason = reason.rawValue
        // Whoever brought it is told the words of the correction; nobody waits, so it has no age.
        if !visit.isOfSource { visit.keptAt = turn.state.keep(correction.encoded, for: record, since: .max) }
        if visit.bookRevision > 0 {
            visit.phase = .shared
            turn.ledger.share()
            turn.figures.book.fallBack()
        } else {
            visit.phase = .refused
            turn.ledger.refuse(reason)
        }
        turn.state.set(visit, for: record)
        return Verdict(.refused, reason)
    }

    func send<State: PartyState>(_ visit: VisitContent, revision: UInt32, in turn: inout Turn<State>) {
        var record = FacilityRecord()
        record.recordID = visit.record.description
        record.revision = revision
        record.facilityCode = visit.facilityCode
        record.submittedAt = turn.now
        record.administrative = .init(visit.administrative)
        record.insurance = .init(visit.insurance)
        record.clinical = .init(visit.clinical)
        record.clinicalDetails = .init(visit.details)
        if !visit.tables.isEmpty { record.tables = visit.tables.released(to: released) }
        turn.effects.send(record, record: visit.record, revision: revision, source: "/" + visit.facilityCode)
    }
}
