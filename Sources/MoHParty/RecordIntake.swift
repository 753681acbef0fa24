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
            try examine(head, message, held: held, assessment: nil, kept: { payload.copied }, in: &turn)
        }
    }

    /// A record arrives from VSS, with its assessment. What VSS sends must be right: of a message that is not, the
    /// facility can correct nothing.
    func receiveAssessed<State: PartyState>(
        _ head: MessageHead, _ payload: RawSpan, in turn: inout Turn<State>
    ) throws -> Verdict where State.Record == MoHRecord {
        let message = try AssessedRecord(decoding: payload, about: head.record)
        let assessment = try AssessmentAnswers.answer(inRecord: message)
        return try turn.arrival(of: message.revision, about: head.record, sharedIsFinal: true) { held, turn in
            let submission = message.submission
            return try examine(
                head, submission, held: held, assessment: assessment, kept: { payload.copied }, in: &turn)
        }
    }

    /// - Parameters:
    ///   - assessment: What VSS has said already; nil while it is to be asked.
    ///   - kept: The encoded submission, to be kept while the record is pending.
    private func examine<State: PartyState>(
        _ head: MessageHead, _ message: FacilityRecord, held: MoHRecord?, assessment: MoHRecord.AssessmentAnswer?,
        kept: () -> [UInt8], in turn: inout Turn<State>
    ) throws -> Verdict where State.Record == MoHRecord {
        if let held { leave(held, in: &turn) }
        var record = MoHRecord(revision: message.revision, submittedAt: message.submittedAt)
        record.assessment = assessment
        do throws(Refusal) {
            record.residence = UInt8(try IntakeRules.check(message).code) ?? 0
        } catch let refusal {
            return refuse(head.record, record, refusal, by: .moh, facilityCode: message.facilityCode, in: &turn)
        }
        if let facilities, let refusal = try RegisteredSenderRule.refusal(of: message, by: facilities) {
            return refuse(head.record, record, refusal, by: .moh, facilityCode: message.facilityCode, in: &turn)
        }
        record.keptAt = turn.state.keep(kept(), for: head.record, since: turn.now)
        turn.state.set(record, for: head.record)
        if assessment == nil {
            sendAccepted(head, message, in: &turn)
        } else {
            askForIdentity(head, message, in: &turn)
        }
        return Verdict(.accepted)
    }

    private func sendAccepted<State: PartyState>(
        _ head: MessageHead, _ message: FacilityRecord, in turn: inout Turn<State>
    ) where State.Record == MoHRecord {
        var accepted = AcceptedRecord()
        accepted.recordID = message.recordID
        accepted.revision = message.revision
        accepted.facilityCode = message.facilityCode
        accepted.acceptedAt = turn.now
        accepted.administrative = message.administrative
        accepted.insurance = message.insurance
        turn.effects.send(accepted, record: head.record, revision: message.revision)
    }

    private func askForIdentity<State: PartyState>(
        _ head: MessageHead, _ message: FacilityRecord, in turn: inout Turn<State>
    ) where State.Record == MoHRecord {
        // The rules have read the block already.
        guard let patient = try? AdministrativeBlock(decoding: message.administrative) else { return }
        let check = IdentityCheck(of: patient, recordID: message.recordID, revision: message.revision)
        turn.effects.send(check, record: head.record, revision: message.revision)
    }

    /// Bytes arrive that are no record.
    private func refuseUnreadable<State: PartyState>(
        _ head: MessageHead, _ problem: UnreadablePayload, in turn: inout Turn<State>
    ) throws -> UnreadablePayload where State.Record == MoHRecord {
        var problem = problem
        problem.reason = .mohUnreadable
        guard let revision = try turn.unreadableArrival(head, sharedIsFinal: true) else { return problem }
        if let held = try turn.state.record(head.record) { leave(held, in: &turn) }
        let record = MoHRecord(revision: revision, submittedAt: turn.now)
        let refusal = Refusal(
            .mohUnreadable, field: "", value: "",
            rule: "the payload must be an encoded exchange.v1.FacilityRecord about the record in ce_subject")
        _ = refuse(head.record, record, refusal, by: .moh, facilityCode: head.facilityCode, in: &turn)
        return problem
    }
}

extension MoHCore {
    /// Another revision takes the place of this one: what is kept of it goes, and it is counted no more.
    func leave<State: PartyState>(_ held: MoHRecord, in turn: inout Turn<State>) where State.Record == MoHRecord {
        turn.state.drop(held.keptAt)
        guard held.feedback != .none else { return }
        turn.figures.feedback.count(held.feedback, -1)
        if held.phase == .shared { turn.figures.feedback.told -= 1 }
    }
}

extension RawSpan {
    /// The bytes as an array.
    var copied: [UInt8] { withUnsafeBytes { Array($0) } }
}
