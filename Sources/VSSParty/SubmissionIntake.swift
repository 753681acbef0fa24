import ExchangeSchema
import PartyCore
import Vocabulary

extension VSSCore {
    /// A record arrives from a facility.
    func receiveSubmission<State: PartyState>(
        _ head: MessageHead, _ payload: RawSpan, in turn: inout Turn<State>
    ) throws -> Verdict where State.Record == VSSRecord {
        let message: FacilityRecord
        do {
            message = try FacilityRecord(decoding: payload, about: head.record)
        } catch {
            throw try refuseUnreadable(head, error, in: &turn)
        }
        return try turn.arrival(of: message.revision, about: head.record, sharedIsFinal: false) { held, turn in
            leave(held, in: &turn)
            return try examine(head, message, in: &turn)
        }
    }

    private func examine<State: PartyState>(
        _ head: MessageHead, _ message: FacilityRecord, in turn: inout Turn<State>
    ) throws -> Verdict where State.Record == VSSRecord {
        let found = try assess(message, at: turn.now)
        if let refusal = found.refusal {
            return refuse(
                head.record, revision: message.revision, refusal, facilityCode: message.facilityCode, in: &turn)
        }
        var record = VSSRecord(phase: .shared, revision: message.revision, assessedAt: turn.now)
        note(found, about: head.record, message.facilityCode, &record, in: &turn)
        turn.state.set(record, for: head.record)
        turn.ledger.share()
        turn.effects.send(
            AssessedRecord(message, assessment: found.assessment), record: head.record, revision: message.revision)
        return Verdict(.accepted)
    }

    private func assess(
        _ message: FacilityRecord, at now: Int64
    ) throws -> VisitAssessment {
        guard let patient = try? AdministrativeBlock(decoding: message.administrative) else {
            return VisitAssessment(
                refusal: Self.unreadable("the block must be an encoded exchange.v1.AdministrativeBlock"))
        }
        guard let insurance = try? InsuranceBlock(decoding: message.insurance) else {
            return VisitAssessment(refusal: Self.unreadable("the block must be an encoded exchange.v1.InsuranceBlock"))
        }
        return try assess(patient, insurance, details: message.clinicalDetails, at: now)
    }

    /// Bytes arrive that are no record.
    private func refuseUnreadable<State: PartyState>(
        _ head: MessageHead, _ problem: UnreadablePayload, in turn: inout Turn<State>
    ) throws -> UnreadablePayload where State.Record == VSSRecord {
        var problem = problem
        problem.reason = .vssUnreadable
        guard let revision = try turn.unreadableArrival(head, sharedIsFinal: false) else { return problem }
        leave(try turn.state.record(head.record), in: &turn)
        let refusal = Self.unreadable(
            "the payload must be an encoded exchange.v1.FacilityRecord about the record in ce_subject")
        _ = refuse(head.record, revision: revision, refusal, facilityCode: head.facilityCode, in: &turn)
        return problem
    }

    private func refuse<State: PartyState>(
        _ identifier: RecordIdentifier, revision: UInt32, _ refusal: Refusal, facilityCode: String,
        in turn: inout Turn<State>
    ) -> Verdict where State.Record == VSSRecord {
        turn.state.set(
            VSSRecord(
                phase: .refused, revision: revision, reason: refusal.reason.rawValue, assessedAt: turn.now),
            for: identifier)
        turn.ledger.refuse(refusal.reason)
        let correction = refusal.correction(
            of: identifier, revision: revision, facilityCode: facilityCode, by: .vss, at: turn.now)
        turn.effects.send(correction, record: identifier, revision: revision, key: facilityCode)
        return Verdict(.refused, refusal.reason)
    }

    private static func unreadable(_ rule: String) -> Refusal {
        Refusal(.vssUnreadable, field: "", value: "", rule: rule)
    }
}
