import ExchangeSchema
import PartyCore
import Vocabulary

extension VSSCore {
    /// A record arrives that MoH has accepted.
    func receiveAccepted<State: PartyState>(
        _ head: MessageHead, _ payload: RawSpan, in turn: inout Turn<State>
    ) throws -> Verdict where State.Record == VSSRecord {
        let message = try AcceptedRecord(decoding: payload, about: head.record)
        if message.withdrawn {
            return try turn.arrival(of: message.revision, about: head.record) { held, turn in
                withdraw(head, revision: message.revision, held, in: &turn)
            }
        }
        let (patient, insurance) = try Self.blocks(message)
        return try turn.arrival(of: message.revision, about: head.record) { held, turn in
            leave(held, in: &turn)
            return try answer(head, message, patient, insurance, held: held, in: &turn)
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

    private static func blocks(
        _ message: AcceptedRecord
    ) throws(UnreadablePayload) -> (AdministrativeBlock, InsuranceBlock) {
        do {
            return (
                try AdministrativeBlock(decoding: message.administrative),
                try InsuranceBlock(decoding: message.insurance)
            )
        } catch {
            throw UnreadablePayload(.acceptedRecord, "it has no readable \(error.expected)")
        }
    }

    private func answer<State: PartyState>(
        _ head: MessageHead, _ message: AcceptedRecord, _ patient: AdministrativeBlock, _ insurance: InsuranceBlock,
        held: VSSRecord?, in turn: inout Turn<State>
    ) throws -> Verdict where State.Record == VSSRecord {
        let found = try assess(patient, insurance, details: nil, at: turn.now)
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
        turn.effects.send(assessment, record: head.record, revision: message.revision)
        if let refusal {
            turn.ledger.refuse(refusal.reason)
            return Verdict(.refused, refusal.reason)
        }
        try remember(found, head.record, message.facilityCode, insurance, in: &turn)
        turn.ledger.share()
        let check = IdentityCheck(of: patient, recordID: message.recordID, revision: message.revision)
        turn.effects.send(check, record: head.record, revision: message.revision)
        return Verdict(.accepted)
    }
}
