import ExchangeSchema
import PartyCore

/// NGAY_VAO and NGAY_RA are times, and nobody leaves before having come. Decision 130/QD-BYT, annex, XML1.
enum VisitDatesRule {
    static func check(_ insurance: ExaminedInsurance) throws(Refusal) {
        let admission: VisitTime
        let discharge: VisitTime
        do {
            admission = try VisitTime(parsing: insurance.ngayVao, field: "NGAY_VAO")
            discharge = try VisitTime(parsing: insurance.ngayRa, field: "NGAY_RA")
        } catch {
            throw Refusal(.mohDatesInvalid, error)
        }
        guard !discharge.isEarlier(than: admission) else {
            throw Refusal(
                .mohDatesContradict, field: "NGAY_RA", value: insurance.ngayRa,
                rule: "discharge is not before admission (NGAY_VAO \(insurance.ngayVao))")
        }
    }
}
