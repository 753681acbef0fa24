public import ExchangeSchema
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
        _ head: MessageHead, _ payload: RawSpan, in turn: inout Turn<State>
    ) throws -> Verdict where State.Record == VSSRecord {
        guard head.type == .acceptedRecord else { return Verdict(.notAddressed) }
        let message = try AcceptedRecord(decoding: payload, about: head.record)
        let (patient, insurance) = try Self.blocks(message)
        return try turn.arrival(of: message.revision, about: head.record, sharedIsFinal: false) { _, turn in
            try assess(head, message, patient, insurance, in: &turn)
        }
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

    private func assess<State: PartyState>(
        _ head: MessageHead, _ message: AcceptedRecord, _ patient: AdministrativeBlock, _ insurance: InsuranceBlock,
        in turn: inout Turn<State>
    ) throws -> Verdict where State.Record == VSSRecord {
        var assessment = Assessment()
        assessment.recordID = message.recordID
        assessment.revision = message.revision
        assessment.assessedAt = turn.now
        var record = VSSRecord(phase: .shared, revision: message.revision, assessedAt: turn.now)
        var verdict = Verdict(.accepted)
        switch try cardCheck.check(patient, insurance) {
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
        turn.state.set(record, for: head.record)
        turn.effects.send(assessment, record: head.record, revision: message.revision)
        if let reason = verdict.reason {
            turn.ledger.refuse(reason)
        } else {
            turn.ledger.share()
            sendIdentityCheck(head, message, patient, in: &turn)
        }
        return verdict
    }

    /// C06 is told number, name and birth date, and nothing else (architecture, decision 5).
    private func sendIdentityCheck<State: PartyState>(
        _ head: MessageHead, _ message: AcceptedRecord, _ patient: AdministrativeBlock, in turn: inout Turn<State>
    ) {
        var check = IdentityCheck()
        check.recordID = message.recordID
        check.revision = message.revision
        check.citizenNumber = patient.soCccd
        check.fullName = patient.hoTen
        check.birthDate = patient.ngaySinh
        turn.effects.send(check, record: head.record, revision: message.revision)
    }
}
