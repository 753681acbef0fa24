import ExchangeSchema
public import PartyCore
public import Vocabulary

/// Vietnam Social Security: assesses the insurance side of a record, and has the person identified when it stands.
///
/// | event                         | record is             | what happens                                              |
/// |-------------------------------|-----------------------|-----------------------------------------------------------|
/// | record, card usable           | new, reopened         | shared; Assessment covered to MoH, IdentityCheck to C06    |
/// | record, no card               | new, reopened         | shared; Assessment not insured, IdentityCheck to C06       |
/// | record, card not usable       | new, reopened         | refused with the card-check code; Assessment refused to MoH|
/// | record that cannot be read    | any                   | dead letter                                                |
/// | copies and late messages      | any                   | no effect (``PartyCore/RevisionTable``)                    |
///
/// "Shared" at VSS means: passed on.
public struct VSSCore<Registry: InsuranceRegistry>: Party {
    /// What the party remembers of one record.
    public typealias Record = VSSRecord

    private let cardCheck: CardCheck<Registry>

    /// Always `vss`.
    public var party: PartyRole { .vss }

    /// VSS with the register of insured people that it looks into.
    public init(registry: Registry) {
        cardCheck = CardCheck(registry: registry)
    }

    /// Handles an accepted record.
    public func receive<State: PartyState>(
        _ head: MessageHead, _ payload: RawSpan, state: inout State, ledger: inout Ledger, now: Int64,
        effects: inout Effects
    ) throws -> Verdict where State.Record == VSSRecord {
        guard head.type == .acceptedRecord else { return Verdict(.notAddressed) }
        guard let message = try? AcceptedRecord(decoding: payload),
            RecordIdentifier(message.recordID) == head.record,
            let patient = try? AdministrativeBlock(decoding: message.administrative),
            let insurance = try? InsuranceBlock(decoding: message.insurance)
        else {
            ledger.deadLetters += 1
            return Verdict(.unreadable)
        }
        let held = try state.record(head.record)
        let age = held.map { RevisionAge(incoming: message.revision, held: $0.revision) } ?? .newer
        let step = RevisionTable.arrival(held?.phase, age, sharedIsFinal: false)
        if let verdict = ledger.note(step, previousReason: held?.reason ?? 0) { return verdict }

        var assessment = Assessment()
        assessment.recordID = message.recordID
        assessment.revision = message.revision
        assessment.assessedAt = now
        var record = VSSRecord(phase: .shared, revision: message.revision, assessedAt: now)
        var verdict = Verdict(.accepted)
        switch cardCheck.check(patient, insurance) {
        case .notInsured:
            assessment.outcome = .notInsured
        case .covered(let code, let percent):
            assessment.outcome = .covered
            assessment.cardCheckCode = code
            assessment.benefitPercent = percent
        case .refused(let refusal):
            assessment.outcome = .refused
            assessment.cardCheckCode = String(refusal.reason.text.dropFirst("vss.".count))
            var contradiction = Contradiction()
            contradiction.field = refusal.field
            contradiction.value = refusal.value
            contradiction.rule = refusal.rule
            assessment.contradictions = [contradiction]
            record.phase = .refused
            record.reason = refusal.reason.rawValue
            verdict = Verdict(.refused, refusal.reason)
        }
        state.set(record, for: head.record)
        effects.send(assessment, record: head.record, revision: message.revision)
        if let reason = verdict.reason {
            ledger.refuse(reason)
        } else {
            ledger.share()
            sendIdentityCheck(head, message, patient, effects: &effects)
        }
        return verdict
    }

    /// C06 is told number, name and birth date, and nothing else (architecture, decision 5).
    private func sendIdentityCheck(
        _ head: MessageHead, _ message: AcceptedRecord, _ patient: AdministrativeBlock, effects: inout Effects
    ) {
        var check = IdentityCheck()
        check.recordID = message.recordID
        check.revision = message.revision
        check.citizenNumber = patient.soCccd
        check.fullName = patient.hoTen
        check.birthDate = patient.ngaySinh
        effects.send(check, record: head.record, revision: message.revision)
    }
}
