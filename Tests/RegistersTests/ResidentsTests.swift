import ExchangeSchema
import PartyCore
import Testing

@testable import Registers

/// Who lives where, by C06's register, and whose card was issued where, by VSS's.
@Suite struct ResidentsTests {
    private static let headings =
        "citizenNumber,earlierNumbers,fullName,birthDate,sex,province,card,cardValidFrom,cardValidTo,diedOn,movedOn,movedTo"
    /// Lives in 01; lives in what is 01 since 2025 no more: moved to 79; lives in 79; lives in 01 and is dead; has a card
    /// of 01 and no number.
    private static let rows = [
        "001085000001,,NGUYỄN VĂN AN,1985-03-17,1,01,GD4010123456789,2026-01-01,2027-12-31,,,",
        "001085000002,,ĐỖ THỊ BÌNH,1985-03-17,1,01,GD4010123456790,2026-01-01,2027-12-31,,2026-05-01,79",
        "079085000003,,LÊ CƯỜNG,1985-03-17,1,79,GD4790123456791,2026-01-01,2027-12-31,,,",
        "001050000004,,TRẦN DŨNG,1950-10-01,1,01,,,,2025-01-15,,",
        ",,LÊ SƠ SINH,2026-10-30,1,01,TE1010123456792,2026-10-30,2027-12-31,,,",
    ]

    private static func register() throws -> PeopleOnDisk {
        let people = try PeopleOnDisk(([headings] + rows).joined(separator: "\n") + "\n")
        _ = try PeopleImport.run(people.file, into: people.registers)
        return people
    }

    @Test func thePopulationRegisterSaysWhoLivesWhere() throws {
        let people = try Self.register()
        let register = try PopulationRegister(people.registers.population)
        func numbers(_ code: String) throws -> [RegisteredPerson] {
            var found: [RegisteredPerson] = []
            try register.forEachPossibleResident(of: try #require(Province(code: code))) { found.append($0) }
            return found
        }
        #expect(try numbers("01").map(\.citizenNumber.description) == ["001050000004", "001085000001"])
        #expect(try numbers("01").map { $0.death != nil } == [true, false])
        #expect(try numbers("79").map(\.citizenNumber.description) == ["001085000002", "079085000003"])
        #expect(try numbers("48").isEmpty)
        // The same person as asked for by number.
        for person in try numbers("01") { #expect(try register.person(citizenNumber: person.citizenNumber) == person) }
    }

    @Test func theInsuranceRegisterKnowsOnlyWhereACardWasIssued() throws {
        let people = try Self.register()
        let register = try InsuranceRegister(people.registers.insured)
        var holders: [String?] = []
        try register.forEachCardholder(issuedIn: try #require(Province(code: "01"))) { holders.append($0?.description) }
        #expect(holders == ["001085000001", "001085000002", nil])
    }

    /// Who is in both is as the first has them, wherever the second says that they live.
    @Test func theFirstRegisterDecidesOfWhomBothKnow() throws {
        let people = try Self.register()
        var moved = Self.rows
        moved[0] = moved[0].replacing(",1,01,GD", with: ",1,79,GD")
        let other = try PeopleOnDisk(([Self.headings] + moved).joined(separator: "\n") + "\n")
        _ = try PeopleImport.run(other.file, into: other.registers)
        let second = try PopulationRegister(other.registers.population)
        let alone = LayeredRegister<PopulationRegister, PopulationRegister>(nil, over: second)
        func numbers(
            _ register: LayeredRegister<PopulationRegister, PopulationRegister>, _ code: String
        ) throws -> [String] {
            var found: [String] = []
            try register.forEachPossibleResident(of: try #require(Province(code: code))) {
                found.append($0.citizenNumber.description)
            }
            return found
        }
        #expect(try numbers(alone, "79") == ["001085000001", "001085000002", "079085000003"])
        let both = LayeredRegister(try PopulationRegister(people.registers.population), over: second)
        #expect(try numbers(both, "79") == ["001085000002", "079085000003"])
        #expect(try numbers(both, "01") == ["001050000004", "001085000001"])
    }
}
