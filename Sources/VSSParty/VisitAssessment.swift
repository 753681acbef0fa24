import ExchangeSchema
import FoundationEssentials
import PartyCore

/// What VSS says of a visit.
struct VisitAssessment {
    /// What it says at once.
    var assessment = Assessment()
    /// Why it refuses the visit; nil when it passes.
    var refusal: Refusal?
    /// What it will say when it reviews the visit; nil for nothing.
    var feedback: AssessmentFeedback?
    /// Whose usable card it is; nil without one.
    var holder: SocialInsuranceNumber?
}

extension VSSCore {
    /// Assesses a visit. What the review will say is worked out at the same time, for nothing that the review looks at
    /// changes in between but what the register is told late, and the register knows that.
    /// - Parameter details: Encoded ClinicalDetails; nil where VSS is not told of lines.
    /// - Throws: What the register throws.
    func assess(
        _ patient: ExaminedPatient, _ insurance: ExaminedInsurance, details: Data?, at now: Int64
    ) throws -> VisitAssessment {
        var found = VisitAssessment()
        found.assessment.assessedAt = now
        let card = try cardCheck.examine(patient, insurance)
        switch card.outcome {
        case .notInsured:
            found.assessment.outcome = .notInsured
        case .covered(let code, let percent):
            found.assessment.outcome = .covered
            found.assessment.cardCheckCode = code
            found.assessment.benefitPercent = percent
            found.holder = card.person?.socialInsuranceNumber
        case .refused(let refusal):
            found.refusal = refusal
            return found
        }
        guard let person = card.person, let discharged = card.discharged,
            let claim = Claim(
                insurance, percent: found.assessment.benefitPercent, registeredFacility: person.registeredFacility,
                tables: cardCheck.tables, admitted: card.admitted ?? discharged, discharged: discharged)
        else { return found }
        judge(claim, details, late: card.late, &found)
        return found
    }

    private func judge(_ claim: Claim, _ details: Data?, late: Refusal?, _ found: inout VisitAssessment) {
        var findings = ClaimRules.findings(claim, details: details)
        if !givesFeedback, let sums = findings.later {
            findings.atOnce.append(sums)
            findings.accepted = sums.accepted
            findings.later = nil
        }
        if !findings.atOnce.isEmpty {
            found.assessment.lines = findings.atOnce.map(\.assessedLine)
            found.assessment.amountClaimed = claim.fund
            found.assessment.amountAccepted = findings.accepted
        }
        guard givesFeedback else { return }
        if let late {
            found.feedback = feedback(.refused, .review, claim, [Self.finding(late, claim)], accepted: 0, found)
            found.feedback?.cardCheckCode = late.reason.cardCheckCode ?? ""
        } else if let sums = findings.later {
            found.feedback = feedback(.reduced, .summary, claim, [sums], accepted: sums.accepted, found)
        }
    }

    private func feedback(
        _ outcome: FeedbackOutcome, _ duty: FeedbackDuty, _ claim: Claim, _ findings: [ClaimFinding], accepted: Int64,
        _ found: VisitAssessment
    ) -> AssessmentFeedback {
        var feedback = AssessmentFeedback()
        feedback.outcome = outcome
        feedback.duty = duty
        feedback.lines = findings.map(\.assessedLine)
        feedback.amountClaimed = claim.fund
        feedback.amountAccepted = accepted
        feedback.assessedAt = found.assessment.assessedAt
        feedback.dueAt =
            duty == .summary
            ? FeedbackDeadline.summary(of: feedback.assessedAt) : FeedbackDeadline.review(of: feedback.assessedAt)
        return feedback
    }

    /// The card that turns out unusable, as a finding about the whole claim.
    private static func finding(_ late: Refusal, _ claim: Claim) -> ClaimFinding {
        ClaimFinding(
            table: "XML1", line: "", field: late.field, value: late.value, claimed: claim.fund, accepted: 0,
            rule: "card-at-review", explanation: late.rule)
    }
}
