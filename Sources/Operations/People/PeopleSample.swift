import ExchangeSchema
import Registers
import SyntheticPopulation

/// Made-up people as a file of people has them, so that nobody has to begin with an empty one.
public struct PeopleSample {
    private let population: SyntheticPopulation
    private let count: Int

    /// - Parameters:
    ///   - count: How many, from 1.
    ///   - seed: The same seed gives the same people.
    /// - Throws: `PopulationError` when there can be no such population.
    public init(count: Int, seed: UInt64) throws {
        self.count = count
        population = try SyntheticPopulation(
            configuration: PopulationConfiguration(seed: seed, persons: UInt64(count), facilities: 63, faultRates: [:]))
    }

    /// CSV with headings, every line with its end.
    public func text() -> String {
        var text = RegisterRow<PeopleColumn>.headings + "\n"
        for index in 0..<UInt64(count) {
            text += Self.row(population.person(index), line: Int(index) + 2).delimited + "\n"
        }
        return text
    }

    private static func row(_ person: SyntheticPerson, line: Int) -> RegisterRow<PeopleColumn> {
        var row = RegisterRow<PeopleColumn>(line: line)
        let entitlement = person.entitlement
        let province = entitlement.issuingProvince.twoDigits
        row[.citizenNumber] = person.citizenNumber.description
        row[.earlierNumbers] = [person.supersededNumber?.description, person.oldIdentityNumber].compactMap(\.self)
            .joined(separator: " ")
        row[.fullName] = person.fullName
        row[.birthDate] = written(person.birthDate)
        row[.sex] = person.sex.description
        row[.province] = person.residence.formerProvince.twoDigits
        row[.ward] = fiveDigits(person.residence.ward)
        row[.card] = "\(entitlement.subject)\(entitlement.benefitLevel)\(province)\(person.socialInsuranceNumber)"
        row[.cardValidFrom] = written(entitlement.validFrom)
        row[.cardValidTo] = written(entitlement.validTo)
        row[.diedOn] = person.diedOn.map(written) ?? ""
        return row
    }

    private static func written(_ date: CivilDate) -> String {
        let digits = date.description
        return "\(digits.prefix(4))-\(digits.dropFirst(4).prefix(2))-\(digits.suffix(2))"
    }

    private static func fiveDigits(_ number: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, 5 - digits.count)) + digits
    }
}
