extension InsuranceReduction {
    /// What an assessment accepts of the claim; nil when it accepts all that it sees.
    public init?(of assessment: Assessment) {
        guard !assessment.lines.isEmpty, assessment.amountAccepted < assessment.amountClaimed else { return nil }
        self.init()
        amountClaimed = assessment.amountClaimed
        amountAccepted = assessment.amountAccepted
    }
}

extension InsuranceNotice {
    /// What MoH tells the facility of later feedback.
    /// - Parameter time: When; Unix milliseconds.
    public init(_ feedback: AssessmentFeedback, at time: Int64) {
        self.init()
        recordID = feedback.recordID
        revision = feedback.revision
        facilityCode = feedback.facilityCode
        outcome = feedback.outcome
        cardCheckCode = feedback.cardCheckCode
        duty = feedback.duty
        lines = feedback.lines
        amountClaimed = feedback.amountClaimed
        amountAccepted = feedback.amountAccepted
        toldAt = time
    }
}
