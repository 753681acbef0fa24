import ExchangeSchema
import Foundation
import HealthStandards
import PartyRuntime
import ProgramTestSupport
import Testing
import Vocabulary

/// A real envelope with all tables through an exchange of processes: each table reaches those whom the topology's release rules
/// name, and what was left out is proved by the leaves.
@Suite struct CarriedTablesTests {
    private static let routes = ["2024-04.yaml", "2026-07.yaml"]

    /// What stands in a table and nowhere else.
    private static func mark(_ part: RecordPart) -> String { "chi co trong \(part.name)!" }

    /// The shipped patients' visits, each with XML0 and XML6 to XML15.
    private static func envelope() throws -> [UInt8] {
        let file = BuiltPrograms.topologyFolder + "/people/visits.xml"
        let report = try EnvelopeReader.read([UInt8](try Data(contentsOf: URL(fileURLWithPath: file))))
        let visits = report.visits.map { visit -> VisitRecord in
            var visit = visit
            let day = (try? VisitTime(parsing: visit.insurance.ngayRa, field: "NGAY_RA"))?.date
            visit.tables = RecordPart.tables.map { part in
                var row = CarriedRow()
                row.fields = part.fieldRules(.portal, on: day).compactMap { rule in
                    var field = OtherField()
                    (field.name, field.value) = (rule.name, value(rule, visit, part))
                    return rule.isRequired || rule.name == "DU_PHONG" ? field : nil
                }
                return TableRows(part, [row])
            }
            return visit
        }
        return try EnvelopeWriter.write(
            visits, facilityCode: report.envelope.facilityCode, createdOn: report.envelope.createdOn)
    }

    private static func value(_ rule: FieldRule, _ visit: VisitRecord, _ part: RecordPart) -> String {
        if rule.name == "MA_LK" { return visit.episodeCode }
        if rule.name == "DU_PHONG" || rule.name == "QT_BENHLY" { return mark(part) }
        return switch rule.shape {
        case .ordinal: "1"
        case .day, .days, .dayOrMoment: "20261101"
        case .moment, .birth: "202611011405"
        case .plain: rule.kind == .number ? "1" : "x"
        }
    }

    @Test(arguments: routes) func eachTableReachesThoseWhomTheRulesName(route: String) async throws {
        try await ExchangeSlots.run { directory in
            let file = directory.path + "/all.xml"
            try Data(try Self.envelope()).write(to: URL(fileURLWithPath: file))
            let people = BuiltPrograms.topologyFolder + "/people/patients.csv"
            let exchange = try ProgramRun.start(
                "cycle",
                [
                    "up", "--people", people, "--only-these-people", "--data", directory.data, "--topology",
                    BuiltPrograms.topologyFolder + "/" + route,
                ], in: directory)
            _ = try await exchange.brokerAddress()
            // It starts beside the parties, and sees nothing of an exchange that is stopped before it has begun.
            let auditor = directory.data + "/auditor/party.sqlite"
            try await FileWatch.until("the auditor has begun", in: directory.path, of: [exchange]) {
                FileManager.default.fileExists(atPath: auditor)
            }
            let submitted = try await ProgramRun.of(
                "facility", ["submit", file, "--data", directory.data, "--wait", "60"], in: directory)
            #expect(submitted.output.contains("\ncarried beside XML1 to XML5: XML0 10, XML6 10, "), "\(submitted)")
            let shared = try #require(
                submitted.output.split(separator: "\n").first { $0.hasPrefix("PX") && $0.hasSuffix("shared") },
                "\(submitted.output)\(submitted.errors)")
            let record = String(shared.split(separator: " ", omittingEmptySubsequences: true)[1])
            // The facility may be told before the locality, which may just be starting.
            let entries = submitted.output.split(separator: "\n").count(where: {
                $0.hasPrefix("PX") && $0.hasSuffix("shared")
            })
            try await FileWatch.until("the locality has read all entries", in: directory.path, of: [exchange]) {
                StatusReport(directory: directory.data + "/locality").map { $0.journalLeaves >= entries } ?? false
            }
            let down = try await ProgramRun.of("cycle", ["down", "--data", directory.data], in: directory)
            #expect(down.output == "stopped\n")
            #expect(await exchange.finish().code == 0)
            try await Self.expectStops(of: record, on: route, in: directory)
            try Self.expectNoTrace(of: .xml6, on: route, in: directory)
        }
    }

    private static func cycle(_ arguments: [String], in directory: TemporaryDirectory) async throws -> String {
        let run = try await ProgramRun.of("cycle", arguments, in: directory)
        #expect(run.code == 0, "\(arguments): \(run.output)\(run.errors)")
        return run.output
    }

    private static func expectStops(
        of record: String, on route: String, in directory: TemporaryDirectory
    ) async throws {
        let why = ["--purpose", "kiem tra", "--data", directory.data]
        let json = try await cycle(["audit", "trace", record, "--json"] + why, in: directory)
        let trace = try #require(try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
        let parts = try #require(trace["parts"] as? [String: Any])
        #expect(parts["findings"] as? [String] == [])
        let rows = try #require(parts["rows"] as? [[String: Any]])
        let found = Dictionary(
            uniqueKeysWithValues: try rows.map { row in
                let cells = try #require(row["parties"] as? [[String: Any]])
                let names = cells.filter { $0["received"] as? Bool == true }.compactMap { $0["party"] as? String }
                return (row["part"] as? String ?? "", names)
            })
        let isOld = route == "2024-04.yaml"
        #expect(found["administrative"] == ["moh", "vss", "locality"])
        #expect(found["clinical"] == (isOld ? ["moh", "locality"] : ["moh", "vss", "locality"]))
        #expect(found["XML6"] == (isOld ? ["moh"] : ["moh", "vss"]))
        #expect(found["XML8"] == (isOld ? ["moh", "locality"] : ["moh", "vss", "locality"]))
        #expect(found["XML11"] == ["moh", "vss"])
        #expect(found["XML12"] == (isOld ? ["moh"] : nil), "the envelope of dispatch 1245 has no XML12")
        #expect(found["XML15"] == (isOld ? ["moh"] : ["moh", "vss"]))
        let text = try await cycle(["audit", "trace", record] + why, in: directory)
        #expect(
            text.contains("XML6, XML15 not to locality: closed list")
                || text.contains("XML6 not to locality: closed list"))
        let verified = try await cycle(["audit", "verify", directory.data], in: directory)
        #expect(verified.hasSuffix("all evidence holds\n"), "\(verified)")
        let page = directory.path + "/report.html"
        _ = try await cycle(["audit", "report", directory.data, "-o", page], in: directory)
        #expect(try String(contentsOfFile: page, encoding: .utf8).contains("Which part stopped where"))
    }

    /// No file of a party that must not have a table holds its text.
    private static func expectNoTrace(of part: RecordPart, on route: String, in directory: TemporaryDirectory) throws {
        let strangers = ["locality", "c06"] + (route == "2024-04.yaml" ? ["vss"] : [])
        for party in strangers {
            let folder = directory.data + "/" + party
            let files = try #require(FileManager.default.enumerator(atPath: folder))
            var count = 0
            while let name = files.nextObject() as? String {
                guard let bytes = FileManager.default.contents(atPath: folder + "/" + name) else { continue }
                count += 1
                #expect(bytes.range(of: Data(mark(part).utf8)) == nil, "\(party)/\(name)")
            }
            #expect(count > 0)
        }
        // The locality has the summary, so that the search would have found the other too.
        let folder = directory.data + "/locality"
        let files = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
        #expect(!files.isEmpty)
    }

    /// A run of the scenario, on both routes and in both hosts.
    @Test(arguments: routes) func theScenarioHoldsInBothHosts(route: String) async throws {
        try await ExchangeSlots.run { directory in
            let arguments = [
                "tables", "--records", "300", "--topology", BuiltPrograms.topologyFolder + "/" + route,
            ]
            _ = try await cycle(["simulate"] + arguments, in: directory)
            let run = try await CycleRun.start(
                arguments[0], in: directory, Array(arguments.dropFirst()) + ["--keep"]
            ).finish()
            #expect(run.status == 0, "\(run.output)\n\(run.errors)")
            try run.expectExact()
            let verified = try await Self.cycle(["audit", "verify", directory.data, "--json"], in: directory)
            let report = try #require(try JSONSerialization.jsonObject(with: Data(verified.utf8)) as? [String: Any])
            #expect((report["findings"] as? [Any])?.isEmpty == true)
            let releases = try #require(report["releases"] as? [String: Any])
            let rows = try #require(releases["rows"] as? [[String: Any]])
            #expect(rows.count > 8)
            for row in rows {
                for cell in row["parties"] as? [[String: Any]] ?? [] where cell["isReleased"] as? Bool == false {
                    #expect(cell["messages"] as? Int == 0, "\(row["part"] ?? "") at \(cell["party"] ?? "")")
                }
            }
        }
    }

    private func cycle(_ arguments: [String], in directory: TemporaryDirectory) async throws -> String {
        try await Self.cycle(arguments, in: directory)
    }
}
