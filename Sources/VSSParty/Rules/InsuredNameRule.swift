import ExchangeSchema
import PartyCore

/// Results 060 and 061: the name is wrong; 061 when its first letter is right. Names are compared by
/// ``ExchangeSchema/PersonName/areSame(_:_:)``.
enum InsuredNameRule {
    static func check(_ patient: ExaminedPatient, _ person: InsuredPerson) throws(Refusal) {
        guard !PersonName.areSame(patient.hoTen, person.fullName) else { return }
        let written = PersonName.normalised(patient.hoTen)
        throw Refusal(
            written.first == person.fullName.first ? .vssNameWrongFirstLetterRight : .vssNameWrong, field: "HO_TEN",
            value: patient.hoTen, rule: "the name is the one on the card")
    }
}
