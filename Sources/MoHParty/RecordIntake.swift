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
        return try turn.arrival(of: message.revision, about: head.record) { held, turn in
            let record = try takenUp(message.revision, held, head, in: &turn)
            if message.hasWithdrawal {
                return withdraw(
                    head, record, facilityCode: message.facilityCode, reason: message.withdrawal.reason, in: &turn)
            }
            return try examine(head, message, record, kept: { payload.copied }, in: &turn)
        }
    }

    /// A record arrives from VSS, with its assessment. What VSS sends must be right: of a message that is not, the
    /// facility can correct nothing.
    func receiveAssessed<State: PartyState>(
        _ head: MessageHead, _ payload: RawSpan, in turn: inout Turn<State>
    ) throws -> Verdict where State.Record == MoHRecord {
        let message = try AssessedRecord(decoding: payload, about: head.record)
        let content = try AssessmentAnswers.content(of: message)
        return try turn.arrival(of: message.revision, about: head.record) { held, turn in
            var record = try takenUp(message.revision, held, head, in: &turn)
            switch content {
            case .withdrawal:
                return withdraw(
                    head, record, facilityCode: message.facilityCode, reason: message.withdrawal.reason, in: &turn)
            case .refusal(let reason):
                turn.figures.notices.takenIn += 1
                return refuse(head.record, record, reason, in: &turn)
            case .assessed(let assessment):
                let submission = message.submission
                record.assessment = assessment
                return try examine(head, submission, record, kept: { payload.copied }, in: &turn)
            }
        }
    }

    /// - Parameters:
    ///   - pending: The record, with what VSS has said already; without that it is to be asked.
    ///   - kept: The encoded submission, to be kept while the record is pending.
    private func examine<State: PartyState>(
        _ head: MessageHead, _ message: FacilityRecord, _ pending: MoHRecord, kept: () -> [UInt8],
        in turn: inout Turn<State>
    ) throws -> Verdict where State.Record == MoHRecord {
        var record = pending
        let early =
            turn.figures.formerFeedback.early > 0 ? try hearEarly(of: &record, head.record, in: &turn) : nil
        do throws(Refusal) {
            record.residence = UInt8(try IntakeRules.check(message).code) ?? 0
        } catch let refusal {
            return refuse(head.record, record, refusal, by: .moh, facilityCode: message.facilityCode, in: &turn)
        }
        if let facilities, let refusal = try RegisteredSenderRule.refusal(of: message, by: facilities) {
            return refuse(head.record, record, refusal, by: .moh, facilityCode: message.facilityCode, in: &turn)
        }
        record.keptAt = turn.state.keep(kept(), for: head.record, since: turn.now)
        record.isPassedOn = true
        if let early { try add(early, to: &record, head.record, in: &turn) }
        turn.state.set(record, for: head.record)
        if record.assessment == nil {
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
        if !message.tables.isEmpty { accepted.tables = message.tables.released(to: releases[.vss]) }
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
        let held = try turn.state.record(head.record)
        guard let revision = turn.unreadableArrival(head, held) else { return problem }
        let record = try takenUp(revision, held, head, in: &turn)
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
