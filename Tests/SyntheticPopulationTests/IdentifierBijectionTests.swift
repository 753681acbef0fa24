import ExchangeSchema
import PartyCore
import Testing

@testable import SyntheticPopulation

/// People and their numbers: each the inverse of the other.
@Suite struct IdentifierBijectionTests {
    static func population(_ persons: UInt64) throws -> SyntheticPopulation {
        try SyntheticPopulation(configuration: PopulationConfiguration(seed: 5, persons: persons))
    }

    @Test(arguments: [2, 3, 100, 1_001, 3_000] as [UInt64])
    func invertForEverybodyInASmallPopulation(_ persons: UInt64) throws {
        let population = try Self.population(persons)
        var numbers: Set<CitizenNumber> = []
        var cards: Set<SocialInsuranceNumber> = []
        for index in 0..<persons {
            let person = population.person(index)
            #expect(person.index == index)
            #expect(numbers.insert(person.citizenNumber).inserted)
            #expect(cards.insert(person.socialInsuranceNumber).inserted)
            try expectInverse(population, person)
        }
    }

    @Test(arguments: [1_000_000, 999_999, 100_000_000] as [UInt64])
    func invertForSamplesOfALargePopulation(_ persons: UInt64) throws {
        let population = try Self.population(persons)
        var draws = Draws(seed: 99, .people, persons)
        for _ in 0..<400 { try expectInverse(population, population.person(draws.below(persons))) }
        try expectInverse(population, population.person(persons - 1))
    }

    private func expectInverse(_ population: SyntheticPopulation, _ person: SyntheticPerson) throws {
        #expect(population.index(ofCitizenNumber: person.citizenNumber) == person.index)
        #expect(population.index(ofSocialInsuranceNumber: person.socialInsuranceNumber) == person.index)
        try person.citizenNumber.check(birthDate: person.birthDate, sex: person.sex)
        #expect(person.citizenNumber.birthProvince == person.birthProvince)
        #expect((person.oldIdentityNumber == nil) == (person.birthDate.year >= 2_000))
        if let old = person.oldIdentityNumber {
            #expect(old.utf8.count == 9)
            #expect(population.index(ofOldIdentityNumber: old) == person.index)
        }
        if let earlier = person.supersededNumber {
            #expect(earlier != person.citizenNumber)
            #expect(population.index(ofCitizenNumber: earlier) == person.index)
            try earlier.check(birthDate: person.birthDate, sex: person.sex)
        }
    }

    /// The issued numbers of a cell and every eighth of its other numbers: exactly the issued ones are known.
    @Test func knowExactlyTheNumbersThatWereIssued() throws {
        let population = try Self.population(30_000)
        let people = (0..<30_000 as Range<UInt64>).map(population.person)
        let prefix = try #require(people.first { $0.supersededNumber != nil }).citizenNumber.number / 1_000_000
        let issued = people.flatMap { [$0.citizenNumber, $0.supersededNumber] }.compactMap { $0?.number }
            .filter { $0 / 1_000_000 == prefix }.sorted()
        #expect(issued.count > 2)
        var known: [UInt64] = []
        for serial in 0..<1_000_000 as Range<UInt64>
        where issued.contains(prefix * 1_000_000 + serial) || serial % 8 == 0 {
            guard let number = CitizenNumber(number: prefix * 1_000_000 + serial) else { continue }
            if population.index(ofCitizenNumber: number) != nil { known.append(number.number) }
        }
        #expect(known == issued)
    }

    @Test func giveNothingForNumbersThatWereNeverIssued() throws {
        let population = try Self.population(1_000)
        var draws = Draws(seed: 3, .people, 0)
        var (citizens, cards, old) = (0, 0, 0)
        for _ in 0..<5_000 {
            if let number = CitizenNumber(number: 1_000_000_000 * 79 + draws.below(1_000_000_000 as UInt64)),
                population.index(ofCitizenNumber: number) != nil
            {
                citizens += 1
            }
            if let number = SocialInsuranceNumber(number: draws.below(10_000_000_000 as UInt64)),
                population.index(ofSocialInsuranceNumber: number) != nil
            {
                cards += 1
            }
            let text = Decimal.text(draws.below(1_000_000_000 as UInt64), count: 9)
            if population.index(ofOldIdentityNumber: text) != nil { old += 1 }
        }
        #expect(citizens + cards + old == 0)
        for text in ["", "12345678", "1234567890", "12345678x", "+12345678", "１２３"] {
            #expect(population.index(ofOldIdentityNumber: text) == nil)
        }
    }

    @Test func registersAnswerWithWhatThePersonHas() throws {
        let population = try Self.population(50_000)
        var superseded = 0
        for index in stride(from: 0, to: 50_000, by: 37) as StrideTo<UInt64> {
            let person = population.person(index)
            let registered = try #require(population.person(citizenNumber: person.citizenNumber))
            #expect(registered.fullName == person.fullName && registered.birthDate == person.birthDate)
            #expect(registered.diedOn == person.diedOn && !registered.isSuperseded)
            #expect(registered.residentProvince == person.residence.formerProvince.province)
            if let old = person.oldIdentityNumber { #expect(population.person(oldIdentityNumber: old) == registered) }
            if let earlier = person.supersededNumber {
                superseded += 1
                let found = try #require(population.person(citizenNumber: earlier))
                #expect(found.isSuperseded && found.citizenNumber == person.citizenNumber)
                #expect(population.insured(citizenNumber: earlier) == nil)
            }
            let insured = try #require(population.insured(citizenNumber: person.citizenNumber))
            #expect(population.insured(socialInsuranceNumber: person.socialInsuranceNumber) == insured)
            #expect(insured.fullName == person.fullName && insured.birthDate == person.birthDate)
            #expect(insured.validFrom == person.entitlement.validFrom && insured.validTo == person.entitlement.validTo)
            #expect(insured.issuingProvince == person.entitlement.issuingProvince.twoDigits)
        }
        #expect(superseded > 10)
    }
}
