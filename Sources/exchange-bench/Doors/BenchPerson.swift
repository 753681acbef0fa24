import ExchangeSchema
import Foundation
import HealthStandards

/// A made-up person of the bench, with a card that is good.
struct BenchPerson: Sendable {
    let number: Int

    /// Women born in Hanoi in 1980; the last six digits count.
    var citizenNumber: String { "001180" + Self.padded(number, 6) }
    var card: String { "HN201" + Self.padded(number, 10) }
    /// Letters only, and another one for each: C06 compares names.
    var name: String {
        "Người Thử "
            + Self.padded(number, 6).map { String(UnicodeScalar(UInt8(ascii: "A") + UInt8($0.wholeNumberValue ?? 0))) }
            .joined()
    }

    /// Writes a file of people, as `cycle up --people` takes it.
    static func write(_ count: Int, to path: String) throws {
        var text =
            "citizenNumber,fullName,birthDate,sex,province,ward,card,cardValidFrom,cardValidTo,registeredFacility\n"
        for number in 0..<count {
            let person = BenchPerson(number: number)
            text +=
                "\(person.citizenNumber),\(person.name),1980-05-04,2,01,00004,\(person.card),2026-01-01,2030-12-31,01999\n"
        }
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    }

    /// The envelope of one visit of this person, after the pattern of another visit.
    func envelope(_ pattern: VisitRecord, episode: String, createdOn: String) throws -> [UInt8] {
        var visit = pattern
        visit.administrative.maLk = episode
        visit.administrative.hoTen = name
        visit.administrative.soCccd = citizenNumber
        visit.administrative.ngaySinh = "198005040000"
        visit.administrative.gioiTinh = "2"
        visit.insurance.maTheBhyt = card
        for index in visit.details.drugs.indices { visit.details.drugs[index].maLk = episode }
        for index in visit.details.services.indices { visit.details.services[index].maLk = episode }
        for index in visit.details.results.indices { visit.details.results[index].maLk = episode }
        for index in visit.details.courses.indices { visit.details.courses[index].maLk = episode }
        return try EnvelopeWriter.write([visit], facilityCode: "01999", createdOn: createdOn)
    }

    private static func padded(_ number: Int, _ digits: Int) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(0, digits - text.count)) + text
    }
}
