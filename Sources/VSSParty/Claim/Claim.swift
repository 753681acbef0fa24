import ExchangeSchema

/// What a facility claims of the fund for an insured visit, with what its card gives on the day on which the visit ended.
struct Claim {
    let insurance: ExaminedInsurance
    /// Days of admission and discharge, `yyyymmdd`.
    let admitted: Int32
    let discharged: CivilDate
    /// Share of the card, in percent.
    let percent: UInt32
    /// Where the register says that the patient is registered; nil where it says nothing.
    let registeredFacility: FacilityCode?
    let tables: ClaimTables
    /// T_TONGCHI_BH and T_BHTT, in hundredths of a dong.
    let covered: Int64
    let fund: Int64

    /// nil where dates and amounts cannot be read, or contradict each other: MoH refuses such a visit.
    init?(
        _ insurance: ExaminedInsurance, percent: UInt32, registeredFacility: FacilityCode?, tables: ClaimTables,
        admitted: CivilDate, discharged: CivilDate
    ) {
        guard let fund = Amount(parsing: insurance.tBhtt), let covered = Amount(parsing: insurance.tTongchiBh),
            covered.hundredths - (Amount(parsing: insurance.tBncct)?.hundredths ?? 0) == fund.hundredths,
            admitted <= discharged
        else { return nil }
        self.insurance = insurance
        self.percent = percent
        self.registeredFacility = registeredFacility
        self.tables = tables
        self.admitted = admitted.number
        self.discharged = discharged
        self.covered = covered.hundredths
        self.fund = fund.hundredths
    }

    /// Rounding of a row: one dong.
    static let rounding: Int64 = 100
}

/// What may be claimed of a visit at most: a share in hundredths of a percent, and why.
struct AllowedShare: Equatable {
    var hundredths: Int64
    /// Name of the rule that gives it.
    var rule: String
    /// The field that decides.
    var field: String
    var value: String
    var ground: Ground

    /// Why it is the greatest share. In words only where somebody is told: nearly every claim keeps to it.
    enum Ground: Equatable {
        case card(percent: UInt32)
        case words(String)
    }

    var explanation: String {
        switch ground {
        case .card(let percent): "the card gives \(percent) percent (Decision 1351/QD-BHXH)"
        case .words(let words): words
        }
    }

    /// The part of an amount.
    func part(of amount: Int64) -> Int64 { amount * hundredths / 10_000 }
}

/// What is not accepted as claimed, with the amounts.
struct ClaimFinding: Equatable {
    var table: String
    var line: String
    var field: String
    var value: String
    var claimed: Int64
    var accepted: Int64
    var rule: String
    var explanation: String

    var assessedLine: AssessedLine {
        var message = AssessedLine()
        message.table = table
        message.line = line
        message.field = field
        message.value = value
        message.amountClaimed = claimed
        message.amountAccepted = accepted
        message.rule = rule
        message.explanation = explanation
        return message
    }
}
