import ExchangeSchema
import Foundation
import PartyCore
import Testing

@testable import Registers

/// Facilities of one's own, from the file into MoH's register.
@Suite struct FacilityImportTests {
    private static let headings =
        "code,identifier,name,province,kind,connected,electronicRecords,specialties,practitioners\n"

    @Test func aFacilityIsFoundWithItsPractitioners() throws {
        let rows = """
            01999,0101234500019,Bệnh viện mô phỏng,01,hospital,yes,no,internal; surgery,000001/HNO-CCHN; 000002/HNO-CCHN
            48001,,Trạm y tế mô phỏng,48,communeStation,no,no,,
            """
        let files = try PeopleOnDisk(Self.headings + rows, name: "facilities.csv")
        #expect(try FacilityImport.run(files.file, into: files.registers) == 2)
        let register = try FacilityRegister(files.registers.facilities)
        let hospital = try FacilityCode(parsing: "01999")
        let found = try register.facility(hospital)
        #expect(found?.identifier == "0101234500019")
        #expect(found?.kind == .hospital)
        #expect(found?.isConnected == true)
        #expect(found?.hasElectronicRecords == false)
        #expect(found?.namesPractitioners == true)
        #expect(try register.hasPractitioner("000002/HNO-CCHN", at: hospital))
        #expect(try !register.hasPractitioner("000003/HNO-CCHN", at: hospital))
        let station = try FacilityCode(parsing: "48001")
        #expect(try register.facility(station)?.namesPractitioners == false)
        #expect(try register.facility(FacilityCode(parsing: "48002")) == nil)
    }

    @Test func everyWrongRowIsNamed() throws {
        let rows = """
            01999,0101234500019,A,01,hospital,yes,no,,
            01999,,B,01,hospital,yes,no,,
            01998,0101234500019,C,01,hospital,yes,no,,
            1,12,,99,inn,perhaps,no,,
            """
        let files = try PeopleOnDisk(Self.headings + rows, name: "facilities.csv")
        #expect {
            _ = try FacilityImport.run(files.file, into: files.registers)
        } throws: { error in
            let problems = try #require(error as? RegisterFileError).problems
            return problems.map { "\($0.line) \($0.column ?? "") \($0.rule)" } == [
                "3 code stands in line 2 already; it is one facility's",
                "4 identifier stands in line 2 already; it is one facility's",
                "5 code a facility code has 5 digits", "5 identifier a facility's identifier has 13 digits",
                "5 name is needed and is blank",
                "5 province a province has two digits, as MATINH_CU_TRU writes it before or since July 2025",
                "5 kind a kind is one of hospital, clinic, communeStation, other", "5 connected is yes or no",
            ]
        }
        #expect(files.left() == [])
    }
}
