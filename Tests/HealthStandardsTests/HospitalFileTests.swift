import ExchangeSchema
import Foundation
import Testing

@testable import HealthStandards

/// Files as hospital systems write them; all people in them are made up.
@Suite struct HospitalFileTests {
    private func report(_ name: String, _ profile: ValidationProfile) throws -> EnvelopeReport {
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Cases/\(name).xml")
        return try EnvelopeReader.read([UInt8](Data(contentsOf: file)), profile: profile)
    }

    @Test(arguments: ValidationProfile.allCases)
    func takesUTF8ThatIsDeclaredAsUTF16(profile: ValidationProfile) throws {
        let report = try report("utf8-declared-utf16", profile)
        #expect(report.problems.map(\.description) == [])
        #expect(report.visits.map(\.episodeCode) == ["B01A", "B01S"])
        #expect(report.visits.map(\.administrative.hoTen) == ["NGUYỄN THỊ THỬ", "NGUYỄN THỊ THỬ"])
        #expect(
            report.warnings.map(\.description)
                == (1...5).map {
                    "record 1 (MA_LK B01A): table XML\($0): the declaration says utf-16, the text is in another "
                        + "encoding; it was read as it is"
                })
    }

    @Test(arguments: ValidationProfile.allCases)
    func takesEveryWayOfAnEmptyTable(profile: ValidationProfile) throws {
        let report = try report("empty-tables", profile)
        #expect(report.problems.map(\.description) == [])
        #expect(report.warnings == [])
        #expect(report.visits.map(\.episodeCode) == "ABCDEFGHS".map { "B02\($0)" })
        for visit in report.visits.dropLast() {
            #expect(visit.details == ClinicalDetails(), "\(visit.episodeCode)")
        }
        #expect(report.visits.last?.details.drugs.count == 1)
        #expect(report.visits.first?.otherTables == (6...15).map { "XML\($0)" })
    }

    @Test(arguments: ValidationProfile.allCases)
    func leavesOutNewerTablesAndReadsNamesInEitherCase(profile: ValidationProfile) throws {
        let report = try report("newer-tables", profile)
        #expect(report.problems.map(\.description) == [])
        let names = ["XML16", "XML17", "XML18", "LOWER", "MIXED", "UNKNOWN", "PAPER", "S"]
        #expect(report.visits.map(\.episodeCode) == names.map { "B03\($0)" })
        #expect(report.visits.allSatisfy { $0.details.drugs.count == 1 && $0.details.courses.count == 1 })
        #expect(report.warnings.compactMap(\.value) == ["XML16", "XML17", "XML18", "XML99", "CT07"])
        #expect(report.warnings.compactMap(\.visitOrdinal) == [1, 2, 3, 6, 7])
        #expect(report.warnings.allSatisfy { $0.rule == .unknownTable })
        #expect(!String(describing: report.visits[6]).contains("CT07>"))
    }

    @Test(arguments: ValidationProfile.allCases)
    func takesBenefitSharesOfFourCharacters(profile: ValidationProfile) throws {
        let report = try report("benefit-shares", profile)
        #expect(report.visits.map(\.episodeCode) == ["B0480", "B04475", "B04100", "B0432", "B04DT"])
        #expect(report.visits[1].details.drugs.map(\.mucHuong) == ["47.5"])
        #expect(report.visits[4].insurance.maDoituongKcb == "1.13")
        #expect(
            report.problems.map(\.description) == [
                "record 6 (MA_LK B04LONG): table XML2, row 1, field MUC_HUONG: "
                    + "\"47.55\" has 5 characters, at most 4 are allowed",
                "record 6 (MA_LK B04LONG): table XML3, row 1, field MUC_HUONG: "
                    + "\"47.55\" has 5 characters, at most 4 are allowed",
                "record 7 (MA_LK B04COMMA): table XML2, row 1, field MUC_HUONG: \"47,5\" is not a number",
                "record 7 (MA_LK B04COMMA): table XML3, row 1, field MUC_HUONG: \"47,5\" is not a number",
            ])
    }

    /// A visit is read by what was in force on the day of discharge, whatever the day of the file.
    @Test(arguments: [
        ("202606302359", 3), ("202607010000", 4), ("20260630", 3), ("20260701", 4), ("202512312359", 3),
        ("202701010000", 4), ("", 3), ("x", 3),
    ])
    func theDayOfDischargeDecidesTheEdition(discharge: String, length: Int) {
        let edition = StandardEdition.on(StandardEdition.day(ofDischarge: discharge))
        for table in [VisitTable.xml2, .xml3] {
            for profile in ValidationProfile.allCases {
                let rule = table.rules(profile, edition).first { $0.name == "MUC_HUONG" }
                #expect(rule?.maximumLength == length)
            }
        }
    }

    /// Nothing else changes between editions.
    @Test func editionsDifferInTheFieldsThatADecisionNames() {
        for table in VisitTable.allCases {
            for profile in ValidationProfile.allCases {
                let old = table.rules(profile)
                let new = table.rules(profile, .decision1931)
                let changed = zip(old, new).filter { $0 != $1 }.map(\.0.name)
                let code = table == .xml1 && profile == .annex ? ["MA_DOITUONG_KCB"] : []
                #expect(changed == code + (table == .xml2 || table == .xml3 ? ["MUC_HUONG"] : []))
                #expect(old.count == new.count)
            }
        }
    }
}
