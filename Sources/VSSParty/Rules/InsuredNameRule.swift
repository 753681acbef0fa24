import ExchangeSchema
import PartyCore

/// Results 060 and 061: the name is wrong; 061 when its first letter is right. Names are compared as
/// ``ExchangeSchema/PersonName`` normalises them.
enum InsuredNameRule {
    static func check(_ patient: AdministrativeBlock, _ person: InsuredPerson) throws(Refusal) {
        guard patient.hoTen != person.fullName else { return }
        let written = PersonName.normalised(patient.hoTen)
        guard written != person.fullName else { return }
        throw Refusal(
            written.first == person.fullName.first ? .vssNameWrongFirstLetterRight : .vssNameWrong, field: "HO_TEN",
            value: patient.hoTen, rule: "the name is the one on the card")
    }
}
