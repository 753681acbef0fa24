import ExchangeSchema
public import PartyCore
import Vocabulary

/// Visits that come by hand, into the facility that runs. Of one visit, which facility code and MA_LK name, there is one
/// record, whichever way it comes:
///
/// | visit is             | contents are    | submitted              | amended                  | taken back           |
/// |----------------------|-----------------|------------------------|--------------------------|----------------------|
/// | new                  | any             | pending; revision 1    | nothing to amend         | nothing to take back |
/// | refused              | other than held | pending; next revision | pending; next revision   | nothing to take back |
/// | pending or shared    | other than held | conflict               | pending; next revision   | withdrawn            |
/// | any but new          | those held      | known                  | known                    |                      |
/// | withdrawn            | other than held | conflict               | withdrawn before         | withdrawn before     |
///
/// What is not "pending" or "withdrawn" there has no effect, and the answer says why.
extension FacilityCore {
    /// Submits, amends or takes back visits, or says how they stand; asks for a patient's shared history.
    public func obey<State: PartyState>(
        _ command: PartyCommand, in turn: inout Turn<State>
    ) throws -> CommandAnswer where State.Record == SubmittedVisit {
        var standings = VisitStandings()
        switch command.kind {
        case .submitVisits:
            guard let request = try? SubmitVisits(decoding: command.payload) else { return Self.unreadable }
            for visit in request.visits { standings.visits.append(try submit(visit, in: &turn)) }
        case .amendVisits:
            guard let request = try? AmendVisits(decoding: command.payload) else { return Self.unreadable }
            for visit in request.visits {
                standings.visits.append(try amend(visit, as: request.revision, in: &turn))
            }
        case .withdrawVisits:
            guard let request = try? WithdrawVisits(decoding: command.payload) else { return Self.unreadable }
            for visit in request.visits { standings.visits.append(try withdraw(visit, in: &turn)) }
        case .findVisits:
            guard let request = try? FindVisits(decoding: command.payload) else { return Self.unreadable }
            for name in request.visits { standings.visits.append(try standing(name, .unspecified, in: &turn)) }
        case .requestHistory: return try requestHistory(command, in: &turn)
        case .findHistory: return try findHistory(command, in: &turn)
        default:
            return .notForThisParty
        }
        return CommandAnswer(Verdict(.obeyed), bytes: standings.encoded)
    }

    private static var unreadable: CommandAnswer {
        CommandAnswer(
            Verdict(.notAddressed),
            bytes: Array("the list of visits cannot be read; use programs of one version; nothing was changed".utf8))
    }

    private func submit<State: PartyState>(
        _ visit: VisitSubmission, in turn: inout Turn<State>
    ) throws -> VisitStanding where State.Record == SubmittedVisit {
        let (record, index) = identity(visit.name)
        let content = VisitContent(visit, record)
        let effect: SubmissionEffect
        if let held = try turn.state.record(record) {
            if content.contentDigest == digest(held) {
                turn.ledger.duplicatesIgnored += 1
                effect = .known
            } else if held.phase == .refused {
                resubmit(held, content, in: &turn)
                effect = .resubmitted
            } else {
                effect = .conflict
            }
        } else {
            begin(content, index, in: &turn)
            effect = .submitted
        }
        return try standing(visit.name, effect, in: &turn)
    }

    private func begin<State: PartyState>(
        _ content: VisitContent, _ index: Int64?, in turn: inout Turn<State>
    ) where State.Record == SubmittedVisit {
        if turn.figures.submission.startedAt == 0 { turn.figures.submission.startedAt = turn.now }
        if let index {
            // Its turn may come yet: it is not submitted a second time then.
            if index >= turn.figures.submission.nextVisit { turn.figures.submission.ahead += 1 }
        } else {
            turn.figures.submission.byHand += 1
        }
        turn.ledger.open()
        let digest = content.contentDigest
        var submitted = SubmittedVisit(index: index ?? -1, submittedAt: turn.now, contentDigest: digest)
        // The source's own visit, exported and brought back, is the source's own.
        if let index, source.visit(index, revision: 1).contentDigest == digest { submitted.contentDigest = 0 }
        turn.state.set(submitted, for: content.record)
        send(content, revision: 1, in: &turn)
    }

    private func resubmit<State: PartyState>(
        _ held: SubmittedVisit, _ content: VisitContent, in turn: inout Turn<State>
    ) where State.Record == SubmittedVisit {
        var visit = held
        turn.ledger.reopen(ReasonCode(rawValue: held.reason))
        turn.figures.submission.resubmitted += 1
        leave(&visit, in: &turn)
        visit.phase = .pending
        visit.reason = 0
        visit.revision += 1
        visit.contentDigest = content.contentDigest
        visit.isResubmitted = true
        turn.state.set(visit, for: content.record)
        send(content, revision: visit.revision, in: &turn)
    }

    private func amend<State: PartyState>(
        _ visit: VisitSubmission, as revision: UInt32, in turn: inout Turn<State>
    ) throws -> VisitStanding where State.Record == SubmittedVisit {
        let content = VisitContent(visit, identity(visit.name).record)
        guard let held = try turn.state.record(content.record) else {
            return try standing(visit.name, .neverSent, in: &turn)
        }
        let effect: SubmissionEffect
        if held.phase == .withdrawn {
            effect = .withdrawnBefore
        } else if revision != 0, revision != held.revision + 1 {
            effect = .notTheNext
        } else if content.contentDigest == digest(held) {
            turn.ledger.duplicatesIgnored += 1
            effect = .known
        } else if held.phase == .refused {
            resubmit(held, content, in: &turn)
            effect = .resubmitted
        } else {
            amend(held, to: content, contentDigest: content.contentDigest, in: &turn)
            effect = .amended
        }
        return try standing(visit.name, effect, in: &turn)
    }

    private func withdraw<State: PartyState>(
        _ visit: VisitWithdrawal, in turn: inout Turn<State>
    ) throws -> VisitStanding where State.Record == SubmittedVisit {
        let record = identity(visit.name).record
        guard let held = try turn.state.record(record) else {
            return try standing(visit.name, .neverSent, in: &turn)
        }
        let effect: SubmissionEffect
        switch held.phase {
        case .withdrawn: effect = .withdrawnBefore
        case .refused: effect = .nothingToWithdraw
        case .pending, .held, .shared:
            if PrintableText.isLine(visit.reason, upTo: 500) {
                withdraw(held, record, facilityCode: visit.name.facilityCode, reason: visit.reason, in: &turn)
                effect = .withdrawn
            } else {
                effect = .reasonMissing
            }
        }
        return try standing(visit.name, effect, in: &turn)
    }

    /// The record of a visit, and its place in the facility's own source if it is one of those.
    private func identity(_ name: VisitName) -> (record: RecordIdentifier, index: Int64?) {
        guard let index = source.index(facilityCode: name.facilityCode, episodeCode: name.episodeCode) else {
            return (RecordIdentifier(facilityCode: name.facilityCode, episodeCode: name.episodeCode), nil)
        }
        return (source.visit(index, revision: 1).record, index)
    }

    /// The digest of the contents that stand: of what the source computes none is stored.
    private func digest(_ held: SubmittedVisit) -> UInt64 {
        if held.contentDigest != 0 || held.index < 0 { return held.contentDigest }
        return source.visit(held.index, revision: held.revision).contentDigest
    }

    private func standing<State: PartyState>(
        _ name: VisitName, _ effect: SubmissionEffect, in turn: inout Turn<State>
    ) throws -> VisitStanding where State.Record == SubmittedVisit {
        let record = identity(name).record
        var standing = VisitStanding()
        standing.name = name
        standing.recordID = record.description
        standing.effect = effect
        guard let held = try turn.state.record(record) else { return standing }
        standing.revision = held.revision
        standing.bookRevision = held.bookRevision
        switch held.phase {
        case .pending, .held: standing.phase = .pending
        case .shared:
            standing.phase = .shared
            if held.feedback != .none, held.keptAt > 0, let bytes = try turn.state.kept(at: held.keptAt),
                let notice = try? InsuranceNotice(decoding: bytes)
            {
                standing.insurance = notice
            }
        case .refused: standing.phase = .refused
        case .withdrawn: standing.phase = .withdrawn
        }
        if held.reason != 0 {
            standing.code = ReasonCode(rawValue: held.reason)?.text ?? "unknown"
            if held.keptAt > 0, let bytes = try turn.state.kept(at: held.keptAt),
                let correction = try? Correction(decoding: bytes)
            {
                standing.field = correction.field
                standing.value = correction.value
                standing.rule = correction.rule
            }
        }
        return standing
    }
}

extension VisitContent {
    /// A visit as it came by hand.
    fileprivate init(_ visit: VisitSubmission, _ record: RecordIdentifier) {
        self.init(
            record: record, facilityCode: visit.name.facilityCode, administrative: Array(visit.administrative),
            insurance: Array(visit.insurance), clinical: Array(visit.clinical), details: Array(visit.clinicalDetails),
            tables: visit.tables)
    }
}
