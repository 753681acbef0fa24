import ExchangeSchema
import PartyCore
import Vocabulary

extension VSSCore {
    /// A record arrives that MoH has accepted.
    func receiveAccepted<State: PartyState>(
        _ head: MessageHead, _ payload: RawSpan, in turn: inout Turn<State>
    ) throws -> Verdict where State.Record == VSSRecord {
        if let record = payload.withBytes({ ExaminedRecord($0, about: head.record) }) {
            return try assess(record, head, in: &turn)
        }
        let message = try AcceptedRecord(decoding: payload, about: head.record)
        if message.withdrawn {
            return try turn.arrival(of: message.revision, about: head.record) { held, turn in
                withdraw(head, revision: message.revision, held, in: &turn)
            }
        }
        return try assess(ExaminedRecord(message), head, in: &turn)
    }

    private func assess<State: PartyState>(
        _ record: ExaminedRecord, _ head: MessageHead, in turn: inout Turn<State>
    ) throws -> Verdict where State.Record == VSSRecord {
        try turn.arrival(of: record.revision, about: head.record) { held, turn in
            leave(held, in: &turn)
            return try answer(head, record, held: held, in: &turn)
        }
    }

    /// C06 hears of it only where it has been asked about the record.
    private func withdraw<State: PartyState>(
        _ head: MessageHead, revision: UInt32, _ held: VSSRecord?, in turn: inout Turn<State>
    ) -> Verdict where State.Record == VSSRecord {
        if held?.isPassedOn == true {
            let check = IdentityCheck(withdrawing: head.record.description, revision: revision)
            turn.effects.sendWithdrawal(check, record: head.record, revision: revision)
        }
        return markWithdrawn(head.record, revision: revision, held, in: &turn)
    }

    private func answer<State: PartyState>(
        _ head: MessageHead, _ message: ExaminedRecord, held: VSSRecord?, in turn: inout Turn<State>
    ) throws -> Verdict where State.Record == VSSRecord {
        let found = try assess(message.patient, message.insurance, details: nil, at: turn.now)
        var assessment = found.assessment
        let refusal = found.refusal
        assessment.recordID = message.recordID
        assessment.revision = message.revision
        var record = VSSRecord(phase: .shared, revision: message.revision, assessedAt: turn.now)
        if let refusal {
            assessment.outcome = .refused
            assessment.cardCheckCode = refusal.reason.cardCheckCode ?? ""
            var contradiction = Contradiction()
            contradiction.field = refusal.field
            contradiction.value = refusal.value
            contradiction.rule = refusal.rule
            assessment.contradictions = [contradiction]
            record.phase = .refused
            record.reason = refusal.reason.rawValue
        } else {
            note(found, about: head.record, message.facilityCode, &record, in: &turn)
        }
        record.isPassedOn = refusal == nil || held?.isPassedOn == true
        turn.state.set(record, for: head.record)
        turn.effects.send(written: .assessment, record: head.record, revision: message.revision) {
            assessment.write(to: &$0)
        }
        if let refusal {
            turn.ledger.refuse(refusal.reason)
            return Verdict(.refused, refusal.reason)
        }
        try remember(found, head.record, message.facilityCode, message.insurance, in: &turn)
        turn.ledger.share()
        turn.effects.send(written: .identityCheck, record: head.record, revision: message.revision) { check in
            // As `IdentityCheck(of:recordID:revision:)` has it: nothing else is told to C06.
            check.write(1, text: message.recordID)
            check.write(2, UInt64(message.revision))
            check.write(3, text: message.patient.soCccd)
            check.write(4, text: message.patient.hoTen)
            check.write(5, text: message.patient.ngaySinh)
        }
        return Verdict(.accepted)
    }
}

extension Assessment {
    /// Writes its bytes, without the library where nothing is held against the visit.
    func write(to message: inout MessageWriter) {
        guard contradictions.isEmpty, lines.isEmpty, amountClaimed == 0, amountAccepted == 0 else {
            return message.write(encoded: encoded)
        }
        message.write(1, text: recordID)
        message.write(2, UInt64(revision))
        message.write(3, UInt64(outcome.rawValue))
        message.write(4, text: cardCheckCode)
        message.write(5, UInt64(benefitPercent))
        message.write(7, signed: assessedAt)
    }
}
