import ExchangeSchema
import PartyCore
import Vocabulary

extension MoHCore {
    /// A record arrives from a facility.
    func receiveRecord<State: PartyState>(
        _ head: MessageHead, _ payload: RawSpan, state: inout State, ledger: inout Ledger, now: Int64,
        effects: inout Effects
    ) throws -> Verdict where State.Record == MoHRecord {
        guard let message = try? FacilityRecord(decoding: payload), message.recordID.utf8.count == 36,
            RecordIdentifier(message.recordID) == head.record, message.revision > 0
        else { return try receiveUnreadable(head, state: &state, ledger: &ledger, now: now, effects: &effects) }
        let held = try state.record(head.record)
        let age = held.map { RevisionAge(incoming: message.revision, held: $0.revision) } ?? .newer
        let step = RevisionTable.arrival(held?.phase, age, sharedIsFinal: true)
        if let verdict = ledger.note(step, previousReason: held?.reason ?? 0) { return verdict }
        if let held { state.drop(held.keptAt) }
        var record = MoHRecord(revision: message.revision, submittedAt: message.submittedAt)
        do {
            record.residence = UInt8(try IntakeRules.check(message).code) ?? 0
        } catch let refusal {
            return refuse(
                head.record, record, refusal, by: .moh, facilityCode: message.facilityCode, state: &state,
                ledger: &ledger, now: now, effects: &effects)
        }
        record.keptAt = state.keep(payload.copied, for: head.record, since: now)
        state.set(record, for: head.record)
        var accepted = AcceptedRecord()
        accepted.recordID = message.recordID
        accepted.revision = message.revision
        accepted.facilityCode = message.facilityCode
        accepted.acceptedAt = now
        accepted.administrative = message.administrative
        accepted.insurance = message.insurance
        effects.send(accepted, record: head.record, revision: message.revision)
        return Verdict(.accepted)
    }

    /// Bytes arrive that are no record. The attributes still say which record and which facility, so the facility can
    /// be told. Of a record already known, only the next revision after a refusal counts, which its message identifier
    /// tells; anything else about it changes nothing.
    private func receiveUnreadable<State: PartyState>(
        _ head: MessageHead, state: inout State, ledger: inout Ledger, now: Int64, effects: inout Effects
    ) throws -> Verdict where State.Record == MoHRecord {
        ledger.deadLetters += 1
        var record = MoHRecord(revision: 1, submittedAt: now)
        if let held = try state.record(head.record) {
            record.revision = held.revision + 1
            let next = MessageIdentifier(.facilityRecord, record: head.record, revision: record.revision)
            guard held.phase == .refused, head.message == next else { return Verdict(.unreadable, .mohUnreadable) }
            ledger.reopen(ReasonCode(rawValue: held.reason))
        } else {
            ledger.open()
        }
        let refusal = Refusal(
            .mohUnreadable, field: "", value: "",
            rule: "the payload must be an encoded exchange.v1.FacilityRecord about the record in ce_subject")
        _ = refuse(
            head.record, record, refusal, by: .moh, facilityCode: head.facilityCode, state: &state, ledger: &ledger,
            now: now, effects: &effects)
        return Verdict(.unreadable, .mohUnreadable)
    }
}

extension RawSpan {
    /// The bytes as an array.
    var copied: [UInt8] { withUnsafeBytes { Array($0) } }
}
