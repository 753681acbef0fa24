import ExchangeSchema
import Foundation
import PartyCore
import Testing

@testable import Registers

/// Dates in a file of people: death, residence, numbers.
@Suite struct PeopleDatesTests {
    private static let headings =
        "citizenNumber,earlierNumbers,fullName,birthDate,sex,province,diedOn,movedOn,movedTo,residentSince,"
        + "earlierProvince,missingSince"

    private func file(_ rows: String...) throws -> PeopleOnDisk {
        try PeopleOnDisk(([Self.headings] + rows).joined(separator: "\n") + "\n")
    }

    private func person(_ row: String, asking number: String = "001080000011") throws -> RegisteredPerson {
        let people = try file(row)
        _ = try PeopleImport.run(people.file, into: people.registers)
        let found = try PopulationRegister(people.registers.population).person(
            citizenNumber: CitizenNumber(parsing: number))
        return try #require(found)
    }

    static let deaths: [(String, String)] = [
        ("2026-09-02", "20260902"), ("02/09/2026", "20260902"), ("2026-09-02 14:30", "202609021430"),
        ("2026-09-02T00:05", "202609020005"), ("2026-09", "20260900"), ("2026", "20260000"), ("unknown", ""),
    ]

    @Test(arguments: deaths) func aDeathIsKeptAsFarAsItIsKnown(written: String, kept: String) throws {
        let person = try person("001080000011,,An,1980-03-01,1,01,\(written),,,,,")
        #expect(person.death == CivilMoment(kept))
    }

    @Test func aResidenceIsWrittenInTwoWays() throws {
        for row in [
            "001080000011,,An,1980-03-01,1,01,,2026-06-01,48,,,", "001080000011,,An,1980-03-01,1,48,,,,2026-06-01,01,",
        ] {
            let person = try person(row)
            #expect(person.residentProvince.code == "48" && person.formerProvince?.code == "01")
            #expect(person.movedOn == CivilDate(number: 2026_06_01))
        }
        let settled = try person("001080000011,,An,1980-03-01,1,48,,,,,,2026-07-01")
        #expect(settled.formerProvince == nil && settled.movedOn == nil)
        #expect(settled.missingSince == CivilDate(number: 2026_07_01))
    }

    @Test func aCancelledNumberSaysSinceWhen() throws {
        let row = "001080000011,001080000098@2026-05-01|001080000099,An,1980-03-01,1,01,,,,,,"
        let dated = try person(row, asking: "001080000098")
        #expect(dated.isSuperseded && dated.numberSince == CivilDate(number: 2026_05_01))
        let undated = try person(row, asking: "001080000099")
        #expect(undated.isSuperseded && undated.numberSince == nil)
        #expect(try !person(row).isSuperseded)
    }

    @Test func anOldNumberMayHaveBeenTwoPeoples() throws {
        let people = try file(
            "001080000011,012345678,An,1980-03-01,1,01,,,,,,",
            "001080000012,012345678 112345678,Ba,1980-03-02,1,01,,,,,,")
        _ = try PeopleImport.run(people.file, into: people.registers)
        let register = try PopulationRegister(people.registers.population)
        #expect(try register.isOfSeveralPeople(oldIdentityNumber: "012345678"))
        #expect(try register.person(oldIdentityNumber: "012345678") != nil)
        #expect(try !register.isOfSeveralPeople(oldIdentityNumber: "112345678"))
        #expect(try !register.isOfSeveralPeople(oldIdentityNumber: "912345678"))
    }

    @Test func whatIsWrongWithADateIsTold() throws {
        let day = "a day is written 1980-01-31, 31/01/1980 or 19800131, and stands in the calendar"
        let moment =
            day + "; 2026-09-02 14:30 where the hour is known, 2026-09 or 2026 where the day is not, unknown where "
            + "nothing is"
        let people = try file(
            "001080000011,001080000098@x,An,1980-03-01,1,01,2026-09-02 24:00,,,,,",
            "001080000012,,Ba,1980-03-01,1,01,1980-02,,,,48,31/02/2026",
            "001080000013,,Cu,1980-03-01,1,01,,2026-06-01,48,2026-06-01,01,",
            "001080000014,001080000098 001080000098,Du,1980-03-01,1,01,2026-09-02 9:30,,,,,")
        #expect(
            people.problems() == [
                "patients.csv:2: diedOn \"2026-09-02 24:00\": \(moment)",
                "patients.csv:2: earlierNumbers \"001080000098@x\": behind @ stands the day since when the number is "
                    + "replaced; \(day)",
                "patients.csv:3: residentSince \"\": is needed beside earlierProvince",
                "patients.csv:3: diedOn \"1980-02\": nobody dies before birth",
                "patients.csv:3: missingSince \"31/02/2026\": \(day)",
                "patients.csv:4: residentSince \"2026-06-01\": stands beside movedOn and movedTo, which say the same; leave "
                    + "one of them blank",
                "patients.csv:5: diedOn \"2026-09-02 9:30\": \(moment)",
            ])
        #expect(people.left() == [])
        let twice = try file("001080000014,001080000098 001080000098,Du,1980-03-01,1,01,,,,,,")
        #expect(
            twice.problems() == [
                "patients.csv:2: earlierNumbers \"001080000098\": stands in line 2 already; a number is one person's"
            ])
    }
}
