import ExchangeSchema
import PartyCore
import Vocabulary

extension MoHCore {
    /// A record arrives from a facility.
    func receiveRecord<State: PartyState>(
        _ head: MessageHead, _ payload: RawSpan, in turn: inout Turn<State>
    ) throws -> Verdict where State.Record == MoHRecord {
        let message: FacilityRecord
        do {
            message = try FacilityRecord(decoding: payload, about: head.record)
        } catch {
            throw try refuseUnreadable(head, error, in: &turn)
        }
        return try turn.arrival(of: message.revision, about: head.record, sharedIsFinal: true) { held, turn in
            examine(head, message, payload, held: held, in: &turn)
        }
    }

    private func examine<State: PartyState>(
        _ head: MessageHead, _ message: FacilityRecord, _ payload: RawSpan, held: MoHRecord?, in turn: inout Turn<State>
    ) -> Verdict where State.Record == MoHRecord {
        if let held { turn.state.drop(held.keptAt) }
        var record = MoHRecord(revision: message.revision, submittedAt: message.submittedAt)
        do {
            record.residence = UInt8(try IntakeRules.check(message).code) ?? 0
        } catch let refusal {
            return refuse(head.record, record, refusal, by: .moh, facilityCode: message.facilityCode, in: &turn)
        }
        record.keptAt = turn.state.keep(payload.copied, for: head.record, since: turn.now)
        turn.state.set(record, for: head.record)
        var accepted = AcceptedRecord()
        accepted.recordID = message.recordID
        accepted.revision = message.revision
        accepted.facilityCode = message.facilityCode
        accepted.acceptedAt = turn.now
        accepted.administrative = message.administrative
        accepted.insurance = message.insurance
        turn.effects.send(accepted, record: head.record, revision: message.revision)
        return Verdict(.accepted)
    }

    /// Bytes arrive that are no record. The attributes still say which record and which facility, so the facility can
    /// be told. Of a record already known, only the next revision after a refusal counts, which its message identifier
    /// tells; anything else about it changes nothing.
    private func refuseUnreadable<State: PartyState>(
        _ head: MessageHead, _ problem: UnreadablePayload, in turn: inout Turn<State>
    ) throws -> UnreadablePayload where State.Record == MoHRecord {
        var problem = problem
        problem.reason = .mohUnreadable
        var record = MoHRecord(revision: 1, submittedAt: turn.now)
        if let held = try turn.state.record(head.record) {
            record.revision = held.revision + 1
            let next = MessageIdentifier(.facilityRecord, record: head.record, revision: record.revision)
            guard held.phase == .refused, head.message == next else { return problem }
            turn.ledger.reopen(ReasonCode(rawValue: held.reason))
        } else {
            turn.ledger.open()
        }
        let refusal = Refusal(
            .mohUnreadable, field: "", value: "",
            rule: "the payload must be an encoded exchange.v1.FacilityRecord about the record in ce_subject")
        _ = refuse(head.record, record, refusal, by: .moh, facilityCode: head.facilityCode, in: &turn)
        return problem
    }
}

extension RawSpan {
    /// The bytes as an array.
    var copied: [UInt8] { withUnsafeBytes { Array($0) } }
}
