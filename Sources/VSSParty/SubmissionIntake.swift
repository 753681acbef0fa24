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
        return try turn.arrival(of: message.revision, about: head.record) { held, turn in
            if message.hasWithdrawal { return withdraw(head, message, held, in: &turn) }
            leave(held, in: &turn)
            return try examine(head, message, held, in: &turn)
        }
    }

    /// MoH hears of it only where it knows the record.
    private func withdraw<State: PartyState>(
        _ head: MessageHead, _ message: FacilityRecord, _ held: VSSRecord?, in turn: inout Turn<State>
    ) -> Verdict where State.Record == VSSRecord {
        if held?.isPassedOn == true {
            var passed = AssessedRecord()
            passed.recordID = message.recordID
            passed.revision = message.revision
            passed.facilityCode = message.facilityCode
            passed.submittedAt = message.submittedAt
            passed.withdrawal = message.withdrawal
            turn.effects.sendWithdrawal(passed, record: head.record, revision: message.revision)
        }
        return markWithdrawn(head.record, revision: message.revision, held, in: &turn)
    }

    private func examine<State: PartyState>(
        _ head: MessageHead, _ message: FacilityRecord, _ held: VSSRecord?, in turn: inout Turn<State>
    ) throws -> Verdict where State.Record == VSSRecord {
        let found = try assess(message, at: turn.now)
        if let fault = message.tables.fault {
            return refuse(
                head.record, revision: message.revision, held, Self.unreadable("of the tables \(fault)"),
                facilityCode: message.facilityCode, in: &turn)
        }
        if let refusal = found.refusal {
            return refuse(
                head.record, revision: message.revision, held, refusal, facilityCode: message.facilityCode, in: &turn)
        }
        var record = VSSRecord(phase: .shared, revision: message.revision, assessedAt: turn.now)
        record.isPassedOn = true
        note(found, about: head.record, message.facilityCode, &record, in: &turn)
        turn.state.set(record, for: head.record)
        if remembersVisits, let insurance = try? InsuranceBlock(decoding: message.insurance) {
            try remember(found, head.record, message.facilityCode, ExaminedInsurance(insurance), in: &turn)
        }
        turn.ledger.share()
        turn.effects.send(
            AssessedRecord(message, assessment: found.assessment, releasing: releasedToMoH), record: head.record,
            revision: message.revision)
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
        return try assess(
            ExaminedPatient(patient), ExaminedInsurance(insurance), details: message.clinicalDetails, at: now)
    }

    /// Bytes arrive that are no record.
    private func refuseUnreadable<State: PartyState>(
        _ head: MessageHead, _ problem: UnreadablePayload, in turn: inout Turn<State>
    ) throws -> UnreadablePayload where State.Record == VSSRecord {
        var problem = problem
        problem.reason = .vssUnreadable
        let held = try turn.state.record(head.record)
        guard let revision = turn.unreadableArrival(head, held) else { return problem }
        leave(held, in: &turn)
        let refusal = Self.unreadable(
            "the payload must be an encoded exchange.v1.FacilityRecord about the record in ce_subject")
        _ = refuse(head.record, revision: revision, held, refusal, facilityCode: head.facilityCode, in: &turn)
        return problem
    }

    /// Returns a record to its facility. Where an earlier revision has gone on to MoH, MoH is told that it is not the
    /// latest: otherwise it might put into the book what has been amended since.
    private func refuse<State: PartyState>(
        _ identifier: RecordIdentifier, revision: UInt32, _ held: VSSRecord?, _ refusal: Refusal, facilityCode: String,
        in turn: inout Turn<State>
    ) -> Verdict where State.Record == VSSRecord {
        var record = VSSRecord(
            phase: .refused, revision: revision, reason: refusal.reason.rawValue, assessedAt: turn.now)
        record.isPassedOn = held?.isPassedOn == true
        turn.state.set(record, for: identifier)
        turn.ledger.refuse(refusal.reason)
        let correction = refusal.correction(
            of: identifier, revision: revision, facilityCode: facilityCode, by: .vss, at: turn.now)
        turn.effects.send(correction, record: identifier, revision: revision, key: facilityCode)
        turn.effects.changeByLastMessage(.refusal, subject: 0, record: identifier, revision: revision, at: turn.now)
        if record.isPassedOn {
            var note = AssessedRecord()
            note.recordID = identifier.description
            note.revision = revision
            note.facilityCode = facilityCode
            note.refusalCode = refusal.reason.text
            turn.effects.send(note, record: identifier, revision: revision)
            turn.figures.notices.sent += 1
        }
        return Verdict(.refused, refusal.reason)
    }

    private static func unreadable(_ rule: String) -> Refusal {
        Refusal(.vssUnreadable, field: "", value: "", rule: rule)
    }
}
