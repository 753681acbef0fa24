import ExchangeSchema
import PartyCore

/// SO_CCCD is a 12-digit citizen number that agrees with birth date and sex, a 9-digit number of the old identity card,
/// a passport (capital letter and 7 digits), or blank. VSS portal validator, XML1 SO_CCCD; Decree 137/2015, Art. 13.
enum CitizenNumberRule {
    static func check(_ administrative: ExaminedPerson, birthDate: CivilDate) throws(Refusal) {
        let sex: Sex
        do {
            sex = try Sex(parsing: administrative.gioiTinh)
        } catch {
            throw Refusal(.mohSexUnknown, error)
        }
        let text = administrative.soCccd
        if text.isBlank || isOldIdentityNumber(text) || isPassport(text) { return }
        let number: CitizenNumber
        do {
            number = try CitizenNumber(parsing: text, field: "SO_CCCD")
        } catch {
            throw Refusal(.mohCitizenNumberMalformed, error)
        }
        do {
            try number.check(birthDate: birthDate, sex: sex)
        } catch {
            throw Refusal(.mohCitizenNumberContradicts, error)
        }
    }

    private static func isOldIdentityNumber(_ text: String) -> Bool {
        text.utf8.count == 9 && text.utf8.allSatisfy { (0x30...0x39).contains($0) }
    }

    private static func isPassport(_ text: String) -> Bool {
        guard text.utf8.count == 8, let letter = text.utf8.first, (0x41...0x5A).contains(letter) else { return false }
        return text.utf8.dropFirst().allSatisfy { (0x30...0x39).contains($0) }
    }
}
