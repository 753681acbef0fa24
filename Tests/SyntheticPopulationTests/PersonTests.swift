import ExchangeSchema
import Testing

@testable import SyntheticPopulation

/// The people: plausible, consistent, and spread as the domain file says.
@Suite struct PersonTests {
    let population: SyntheticPopulation
    let people: [SyntheticPerson]

    init() throws {
        population = try SyntheticPopulation(configuration: PopulationConfiguration(seed: 21, persons: 200_000))
        people = stride(from: 0 as UInt64, to: 200_000, by: 31).map(population.person)
    }

    private func percent(_ predicate: (SyntheticPerson) -> Bool) -> Double {
        Double(people.filter(predicate).count) * 100 / Double(people.count)
    }

    @Test func haveNamesInNormalForm() {
        for person in people {
            #expect(PersonName.violatedRule(person.fullName) == nil)
            #expect(Array(PersonName.normalised(person.fullName).utf8) == Array(person.fullName.utf8))
        }
    }

    @Test func haveTheFrequenciesOfTheDomainFile() {
        #expect((25.0...33).contains(percent { $0.fullName.hasPrefix("NGUYỄN ") }))
        #expect((8.0...12).contains(percent { $0.fullName.hasPrefix("TRẦN ") }))
        #expect((57.0...65).contains(percent { $0.fullName.split(separator: " ").count == 3 }))
        #expect((31.0...39).contains(percent { $0.fullName.split(separator: " ").count == 4 }))
        #expect((48.0...52).contains(percent { $0.sex == .male }))
        #expect((22.0...26).contains(percent { $0.birthDate.year >= 2_012 }))
        #expect((6.5...9.5).contains(percent { $0.birthDate.year < 1_962 }))
        #expect((82.0...90).contains(percent { $0.ethnicGroup == "01" }))
        #expect((83.0...92).contains(percent { $0.residence.formerProvince == $0.birthProvince }))
    }

    @Test func areNamedAsTheirRegionNames() {
        let south = people.filter { $0.birthProvince.code == "079" && $0.ethnicGroup == "01" }
        let north = people.filter { $0.birthProvince.code == "001" && $0.ethnicGroup == "01" }
        #expect(south.contains { $0.fullName.hasPrefix("HUỲNH ") || $0.fullName.hasPrefix("VÕ ") })
        #expect(!south.contains { $0.fullName.hasPrefix("HOÀNG ") || $0.fullName.hasPrefix("VŨ ") })
        #expect(north.contains { $0.fullName.hasPrefix("HOÀNG ") || $0.fullName.hasPrefix("VŨ ") })
        #expect(!north.contains { $0.fullName.hasPrefix("HUỲNH ") || $0.fullName.hasPrefix("VÕ ") })
    }

    @Test func areInsuredByTheirAge() throws {
        for person in people {
            let entitlement = person.entitlement
            let card =
                "\(entitlement.subject)\(entitlement.benefitLevel)"
                + "\(entitlement.issuingProvince.twoDigits)\(person.socialInsuranceNumber)"
            #expect(try InsuranceCard(parsing: card).description == card)
            #expect((entitlement.subject == "TE") == (person.birthDate.year > 2_020))
            #expect(entitlement.validFrom >= person.birthDate)
            #expect(entitlement.validTo.number >= 20_280_131)
        }
    }

    @Test func dieBeforeTheVisitsAndAfterBirth() {
        let dead = (0..<200_000 as Range<UInt64>).filter(population.deceased.contains).prefix(500)
        #expect(dead.count == 500)
        for index in dead {
            let person = population.person(index)
            #expect(person.diedOn.map { $0 >= person.birthDate && $0.number < 20_261_101 } == true)
        }
        #expect(people.filter { $0.diedOn != nil }.allSatisfy { population.deceased.contains($0.index) })
    }

    @Test func comeAsPairsOfNamesakes() {
        var pairs = 0
        for index in stride(from: 0 as UInt64, to: 8_000, by: 2) {
            let (first, second) = (population.person(index), population.person(index + 1))
            #expect(first.birthDate.year == second.birthDate.year && first.sex == second.sex)
            guard first.namesake != nil else { continue }
            pairs += 1
            #expect(first.namesake == second.index && second.namesake == first.index)
            #expect(first.fullName == second.fullName)
            #expect(first.citizenNumber != second.citizenNumber)
        }
        #expect(pairs == 200)
    }

    @Test func areTheSameOnEveryMachine() {
        let person = population.person(12_345)
        #expect(person.fullName == "HOÀNG THỊ NGA")
        #expect(person.citizenNumber.description == "002157021328")
        #expect(person.socialInsuranceNumber.description == "0259040986")
        #expect(person.birthDate.description == "19571024")
    }
}
