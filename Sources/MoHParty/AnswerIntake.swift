import ExchangeSchema
import PartyCore

extension MoHCore {
    /// VSS answers.
    func receiveAssessment<State: PartyState>(
        _ head: MessageHead, _ payload: RawSpan, state: inout State, ledger: inout Ledger, now: Int64,
        effects: inout Effects
    ) throws -> Verdict where State.Record == MoHRecord {
        guard let message = try? Assessment(decoding: payload), RecordIdentifier(message.recordID) == head.record
        else { return unreadable(&ledger) }
        let held = try state.record(head.record)
        let age = RevisionAge(incoming: message.revision, held: held?.revision ?? 0)
        let step = RevisionTable.answer(held?.phase, age, isAnswered: held?.assessment != nil)
        if let verdict = ledger.note(step) { return verdict }
        guard var record = held else { return Verdict(.unknownRecord) }
        switch message.outcome {
        case .covered, .notInsured:
            guard let assessment = Self.assessment(message) else { return unreadable(&ledger) }
            record.assessment = assessment
            return try settle(head.record, record, state: &state, ledger: &ledger, now: now, effects: &effects)
        case .refused:
            guard let reason = ReasonCode(text: "vss." + message.cardCheckCode) else { return unreadable(&ledger) }
            let first = message.contradictions.first ?? Contradiction()
            let refusal = Refusal(reason, field: first.field, value: first.value, rule: first.rule)
            return try refuse(
                head.record, record, refusal, by: .vss, state: &state, ledger: &ledger, now: now, effects: &effects)
        case .unspecified, .UNRECOGNIZED:
            return unreadable(&ledger)
        }
    }

    /// C06 answers.
    func receiveIdentity<State: PartyState>(
        _ head: MessageHead, _ payload: RawSpan, state: inout State, ledger: inout Ledger, now: Int64,
        effects: inout Effects
    ) throws -> Verdict where State.Record == MoHRecord {
        guard let message = try? IdentityResult(decoding: payload), RecordIdentifier(message.recordID) == head.record
        else { return unreadable(&ledger) }
        let held = try state.record(head.record)
        let age = RevisionAge(incoming: message.revision, held: held?.revision ?? 0)
        let step = RevisionTable.answer(held?.phase, age, isAnswered: held?.identity != nil)
        if let verdict = ledger.note(step) { return verdict }
        guard var record = held else { return Verdict(.unknownRecord) }
        if message.outcome == .match {
            guard let identity = Self.identity(message) else { return unreadable(&ledger) }
            record.identity = identity
            return try settle(head.record, record, state: &state, ledger: &ledger, now: now, effects: &effects)
        }
        guard let refusal = IdentityRefusals.refusal(for: message) else { return unreadable(&ledger) }
        return try refuse(
            head.record, record, refusal, by: .c06, state: &state, ledger: &ledger, now: now, effects: &effects)
    }

    /// What a positive answer of VSS says; nil when its code is not three digits or its share is none.
    private static func assessment(_ message: Assessment) -> MoHRecord.AssessmentAnswer? {
        guard let percent = UInt8(exactly: message.benefitPercent), percent <= 100 else { return nil }
        guard message.outcome == .covered else { return .init(cardCheckCode: nil, benefitPercent: percent) }
        guard message.cardCheckCode.utf8.count == 3,
            message.cardCheckCode.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            let code = UInt16(message.cardCheckCode)
        else { return nil }
        return .init(cardCheckCode: code, benefitPercent: percent)
    }

    /// What a match says; nil when the number or the province is none.
    private static func identity(_ message: IdentityResult) -> MoHRecord.IdentityAnswer? {
        guard let number = try? CitizenNumber(parsing: message.citizenNumber) else { return nil }
        if message.movedToProvince.isEmpty { return .init(citizenNumber: number.number, movedToProvince: 0) }
        guard let province = Province(code: message.movedToProvince), let digits = UInt8(province.code) else {
            return nil
        }
        return .init(citizenNumber: number.number, movedToProvince: digits)
    }

    private func unreadable(_ ledger: inout Ledger) -> Verdict {
        ledger.deadLetters += 1
        return Verdict(.unreadable)
    }

    /// Refuses a record whose submission is kept, and so knows its facility and the value concerned.
    private func refuse<State: PartyState>(
        _ identifier: RecordIdentifier, _ record: MoHRecord, _ refusal: Refusal, by party: RefusingParty,
        state: inout State, ledger: inout Ledger, now: Int64, effects: inout Effects
    ) throws -> Verdict where State.Record == MoHRecord {
        let submission = try kept(record, state: &state)
        var refusal = refusal
        if refusal.value.isEmpty, let block = try? AdministrativeBlock(decoding: submission.administrative) {
            switch refusal.field {
            case "SO_CCCD": refusal.value = block.soCccd
            case "HO_TEN": refusal.value = block.hoTen
            case "NGAY_SINH": refusal.value = block.ngaySinh
            default: break
            }
        }
        return refuse(
            identifier, record, refusal, by: party, facilityCode: submission.facilityCode, state: &state,
            ledger: &ledger, now: now, effects: &effects)
    }

    /// Puts a record into the book once both answers are there.
    private func settle<State: PartyState>(
        _ identifier: RecordIdentifier, _ record: MoHRecord, state: inout State, ledger: inout Ledger, now: Int64,
        effects: inout Effects
    ) throws -> Verdict where State.Record == MoHRecord {
        var record = record
        guard let assessment = record.assessment, let identity = record.identity else {
            state.set(record, for: identifier)
            return Verdict(.accepted)
        }
        let submission = try kept(record, state: &state)
        let entry = BookSharing.entry(
            submission, assessment: assessment, identity: identity, residence: record.residence, now: now)
        effects.send(entry, record: identifier, revision: record.revision, key: entry.citizenNumber)
        state.drop(record.keptAt)
        record.phase = .shared
        record.keptAt = 0
        state.set(record, for: identifier)
        ledger.share()
        return Verdict(.accepted)
    }

    private func kept<State: PartyState>(
        _ record: MoHRecord, state: inout State
    ) throws -> FacilityRecord where State.Record == MoHRecord {
        guard let bytes = try state.kept(at: record.keptAt) else { throw MissingSubmission(position: record.keptAt) }
        return try FacilityRecord(decoding: bytes)
    }
}

/// A pending record's submission is gone from the store: the data directory was altered.
public struct MissingSubmission: Error, Equatable, CustomStringConvertible {
    /// Where it should have been.
    public var position: Int64

    /// For people.
    public var description: String {
        "the submission kept at position \(position) is missing; the data directory was altered, restore it from a copy"
    }
}
