import ExchangeSchema
import FoundationEssentials
import PartyCore
import Vocabulary

extension VSSCore {
    /// A record arrives from a facility. Nearly all are read where they lie, and passed on from there.
    func receiveSubmission<State: PartyState>(
        _ head: MessageHead, _ payload: RawSpan, in turn: inout Turn<State>
    ) throws -> Verdict where State.Record == VSSRecord {
        try payload.withBytes { bytes in
            guard let message = EncodedRecord(.submission, bytes, about: head.record),
                let record = ExaminedRecord(message, bytes)
            else { return try receiveUnusual(head, payload, in: &turn) }
            return try turn.arrival(of: record.revision, about: head.record) { held, turn in
                leave(held, in: &turn)
                let details = bytes.extracting(message.clinicalDetails).withUnsafeBytes { Data($0) }
                let found = try assess(record.patient, record.insurance, details: details, at: turn.now)
                return try conclude(
                    head, record.revision, record.facilityCode, held, found, remembering: { record.insurance },
                    passOn: { passOn(head, message, bytes, found.assessment, in: &$0) }, in: &turn)
            }
        }
    }

    /// Anything but a record with blocks that can be read, and nothing else.
    private func receiveUnusual<State: PartyState>(
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
        return try conclude(
            head, message.revision, message.facilityCode, held, found,
            remembering: { (try? InsuranceBlock(decoding: message.insurance)).map { ExaminedInsurance($0) } },
            passOn: {
                $0.effects.send(
                    AssessedRecord(message, assessment: found.assessment, releasing: releasedToMoH),
                    record: head.record, revision: message.revision)
            }, in: &turn)
    }

    /// Returns a visit or passes it on, as it was assessed.
    /// - Parameters:
    ///   - insurance: The block, to remember the visit by.
    ///   - passOn: Sends the record to MoH with its assessment.
    private func conclude<State: PartyState>(
        _ head: MessageHead, _ revision: UInt32, _ facilityCode: String, _ held: VSSRecord?, _ found: VisitAssessment,
        remembering insurance: () -> ExaminedInsurance?, passOn: (inout Turn<State>) -> Void,
        in turn: inout Turn<State>
    ) throws -> Verdict where State.Record == VSSRecord {
        if let refusal = found.refusal {
            return refuse(head.record, revision: revision, held, refusal, facilityCode: facilityCode, in: &turn)
        }
        var record = VSSRecord(phase: .shared, revision: revision, assessedAt: turn.now)
        record.isPassedOn = true
        note(found, about: head.record, facilityCode, &record, in: &turn)
        turn.state.set(record, for: head.record)
        if remembersVisits, let insurance = insurance() {
            try remember(found, head.record, facilityCode, insurance, in: &turn)
        }
        turn.ledger.share()
        passOn(&turn)
        return Verdict(.accepted)
    }

    /// Sends a record with its assessment, written from where it lies.
    private func passOn<State: PartyState>(
        _ head: MessageHead, _ message: EncodedRecord, _ bytes: Span<UInt8>, _ assessment: Assessment,
        in turn: inout Turn<State>
    ) where State.Record == VSSRecord {
        turn.effects.send(written: .assessedRecord, record: head.record, revision: message.revision) { assessed in
            assessed.write(1, message.recordID, of: bytes)
            assessed.write(2, UInt64(message.revision))
            assessed.write(3, message.facilityCode, of: bytes)
            assessed.write(4, signed: message.time)
            assessed.write(5, message.administrative, of: bytes)
            assessed.write(6, message.insurance, of: bytes)
            assessed.write(7, message.clinical, of: bytes)
            assessed.write(8, message.clinicalDetails, of: bytes)
            var said = MessageWriter()
            assessment.write(to: &said)
            assessed.write(9, content: said.bytes)
        }
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
