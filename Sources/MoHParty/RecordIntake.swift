import ExchangeSchema
import PartyCore
import Vocabulary

extension MoHCore {
    /// A record arrives from a facility. Nearly all are read where they lie, and passed on from there.
    func receiveRecord<State: PartyState>(
        _ head: MessageHead, _ payload: RawSpan, in turn: inout Turn<State>
    ) throws -> Verdict where State.Record == MoHRecord {
        try payload.withBytes { bytes in
            guard let message = EncodedRecord(.submission, bytes, about: head.record) else {
                return try receiveUnusual(head, payload, in: &turn)
            }
            return try turn.arrival(of: message.revision, about: head.record) { held, turn in
                let record = try takenUp(message.revision, held, head, in: &turn)
                return try examine(
                    head, record, by: { try residence(of: message, bytes, payload) },
                    sender: { message.facilityCode.string(in: bytes) }, kept: { payload.copied },
                    passOn: { sendAccepted(head, message, bytes, in: &$0) }, in: &turn)
            }
        }
    }

    /// Anything but a record with blocks alone: one with tables, one that is taken back, and what is no record.
    private func receiveUnusual<State: PartyState>(
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
            return try examine(
                head, record, by: { try residence(of: message) }, sender: { message.facilityCode },
                kept: { KeptSubmission.bytes(of: payload, without: 9...10) },
                passOn: { sendAccepted(head, message, in: &$0) }, in: &turn)
        }
    }

    /// A record arrives from VSS, with its assessment. What VSS sends must be right: of a message that is not, the
    /// facility can correct nothing. Nearly all are read where they lie.
    func receiveAssessed<State: PartyState>(
        _ head: MessageHead, _ payload: RawSpan, in turn: inout Turn<State>
    ) throws -> Verdict where State.Record == MoHRecord {
        try payload.withBytes { bytes in
            guard let message = EncodedRecord(.assessed, bytes, about: head.record),
                let assessment = AssessmentAnswers.plainAnswer(bytes, within: message.assessment)
            else { return try receiveUnusualAssessed(head, payload, in: &turn) }
            return try turn.arrival(of: message.revision, about: head.record) { held, turn in
                var record = try takenUp(message.revision, held, head, in: &turn)
                record.assessment = assessment
                return try examine(
                    head, record, by: { try residence(of: message, bytes, payload) },
                    sender: { message.facilityCode.string(in: bytes) }, kept: { payload.copied },
                    passOn: { askForIdentity(head, message, bytes, in: &$0) }, in: &turn)
            }
        }
    }

    /// One with tables, one of which VSS does not accept all, one that is taken back or refused, and what is no record.
    private func receiveUnusualAssessed<State: PartyState>(
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
                return try examine(
                    head, record, by: { try residence(of: submission) }, sender: { submission.facilityCode },
                    kept: { KeptSubmission.bytes(of: payload, without: 10...10) },
                    passOn: { askForIdentity(head, submission, in: &$0) }, in: &turn)
            }
        }
    }

    /// What the rules say of a record.
    /// - Returns: The province of residence.
    /// - Throws: The ``Refusal``; the register's error when it cannot be read.
    private func residence(of message: FacilityRecord) throws -> Province {
        let residence = try IntakeRules.check(message)
        if let facilities, let refusal = try RegisteredSenderRule.refusal(of: message, by: facilities) { throw refusal }
        return residence
    }

    /// The same of a record that lies in its message still.
    private func residence(of message: EncodedRecord, _ bytes: Span<UInt8>, _ payload: RawSpan) throws -> Province {
        guard let residence = try IntakeRules.check(message, in: bytes), facilities == nil else {
            return try self.residence(of: FacilityRecord(decoding: payload))
        }
        return residence
    }

    /// - Parameters:
    ///   - pending: The record, with what VSS has said already.
    ///   - rules: Gives the province of residence, or throws the refusal.
    ///   - sender: The facility's code.
    ///   - kept: The encoded submission, to be kept while the record is pending.
    ///   - passOn: Sends it on to whoever is asked next.
    private func examine<State: PartyState>(
        _ head: MessageHead, _ pending: MoHRecord, by rules: () throws -> Province, sender: () -> String,
        kept: () -> [UInt8], passOn: (inout Turn<State>) -> Void, in turn: inout Turn<State>
    ) throws -> Verdict where State.Record == MoHRecord {
        var record = pending
        let early =
            turn.figures.formerFeedback.early > 0 ? try hearEarly(of: &record, head.record, in: &turn) : nil
        do {
            record.residence = UInt8(try rules().number)
        } catch let refusal as Refusal {
            return refuse(head.record, record, refusal, by: .moh, facilityCode: sender(), in: &turn)
        }
        record.keptAt = turn.state.keep(kept(), for: head.record, since: turn.now)
        record.isPassedOn = true
        if let early { try add(early, to: &record, head.record, in: &turn) }
        turn.state.set(record, for: head.record)
        passOn(&turn)
        return Verdict(.accepted)
    }

    /// The message of ``sendAccepted(_:_:in:)``, written from where the record lies.
    private func sendAccepted<State: PartyState>(
        _ head: MessageHead, _ message: EncodedRecord, _ bytes: Span<UInt8>, in turn: inout Turn<State>
    ) where State.Record == MoHRecord {
        let now = turn.now
        turn.effects.send(written: .acceptedRecord, record: head.record, revision: message.revision) { accepted in
            accepted.write(1, message.recordID, of: bytes)
            accepted.write(2, UInt64(message.revision))
            accepted.write(3, message.facilityCode, of: bytes)
            accepted.write(4, signed: now)
            accepted.write(5, message.administrative, of: bytes)
            accepted.write(6, message.insurance, of: bytes)
        }
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

    /// The message of ``askForIdentity(_:_:in:)``, written from where the record lies.
    private func askForIdentity<State: PartyState>(
        _ head: MessageHead, _ message: EncodedRecord, _ bytes: Span<UInt8>, in turn: inout Turn<State>
    ) where State.Record == MoHRecord {
        // The rules have read the block already.
        guard let patient = EncodedTexts(.administrative, bytes, message.administrative) else { return }
        turn.effects.send(written: .identityCheck, record: head.record, revision: message.revision) { check in
            check.write(1, message.recordID, of: bytes)
            check.write(2, UInt64(message.revision))
            check.write(3, patient[5], of: bytes)
            check.write(4, patient[4], of: bytes)
            check.write(5, patient[6], of: bytes)
        }
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
