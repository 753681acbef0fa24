import Composition
import ExchangeSchema
import Foundation
import HealthStandards
import Operations
import ProgramTestSupport
import Testing

/// `facility validate`: an envelope judged without an exchange.
@Suite struct EnvelopeValidationTests {
    let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    private static let visits = BuiltPrograms.topologyFolder + "/people/visits.xml"

    /// The shipped visits, with something changed in XML1 of all of them.
    private func changed(_ old: String, _ new: String) throws -> String {
        let text = try String(contentsOfFile: Self.visits, encoding: .utf8)
        let parts = text.components(separatedBy: "<NOIDUNGFILE>").map { part in
            guard let end = part.range(of: "</NOIDUNGFILE>"),
                let content = Data(base64Encoded: String(part[..<end.lowerBound]), options: .ignoreUnknownCharacters)
            else { return part }
            let table = String(decoding: content, as: UTF8.self).replacingOccurrences(
                of: old, with: new, options: .regularExpression)
            return Data(table.utf8).base64EncodedString() + part[end.lowerBound...]
        }
        return try directory.write(parts.joined(separator: "<NOIDUNGFILE>"), to: "changed.xml")
    }

    private static func findings(
        _ path: String, on day: Int? = nil
    ) throws -> (findings: [ValidationFinding], summary: EnvelopeValidation.Summary) {
        var findings: [ValidationFinding] = []
        let validation = EnvelopeValidation(
            file: path, profile: .portal, day: day.flatMap(CivilDate.init(number:)))
        let summary = try validation.run { findings.append($0) }
        return (findings, summary)
    }

    @Test func soundFileHasNothing() throws {
        let (findings, summary) = try Self.findings(Self.visits)
        #expect(findings.isEmpty)
        #expect(summary.visits == 10 && summary.sound == 10 && summary.isSound)
    }

    @Test func faultOfAFieldKeepsBackAndNamesItsPlace() throws {
        let path = try changed(
            "<MUC_HUONG>[^<]*</MUC_HUONG>", "<MUC_HUONG>viel</MUC_HUONG>")
        let (findings, summary) = try Self.findings(path)
        let first = try #require(findings.first)
        #expect(first.severity == .error && first.rule == "not-a-number" && first.value == "viel")
        #expect(first.field == "MUC_HUONG" && first.row == 1 && first.table != nil && first.visit != nil)
        #expect(first.vietnamese == "không phải là số")
        #expect(summary.keptBack > 0 && summary.sound == summary.visits - summary.keptBack && !summary.isSound)
    }

    @Test func ruleOfTheMinistryRefusesAndCountsVisitsInTheFile() throws {
        let wrong = try changed("<HO_TEN>[^<]*</HO_TEN>", "<HO_TEN>A1</HO_TEN>")
        let (findings, summary) = try Self.findings(wrong)
        #expect(findings.map(\.visit) == Array(1...10))
        #expect(Set(findings.map(\.rule)) == ["moh.name-invalid"])
        #expect(findings.allSatisfy { $0.severity == .refusal && $0.field == "HO_TEN" && $0.value == "A1" })
        #expect(summary.refused == 10 && summary.sound == 0 && summary.keptBack == 0)
    }

    /// Decision 1931/QD-BYT lets MUC_HUONG have four characters from 1 July 2026 on; `--on` says by which day it is judged.
    @Test(arguments: [(20_260_630, true), (20_260_701, false)])
    func dayChoosesTheRules(day: Int, isKeptBack: Bool) throws {
        let path = try changed(
            "<MUC_HUONG>[^<]*</MUC_HUONG>", "<MUC_HUONG>47.5</MUC_HUONG>")
        let rules = try Self.findings(path, on: day).findings.map(\.rule)
        #expect(rules.contains("too-long") == isKeptBack)
    }

    @Test func jsonHasItsNamesForGood() throws {
        let finding = ValidationFinding(
            EnvelopeProblem(
                visitOrdinal: 2, episodeCode: "A", table: "XML2", row: 3, field: "SO_LUONG", rule: .notANumber,
                value: "x"),
            isWarning: false, profile: .annex)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        #expect(
            String(decoding: try encoder.encode(finding), as: UTF8.self)
                == #"{"english":"is not a number","episodeCode":"A","field":"SO_LUONG","row":3,"rule":"not-a-number","#
                + #""severity":"error","source":"Decision 130/QD-BYT as amended by Decision 4750/QD-BYT, annex, and "#
                + #"amendments in force on the day","table":"XML2","value":"x","vietnamese":"không phải là số","visit":2}"#
        )
    }

    @Test func everyCodeHasAVietnameseTextOfItsOwn() {
        let texts = ReasonCode.allCases.map(\.vietnamese)
        #expect(Set(texts).count == texts.count)
        #expect(texts.allSatisfy { !$0.isEmpty && $0 != $0.uppercased() })
    }

    @Test func programSaysItInBothLanguagesAndAsJSON() async throws {
        let path = try changed("<HO_TEN>[^<]*</HO_TEN>", "<HO_TEN>A1</HO_TEN>")
        let english = try await ProgramRun.of("facility", ["validate", path], in: directory)
        #expect(english.code == 1)
        #expect(english.output.contains("refusal  record 1 (MA_LK"))
        #expect(english.output.contains("10 visits: 0 sound, 0 kept back, 10 that MoH would refuse; 0 warnings"))
        let vietnamese = try await ProgramRun.of("facility", ["validate", path, "--language", "vi"], in: directory)
        #expect(vietnamese.output.contains("trường HO_TEN: \"A1\" họ tên không hợp lệ  [moh.name-invalid]"))
        let json = try await ProgramRun.of(
            "facility", ["validate", path, "--json", "--on", "2026-07-15"], in: directory)
        let object = try JSONSerialization.jsonObject(with: Data(json.output.utf8))
        let report = try #require(object as? [String: Any])
        #expect(report["version"] as? Int == 1 && report["on"] as? String == "20260715")
        #expect((report["findings"] as? [[String: Any]])?.count == 10)
        #expect((report["summary"] as? [String: Int])?["refused"] == 10)
        let sound = try await ProgramRun.of("facility", ["validate", Self.visits], in: directory)
        #expect(sound.code == 0)
        let wrong = try await ProgramRun.of("facility", ["validate", directory.path + "/none.xml"], in: directory)
        #expect(wrong.code == 2 && wrong.errors.contains("none.xml"))
    }
}
