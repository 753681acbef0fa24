import ExchangeSchema
import Foundation
import Testing

@testable import Registers

/// Files of vaccinations: what a row becomes, and how every wrong one is named.
@Suite struct VaccinationFileTests {
    private static let headings = "number,citizenNumber,fullName,birthDate,sex,province,vaccine,dose,given"

    private func entries(_ text: String, _ name: String = "vaccinations.csv") throws -> [VaccinationEntry] {
        let files = try PeopleOnDisk(text, name: name)
        let count = try VaccinationFile.check(files.file)
        var entries: [VaccinationEntry] = []
        try VaccinationFile.forEach(files.file) { entries.append($0) }
        #expect(entries.count == count)
        return entries
    }

    @Test func aRowBecomesAVaccination() throws {
        let text = """
            number;citizenNumber;fullName;birthDate;sex;province;ward;vaccine;vaccineName;diseases;dose;doses;given;lot;\
            route;site;practitioner;due;reaction;note
            T-1;001085000001;Nguyễn Văn An;17/03/1985;nam;01;00004;VX-UV;Vắc xin uốn ván;"uốn ván;bạch hầu";02;5;\
            2026-11-28 09:20;L-7;tiêm bắp;bắp tay trái;000001/HNO-CCHN;2026-12-28;Sốt nhẹ;không
            """
        let entry = try #require(try entries(text).first)
        #expect(entry.number == "T-1" && entry.patient.maLk == "T-1" && entry.patient.soCccd == "001085000001")
        #expect(entry.patient.hoTen == "Nguyễn Văn An" && entry.patient.ngaySinh == "198503170000")
        #expect(
            entry.patient.gioiTinh == "1" && entry.patient.matinhCuTru == "01" && entry.patient.maxaCuTru == "00004")
        let given = entry.clinical.vaccination
        #expect(
            given.maVacxin == "VX-UV" && given.tenVacxin == "Vắc xin uốn ván" && given.benhPhong == "uốn ván;bạch hầu")
        #expect(given.soMui == "2" && given.tongMui == "5" && given.ngayTiem == "202611280920" && given.soLo == "L-7")
        #expect(given.duongTiem == "tiêm bắp" && given.viTriTiem == "bắp tay trái" && given.ngayHen == "20261228")
        #expect(given.maBacSi == "000001/HNO-CCHN" && given.phanUng == "Sốt nhẹ" && given.ghiChu == "không")
    }

    @Test func jsonLinesSayTheSame() throws {
        let row = "T-1,,TRẦN BÉ,2026-10-30,2,01,VX-BCG,1,2026-10-30"
        let object = """
            {"number":"T-1","fullName":"TRẦN BÉ","birthDate":"2026-10-30","sex":2,"province":"01","vaccine":"VX-BCG",\
            "dose":1,"given":"20261030"}
            """
        let (csv, json) = (try entries(Self.headings + "\n" + row), try entries(object, "vaccinations.jsonl"))
        #expect(csv == json && csv.first?.clinical.vaccination.ngayTiem == "20261030")
        #expect(csv.first?.patient.soCccd == "")
    }

    @Test func everyWrongRowIsNamedAndNothingIsRead() throws {
        let rows = """
            T-1,001085000001,NGUYỄN VĂN AN,1985-03-17,1,01,VX-UV,1,2026-11-28
            T-1,001085000001,NGUYỄN VĂN AN,1985-03-17,1,01,VX-UV,2,2026-11-28
            ,00108500000,AN 2,1985-13-17,x,99,,0,2026-11-31 09:20
            T-3,,A,1985,1,01,VX-UV,100,2026-11-28 24:00
            """
        let files = try PeopleOnDisk(Self.headings + "\n" + rows, name: "vaccinations.csv")
        #expect {
            _ = try VaccinationFile.check(files.file)
        } throws: { error in
            let problems = try #require(error as? RegisterFileError).problems
            let found = problems.map { "\($0.line) \($0.column ?? "")" }
            let rule = problems.first?.rule
            return rule == "the number stands on line 2 as well" && problems[1].value == ""
                && found == [
                    "3 number", "4 number", "4 citizenNumber", "4 fullName", "4 birthDate", "4 sex", "4 province",
                    "4 vaccine", "4 dose", "4 given", "5 dose", "5 given",
                ]
        }
    }

    @Test func anUnknownColumnIsNamedWithThoseThereAre() throws {
        let files = try PeopleOnDisk("number,vacine\nT-1,VX", name: "vaccinations.csv")
        #expect {
            _ = try VaccinationFile.check(files.file)
        } throws: { "\($0)".contains("vacine \"vacine\": no such column; there are number, citizenNumber") }
    }

    @Test func anEmptyFileIsRefused() throws {
        let files = try PeopleOnDisk(Self.headings + "\n", name: "vaccinations.csv")
        #expect { _ = try VaccinationFile.check(files.file) } throws: { "\($0)".contains("the file has no rows") }
    }
}
