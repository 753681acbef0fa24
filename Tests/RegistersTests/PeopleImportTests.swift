import ExchangeSchema
import Foundation
import GRDB
import PartyCore
import Testing

@testable import Registers

/// People of one's own, from the file into the registers of C06 and VSS.
@Suite struct PeopleImportTests {
    private static let row = "001080000011,,Nguyễn Văn Một,1980-03-01,1,01,DN4010000000011,2026-01-01,2026-12-31,"

    @Test func everyFormIsReadAlike() throws {
        let csv = PeopleOnDisk.headings + "\n" + Self.row + "\n"
        let json = """
            {"citizenNumber": "001080000011", "fullName": "Nguyễn Văn Một", "birthDate": "1980-03-01", "sex": 1, \
            "province": "01", "card": "DN4010000000011", "cardValidFrom": "2026-01-01", "cardValidTo": "2026-12-31", \
            "earlierNumbers": []}

            """
        let forms = [
            ("a.csv", csv), ("bom.csv", "\u{FEFF}" + csv), ("semicolons.csv", csv.replacing(",", with: ";")),
            ("windows.csv", csv.replacing("\n", with: "\r\n")), ("quotes.csv", Self.quoted(csv)),
            ("day.csv", csv.replacing("1980-03-01", with: "01/03/1980")), ("a.jsonl", json),
            ("bom.jsonl", "\u{FEFF}" + json),
        ]
        for (name, text) in forms {
            let people = try PeopleOnDisk(text, name: name)
            let imported = try PeopleImport.run(people.file, into: people.registers)
            #expect(imported == ImportedPeople(people: 1, registered: 1, insured: 1), "\(name)")
            let number = try CitizenNumber(parsing: "001080000011")
            let found = try PopulationRegister(people.registers.population).person(citizenNumber: number)
            #expect(found?.fullName == "NGUYỄN VĂN MỘT", "\(name)")
            #expect(found?.birthDate == CivilDate(year: 1980, month: 3, day: 1), "\(name)")
            let insured = try InsuranceRegister(people.registers.insured).insured(citizenNumber: number)
            #expect(insured?.socialInsuranceNumber.description == "0000000011", "\(name)")
            #expect(insured?.subjectCode == "DN" && insured?.benefitLevel == 4 && insured?.issuingProvince == "01")
        }
    }

    @Test func aTableOfSQLiteIsReadAsWell() throws {
        let people = try PeopleOnDisk("", name: "people.sqlite")
        try FileManager.default.removeItem(atPath: people.file)
        let queue = try DatabaseQueue(path: people.file)
        try queue.write { database in
            try database.execute(
                sql: """
                    CREATE TABLE people (citizenNumber TEXT, fullName TEXT, birthDate TEXT, sex INTEGER, province TEXT,
                      remark TEXT);
                    INSERT INTO people VALUES ('001080000011', ' Trần Thị Hai ', '19800301', 1, '01', 'not ours');
                    INSERT INTO people VALUES ('001180000012', 'Lê Ba', '1980', 2, '79', NULL);
                    """)
        }
        try queue.close()
        let imported = try PeopleImport.run(people.file, into: people.registers)
        #expect(imported == ImportedPeople(people: 2, registered: 2, insured: 0))
    }

    @Test func eachRegisterHoldsItsOwnColumnsOnly() throws {
        let people = try PeopleOnDisk(PeopleOnDisk.headings + "\n" + Self.row + "\n")
        _ = try PeopleImport.run(people.file, into: people.registers)
        func columns(_ path: String) throws -> Set<String> {
            try DatabaseQueue(path: path).read { database in
                Set(
                    try String.fetchAll(
                        database,
                        sql:
                            "SELECT c.name FROM sqlite_master m JOIN pragma_table_info(m.name) c WHERE m.type = 'table'"
                    ))
            }
        }
        let population = try columns(people.registers.population)
        let insured = try columns(people.registers.insured)
        #expect(population.isDisjoint(with: ["subject", "level", "issuing", "validFrom", "validTo", "facility"]))
        #expect(insured.isDisjoint(with: ["province", "ward", "died", "moved", "sex"]))
    }

    @Test func anEarlierNumberFindsThePersonAndSaysThatItWasReplaced() throws {
        let text = PeopleOnDisk.headings + "\n" + Self.row.replacing(",,N", with: ",001080000099|123456789,N") + "\n"
        let people = try PeopleOnDisk(text)
        _ = try PeopleImport.run(people.file, into: people.registers)
        let register = try PopulationRegister(people.registers.population)
        let byEarlier = try register.person(citizenNumber: CitizenNumber(parsing: "001080000099"))
        #expect(byEarlier?.isSuperseded == true)
        #expect(byEarlier?.citizenNumber.description == "001080000011")
        #expect(try register.person(oldIdentityNumber: "123456789")?.isSuperseded == false)
        #expect(try register.person(oldIdentityNumber: "123456780") == nil)
    }

    @Test func everyWrongRowIsNamedAndNothingIsTakenOver() throws {
        let text = """
            \(PeopleOnDisk.headings)
            \(Self.row)
            001080000011,,Nguyễn Văn Một,1980-03-01,1,01,DN4010000000012,2026-01-01,2026-12-31,
            001080000013,,Phạm 4,31/02/1980,5,99,DN9010000000013,2026-01-01,2025-12-31,
            ,,Lý Năm,1980,1,01,,,,
            001081000016,,Vũ Sáu,1980-03-01,2,01,,,,1979-01-01
            001080000017,001080000011,Đỗ Bảy,1980-03-01,1,01,,,,
            001080000018,,Hồ Tám
            """
        let people = try PeopleOnDisk(text)
        #expect(
            people.problems() == [
                "patients.csv:3: citizenNumber \"001080000011\": stands in line 2 already; a number is one person's",
                "patients.csv:4: fullName \"Phạm 4\": a name has no digits",
                "patients.csv:4: birthDate \"31/02/1980\": a day is written 1980-01-31, 31/01/1980 or 19800131, and stands "
                    + "in the calendar; 1980 and 1980-01 will do",
                "patients.csv:4: sex \"5\": sex is 1 (male), 2 (female) or 3 (undetermined)",
                "patients.csv:4: province \"99\": a province has two digits, as MATINH_CU_TRU writes it before or since "
                    + "July 2025",
                "patients.csv:4: card \"DN9010000000013\": the third character of a card is a benefit level, 1 to 5",
                "patients.csv:4: cardValidTo \"2025-12-31\": is before cardValidFrom",
                "patients.csv:5: a person has a citizenNumber, a card, or both; otherwise nobody knows them",
                "patients.csv:6: citizenNumber \"001081000016\": digits 4 to 6 of a citizen number give the birth year of "
                    + "NGAY_SINH",
                "patients.csv:6: diedOn \"1979-01-01\": nobody dies before birth",
                "patients.csv:7: earlierNumbers \"001080000011\": is in force for the person of line 2",
                "patients.csv:8: the row has 3 fields, the headings are 10",
            ])
        #expect(people.left() == [])
    }

    /// Rows are written many at a time, while others are read: none is lost, and what is wrong is told in the order of the
    /// file, wherever it was found.
    @Test func manyRowsAreTakenOverAndTheFirstProblemsAreTold() throws {
        let count = 3 * PeopleWriting.batchSize + 17
        func row(_ number: Int, name: String = "Nguyễn Văn Một") -> String {
            let digits = String(number + 1_000_000).dropFirst()
            let card = String(number + 1_000_000_000).dropFirst()
            return
                "001080\(digits),1234\(digits.suffix(5)),\(name),1980-03-01,1,01,DN4010\(card),2026-01-01,2026-12-31,"
        }
        var rows = (0..<count).map { row($0) }
        let people = try PeopleOnDisk(PeopleOnDisk.headings + "\n" + rows.joined(separator: "\n"))
        let imported = try PeopleImport.run(people.file, into: people.registers)
        #expect(imported == ImportedPeople(people: count, registered: count, insured: count))
        let (population, insured) = (
            try PopulationRegister(people.registers.population), try InsuranceRegister(people.registers.insured)
        )
        for number in [0, 999, 1_000, 1_001, count - 1] {
            let citizen = try CitizenNumber(parsing: String(row(number).prefix(12)))
            #expect(try population.person(citizenNumber: citizen)?.citizenNumber == citizen)
            #expect(try insured.insured(citizenNumber: citizen)?.benefitLevel == 4)
        }
        // A number of the first batch in the third, names that are none all over, and more problems than are shown.
        rows[2 * PeopleWriting.batchSize] = row(7)
        let wrong = (0..<RegisterFileError.shown).map { 20 * $0 + 3 }
        for place in wrong { rows[place] = row(place, name: "Phạm 4") }
        try Data((PeopleOnDisk.headings + "\n" + rows.joined(separator: "\n")).utf8)
            .write(to: URL(fileURLWithPath: people.file))
        let problems = people.problems()
        #expect(problems.count == RegisterFileError.shown)
        #expect(problems == wrong.map { "patients.csv:\($0 + 2): fullName \"Phạm 4\": a name has no digits" })
        for place in wrong { rows[place] = row(place) }
        try Data((PeopleOnDisk.headings + "\n" + rows.joined(separator: "\n")).utf8)
            .write(to: URL(fileURLWithPath: people.file))
        let line = 2 * PeopleWriting.batchSize + 2
        let known = "stands in line 9 already; a number is one person's"
        #expect(
            people.problems() == [
                "patients.csv:\(line): citizenNumber \"\(row(7).prefix(12))\": \(known)",
                "patients.csv:\(line): earlierNumbers \"\(row(7).dropFirst(13).prefix(9))\": \(known)",
                "patients.csv:\(line): card \"\(row(7).split(separator: ",")[6])\": \(known)",
            ])
    }

    @Test func whoeverMakesBatchesHearsThatNobodyTakesThem() {
        let handover = BatchHandover<Int>(capacity: 2)
        #expect(handover.put([1]) && handover.put([2, 3]))
        #expect(handover.take() == [1])
        handover.abandon()
        #expect(!handover.put([4]) && !handover.put([5]))
        handover.finish()
        #expect(handover.take() == [2, 3] && handover.take() == nil && handover.take() == nil)
    }

    @Test func anOlderRegisterStaysWhenTheNewFileIsWrong() throws {
        let people = try PeopleOnDisk(PeopleOnDisk.headings + "\n" + Self.row + "\n")
        _ = try PeopleImport.run(people.file, into: people.registers)
        try Data("fullName\n4\n".utf8).write(to: URL(fileURLWithPath: people.file))
        #expect(people.problems().isEmpty == false)
        #expect(people.left() == ["insured.sqlite", "population.sqlite"])
        let register = try PopulationRegister(people.registers.population)
        #expect(try register.person(citizenNumber: CitizenNumber(parsing: "001080000011")) != nil)
    }

    @Test(arguments: [
        ("", "patients.csv:1: the file is empty; its first line names the columns: citizenNumber"),
        ("citizenNumber,name\n", "patients.csv:1: name \"name\": no such column; there are citizenNumber"),
        ("fullName,fullName\n", "patients.csv:1: fullName \"fullName\": the column stands twice"),
        ("fullName,card\n", "patients.csv:1: the file has no rows"),
        ("fullName,card\n\"An,1\n", "patients.csv:2: a quotation mark is opened here and never closed"),
        ("{\"fullName\": \n", "patients.csv:1: no JSON object whose values are texts, numbers, null or lists of them"),
    ])
    func whatIsNoFileOfPeopleIsRefused(text: String, start: String) throws {
        let people = try PeopleOnDisk(text)
        #expect(people.problems().first?.hasPrefix(start) == true, "\(people.problems())")
        #expect(people.left() == [])
    }

    @Test func otherEncodingsAreNamed() throws {
        let people = try PeopleOnDisk("")
        try Data([0xFF, 0xFE, 0x66, 0x00]).write(to: URL(fileURLWithPath: people.file))
        #expect(people.problems() == ["patients.csv:1: the text is UTF-16; save it as UTF-8 and try again"])
        try Data("fullName\nNguy\u{1}n".utf8.map { $0 == 1 ? 0xFF : $0 }).write(to: URL(fileURLWithPath: people.file))
        #expect(people.problems().first?.hasPrefix("patients.csv:2: field 1 is not UTF-8") == true)
    }

    @Test func onlyTheFirstProblemsAreKeptAndTheRestIsCounted() throws {
        let rows = (0..<250).map { _ in ",,An,1980,1,01,,,," }.joined(separator: "\n")
        let people = try PeopleOnDisk(PeopleOnDisk.headings + "\n" + rows)
        #expect {
            _ = try PeopleImport.run(people.file, into: nil)
        } throws: { error in
            let found = try #require(error as? RegisterFileError)
            return found.problems.count == 100 && found.count == 250 && found.description.hasSuffix("and 150 more")
        }
    }

    private static func quoted(_ csv: String) -> String {
        csv.split(separator: "\n").map { line in
            line.split(separator: ",", omittingEmptySubsequences: false).map { "\"\($0)\"" }.joined(separator: ",")
        }.joined(separator: "\n")
    }
}
