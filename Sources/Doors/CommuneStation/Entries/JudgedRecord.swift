import ExchangeSchema
import HealthStandards
import MoHParty
import PartyCore

/// A form as it would go to the facility, with everything that is wrong with it: by the rules by which `facility validate` judges
/// an envelope and, where it keeps these, by those by which MoH refuses without a register.
struct JudgedRecord {
    /// One thing that is wrong.
    struct Fault {
        /// The field of the form in which it stands; empty for the form as a whole.
        var input: String
        var finding: ValidationFinding
    }

    /// As the inbox of the facility takes it; it counts only where nothing is wrong.
    let submission: VisitSubmission
    let faults: [Fault]

    /// - Parameters:
    ///   - facility: MA_CSKCB of the station.
    ///   - day: The day on which it is sent, yyyyMMdd.
    init(_ typed: TypedRecord, facility: String, on day: String) {
        let submission: VisitSubmission
        var faults: [Fault]
        switch typed.kind {
        case .visit:
            let draft = VisitDraft(typed, facility: facility)
            submission = VisitSubmission(draft.record, facilityCode: facility)
            faults = draft.faults(on: day)
        case .vaccination:
            let draft = VaccinationDraft(typed, facility: facility)
            submission = draft.submission
            faults = draft.faults
        }
        if faults.isEmpty, let refusal = IntakeCheck.refusal(of: FacilityRecord(submission)) {
            faults = [Fault(refusal, typed.kind)]
        }
        self.submission = submission
        self.faults = faults
    }
}

extension JudgedRecord.Fault {
    /// What MoH would refuse, or has refused.
    init(_ refusal: Refusal, _ kind: RecordKind) {
        self.init(
            code: refusal.reason.text, field: refusal.field, value: refusal.value, rule: refusal.rule, kind)
    }

    /// What a party says of a field.
    init(code: String, field: String, value: String, rule: String, _ kind: RecordKind) {
        let official = ReasonCode(text: code)?.cardCheckCode != nil
        self.init(
            input: Self.input(of: field, kind),
            finding: ValidationFinding(
                severity: .refusal, table: kind == .visit ? "XML1" : nil, field: field.isEmpty ? nil : field,
                value: value.isEmpty ? nil : PrintableText.escaped(value, limit: 80), rule: code, english: rule,
                vietnamese: ReasonCode(text: code)?.vietnamese ?? rule,
                source: official
                    ? "VSS dispatch 1923/BHXH-CNTT, annex" : "a rule of the party, its code simulator-defined"))
    }

    /// The field of the form that has a field of the standard.
    private static func input(of field: String, _ kind: RecordKind) -> String {
        TypedRecord.sections(kind).flatMap(\.fields).first { $0.code == field }?.name ?? ""
    }
}

extension FacilityRecord {
    /// As MoH gets it from the facility.
    fileprivate init(_ submission: VisitSubmission) {
        self.init()
        facilityCode = submission.name.facilityCode
        administrative = submission.administrative
        insurance = submission.insurance
        clinical = submission.clinical
        clinicalDetails = submission.clinicalDetails
    }
}
