import ExchangeSchema
import PartyCore

/// Finds the person of a check. The rules, in order; the first one that fails is the finding:
///
/// 1. a number is given, and not blank;
/// 2. it is registered, as a 12-digit citizen number or a 9-digit number of the old identity card;
/// 3. a 9-digit number was one person's only;
/// 4. the name is the registered one (``ExchangeSchema/PersonName/areSame(_:_:)``);
/// 5. the birth date agrees in every part that is known.
///
/// Of a person who matches C06 says what it knows with its date: a death, a move, a number issued anew. Whether a visit may
/// stand beside it, MoH decides, which knows when the visit was.
struct IdentityMatching<Registry: PopulationRegistry>: Sendable {
    let registry: Registry

    /// - Parameter reported: How many of the changes that C06 has to report it has reported; of others it knows nothing.
    /// - Throws: The register's error when it cannot be read.
    func find(_ check: IdentityCheck, afterReports reported: Int64 = .max) throws -> IdentityFinding {
        let written = check.citizenNumber
        guard !written.isBlank else { return .mismatch(.c06NumberMissing) }
        guard let found = try person(written), !found.isIssuedLater(written, afterReports: reported) else {
            return .mismatch(.c06NumberUnknown)
        }
        let person = found.known(afterReports: reported)
        if written.utf8.count == 9, try registry.isOfSeveralPeople(oldIdentityNumber: written) {
            return .mismatch(.c06Ambiguous)
        }
        guard PersonName.areSame(check.fullName, person.fullName) else { return .mismatch(.c06NameDiffers) }
        guard let birthDate = try? BirthDate.parse(check.birthDate), birthDate.agrees(with: person.birthDate)
        else { return .mismatch(.c06BirthDateDiffers) }
        return .match(person.citizenNumber, CivilStanding(person))
    }

    private func person(_ text: String) throws -> RegisteredPerson? {
        if text.utf8.count == 9 { return try registry.person(oldIdentityNumber: text) }
        guard let number = try? CitizenNumber(parsing: text, field: "SO_CCCD") else { return nil }
        return try registry.person(citizenNumber: number)
    }
}
