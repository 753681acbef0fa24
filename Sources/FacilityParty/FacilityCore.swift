import ExchangeSchema
import FoundationEssentials
public import PartyCore
public import Vocabulary

/// The facilities of a run: submit completed visits, correct what comes back, and learn what reached the book.
///
/// | event                              | visit is | what happens                                                 |
/// |------------------------------------|----------|--------------------------------------------------------------|
/// | a turn                             | new      | pending; FacilityRecord, revision 1, to MoH                   |
/// | a turn, visit changed in a file    | refused  | pending; FacilityRecord, next revision                        |
/// | a turn, visit repeated in a file   | any      | no effect                                                     |
/// | correction, facility can correct   | pending  | pending; FacilityRecord, next revision                        |
/// | correction, otherwise              | pending  | refused                                                       |
/// | book entry                         | pending  | shared                                                        |
/// | copies and late messages           | any      | no effect (``PartyCore/RevisionTable``)                       |
public struct FacilityCore<Source: VisitSource>: Party {
    /// What the party remembers of one record.
    public typealias Record = SubmittedVisit

    private let source: Source
    private let pace: SubmissionPace

    /// Always `facility`.
    public var party: PartyRole { .facility }

    /// Facilities with their visits.
    public init(source: Source, pace: SubmissionPace) {
        self.source = source
        self.pace = pace
    }

    /// Submits the next visits, as far as the pace allows.
    public func advance<State: PartyState>(
        state: inout State, ledger: inout Ledger, now: Int64, budget: Int, effects: inout Effects
    ) throws -> Bool where State.Record == SubmittedVisit {
        guard ledger.nextVisit < source.count else { return false }
        if ledger.startedAt == 0 { ledger.startedAt = now }
        let allowed = pace.allowance(
            submitted: ledger.nextVisit, pending: ledger.pending, startedAt: ledger.startedAt, now: now, budget: budget)
        effects.cause = nil
        for _ in 0..<min(allowed, Int(source.count - ledger.nextVisit)) {
            let index = ledger.nextVisit
            ledger.nextVisit += 1
            let visit = source.visit(index, revision: 1)
            var submitted = SubmittedVisit(index: index, submittedAt: now, contentDigest: 0)
            if source.mayRepeat {
                submitted.contentDigest = visit.contentDigest
                guard try prepareRepetition(&submitted, of: visit, state: &state, ledger: &ledger) else { continue }
            } else {
                ledger.open()
            }
            state.set(submitted, for: visit.record)
            submit(visit, revision: submitted.revision, now: now, effects: &effects)
        }
        return allowed == budget && ledger.nextVisit < source.count
    }

    /// Handles a correction or a book entry.
    public func receive<State: PartyState>(
        _ head: MessageHead, _ payload: RawSpan, state: inout State, ledger: inout Ledger, now: Int64,
        effects: inout Effects
    ) throws -> Verdict where State.Record == SubmittedVisit {
        switch head.type {
        case .correction:
            return try receiveCorrection(head, payload, state: &state, ledger: &ledger, now: now, effects: &effects)
        case .bookEntry:
            return try receiveEntry(head, payload, state: &state, ledger: &ledger)
        default:
            return Verdict(.notAddressed)
        }
    }

    /// Whether a visit that may have been submitted before is to be submitted now, and under which revision.
    private func prepareRepetition<State: PartyState>(
        _ submitted: inout SubmittedVisit, of visit: VisitContent, state: inout State, ledger: inout Ledger
    ) throws -> Bool where State.Record == SubmittedVisit {
        guard let held = try state.record(visit.record) else {
            ledger.open()
            return true
        }
        guard held.contentDigest != submitted.contentDigest, held.phase == .refused else {
            ledger.duplicatesIgnored += 1
            return false
        }
        submitted.revision = held.revision + 1
        ledger.resubmitted += 1
        ledger.reopen(ReasonCode(rawValue: held.reason))
        return true
    }

    private func receiveCorrection<State: PartyState>(
        _ head: MessageHead, _ payload: RawSpan, state: inout State, ledger: inout Ledger, now: Int64,
        effects: inout Effects
    ) throws -> Verdict where State.Record == SubmittedVisit {
        guard let correction = try? Correction(decoding: payload), RecordIdentifier(correction.recordID) == head.record,
            let reason = ReasonCode(text: correction.code)
        else { return unreadable(&ledger) }
        let held = try state.record(head.record)
        let age = RevisionAge(incoming: correction.revision, held: held?.revision ?? 0)
        if let verdict = ledger.note(RevisionTable.answer(held?.phase, age, isAnswered: false)) { return verdict }
        guard var visit = held else { return Verdict(.unknownRecord) }
        if reason.isCorrectable, source.isCorrected(visit.index, afterRevision: visit.revision) {
            visit.revision += 1
            state.set(visit, for: head.record)
            ledger.resubmitted += 1
            submit(
                source.visit(visit.index, revision: visit.revision), revision: visit.revision, now: now,
                effects: &effects)
            return Verdict(.accepted, reason)
        }
        visit.phase = .refused
        visit.reason = reason.rawValue
        state.set(visit, for: head.record)
        ledger.refuse(reason)
        return Verdict(.refused, reason)
    }

    private func receiveEntry<State: PartyState>(
        _ head: MessageHead, _ payload: RawSpan, state: inout State, ledger: inout Ledger
    ) throws -> Verdict where State.Record == SubmittedVisit {
        guard let entry = try? BookEntry(decoding: payload), RecordIdentifier(entry.recordID) == head.record else {
            return unreadable(&ledger)
        }
        let held = try state.record(head.record)
        let age = RevisionAge(incoming: entry.revision, held: held?.revision ?? 0)
        if let verdict = ledger.note(RevisionTable.answer(held?.phase, age, isAnswered: false)) { return verdict }
        guard var visit = held else { return Verdict(.unknownRecord) }
        visit.phase = .shared
        state.set(visit, for: head.record)
        ledger.share()
        if visit.revision > 1 { ledger.corrected += 1 }
        if source.isWrongMatch(visit.index, revision: visit.revision) { ledger.wrongMatches += 1 }
        return Verdict(.accepted)
    }

    private func submit(_ visit: VisitContent, revision: UInt32, now: Int64, effects: inout Effects) {
        let source = "/" + visit.facilityCode
        if visit.isUnreadable {
            effects.send(
                encoded: [0xFF, 0xFF, 0xFF, 0xFF], as: .facilityRecord, record: visit.record, revision: revision,
                source: source)
        } else {
            var record = FacilityRecord()
            record.recordID = visit.record.description
            record.revision = revision
            record.facilityCode = visit.facilityCode
            record.submittedAt = now
            record.administrative = .init(visit.administrative)
            record.insurance = .init(visit.insurance)
            record.clinical = .init(visit.clinical)
            record.clinicalDetails = .init(visit.details)
            effects.send(record, record: visit.record, revision: revision, source: source)
        }
        if visit.isSentTwice { effects.repeatLast() }
    }

    private func unreadable(_ ledger: inout Ledger) -> Verdict {
        ledger.deadLetters += 1
        return Verdict(.unreadable)
    }
}
