import ExchangeSchema
import PartyCore

/// Result 070: the birth date is wrong. Parts that the facility writes as unknown are not compared.
enum InsuredBirthDateRule {
    static func check(_ patient: ExaminedPatient, _ person: InsuredPerson) throws(Refusal) {
        if let written = try? BirthDate.parse(patient.ngaySinh),
            written.agrees(with: person.birthDate)
        {
            return
        }
        throw Refusal(
            .vssBirthDateWrong, field: "NGAY_SINH", value: patient.ngaySinh,
            rule: "the birth date is the one on the card")
    }
}
