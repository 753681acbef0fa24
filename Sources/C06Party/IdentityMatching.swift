import ExchangeSchema
import PartyCore

/// Finds the person of a check. The rules, in order; the first one that fails is the finding:
///
/// 1. a number is given, and not blank;
/// 2. it is registered, as a 12-digit citizen number or a 9-digit number of the old identity card;
/// 3. the name is the registered one (``ExchangeSchema/PersonName/areSame(_:_:)``);
/// 4. the birth date agrees in every part that is known;
/// 5. the number is in force;
/// 6. the person is alive.
struct IdentityMatching<Registry: PopulationRegistry>: Sendable {
    let registry: Registry

    /// - Throws: The register's error when it cannot be read.
    func find(_ check: IdentityCheck) throws -> IdentityFinding {
        guard !check.citizenNumber.isBlank else { return .mismatch(.c06NumberMissing) }
        guard let person = try person(check.citizenNumber) else { return .mismatch(.c06NumberUnknown) }
        guard PersonName.areSame(check.fullName, person.fullName) else { return .mismatch(.c06NameDiffers) }
        guard let written = try? BirthDate.parse(check.birthDate),
            written.agrees(with: person.birthDate)
        else { return .mismatch(.c06BirthDateDiffers) }
        guard !person.isSuperseded else { return .mismatch(.c06NumberSuperseded) }
        guard person.diedOn == nil else { return .mismatch(.c06Deceased) }
        return .match(person.citizenNumber)
    }

    private func person(_ text: String) throws -> RegisteredPerson? {
        if text.utf8.count == 9 { return try registry.person(oldIdentityNumber: text) }
        guard let number = try? CitizenNumber(parsing: text, field: "SO_CCCD") else { return nil }
        return try registry.person(citizenNumber: number)
    }
}
