public import ExchangeSchema
public import PartyCore
import Vocabulary

/// Visits that come by hand, into the facility that runs. Of one visit, which facility code and MA_LK name, there is one
/// record, whichever way it comes:
///
/// | visit is                   | contents are    | what happens                                     |
/// |----------------------------|-----------------|--------------------------------------------------|
/// | new                        | any             | pending; FacilityRecord, revision 1, to MoH      |
/// | refused                    | other than held | pending; FacilityRecord, next revision           |
/// | pending, shared or refused | those held      | known: no effect                                 |
/// | pending or shared          | other than held | no effect; the answer says which revision stands |
extension FacilityCore {
    /// Submits visits, or says how they stand.
    public func obey<State: PartyState>(
        _ command: PartyCommand, in turn: inout Turn<State>
    ) throws -> CommandAnswer where State.Record == SubmittedVisit {
        switch command.kind {
        case .submitVisits:
            guard let request = try? SubmitVisits(decoding: command.payload) else { return Self.unreadable }
            var standings = VisitStandings()
            for visit in request.visits { standings.visits.append(try submit(visit, in: &turn)) }
            return CommandAnswer(Verdict(.obeyed), bytes: standings.encoded)
        case .findVisits:
            guard let request = try? FindVisits(decoding: command.payload) else { return Self.unreadable }
            var standings = VisitStandings()
            for name in request.visits { standings.visits.append(try standing(name, .unspecified, in: &turn)) }
            return CommandAnswer(Verdict(.obeyed), bytes: standings.encoded)
        default:
            return .notForThisParty
        }
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
        let content = VisitContent(
            record: record, facilityCode: visit.name.facilityCode, administrative: Array(visit.administrative),
            insurance: Array(visit.insurance), clinical: Array(visit.clinical), details: Array(visit.clinicalDetails))
        let digest = content.contentDigest
        let effect: SubmissionEffect
        if var held = try turn.state.record(record) {
            if digest == self.digest(held) {
                turn.ledger.duplicatesIgnored += 1
                effect = .known
            } else if held.phase == .refused {
                turn.ledger.reopen(ReasonCode(rawValue: held.reason))
                turn.figures.submission.resubmitted += 1
                if held.keptAt > 0 { turn.state.drop(held.keptAt) }
                leave(&held, in: &turn)
                held.phase = .pending
                held.reason = 0
                held.revision += 1
                held.contentDigest = digest
                held.keptAt = 0
                turn.state.set(held, for: record)
                send(content, revision: held.revision, in: &turn)
                effect = .resubmitted
            } else {
                effect = .otherStands
            }
        } else {
            if turn.figures.submission.startedAt == 0 { turn.figures.submission.startedAt = turn.now }
            if let index {
                // Its turn may come yet: it is not submitted a second time then.
                if index >= turn.figures.submission.nextVisit { turn.figures.submission.ahead += 1 }
            } else {
                turn.figures.submission.byHand += 1
            }
            turn.ledger.open()
            var submitted = SubmittedVisit(index: index ?? -1, submittedAt: turn.now, contentDigest: digest)
            // The source's own visit, exported and brought back, is the source's own.
            if let index, source.visit(index, revision: 1).contentDigest == digest { submitted.contentDigest = 0 }
            turn.state.set(submitted, for: record)
            send(content, revision: 1, in: &turn)
            effect = .submitted
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
        switch held.phase {
        case .pending, .held: standing.phase = .pending
        case .shared:
            standing.phase = .shared
            if held.feedback != .none, held.keptAt > 0, let bytes = try turn.state.kept(at: held.keptAt),
                let notice = try? InsuranceNotice(decoding: bytes)
            {
                standing.insurance = notice
            }
        case .refused:
            standing.phase = .refused
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

extension RecordIdentifier {
    /// The record of a visit that comes by hand: a UUID of version 8 from SHA-256 of MA_CSKCB and MA_LK (RFC 9562,
    /// section 5.8). The same visit of the same facility always becomes the same record.
    public init(facilityCode: String, episodeCode: String) {
        self = MessageIdentifier(.facilityRecord, about: "\(facilityCode)|\(episodeCode)").uuid
    }
}
