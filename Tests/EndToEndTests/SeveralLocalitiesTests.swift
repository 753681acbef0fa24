import Foundation
import Judgement
import ProgramTestSupport
import Testing
import Vocabulary

/// Two and three localities, each with its provinces: a run ends, every entry is taken in by one of them, and what they
/// have adds up, on processes as in the simulation.
@Suite struct SeveralLocalitiesTests {
    /// The shipped topology with the provinces dealt out to so many localities.
    static func topology(_ count: Int, of route: String, in directory: TemporaryDirectory) throws -> String {
        var text = try String(contentsOfFile: BuiltPrograms.topologyFolder + "/\(route).yaml", encoding: .utf8)
        let names = (1...count).map { "locality-\($0)" }
        let parties = names.enumerated().map { place, name in
            let codes = ProvinceCode.all.enumerated().filter { $0.offset % count == place }.map(\.element)
            return "  - { name: \(name), role: locality, provinces: [\(codes.joined(separator: ", "))] }"
        }
        let one = "  - { name: locality, role: locality, instances: 1, title: Provinces }"
        let readers = "readers: [locality]"
        try #require(text.contains(one) && text.contains(readers))
        text = text.replacing(one, with: parties.joined(separator: "\n"))
            .replacing(readers, with: "readers: [\(names.joined(separator: ", "))]")
        let path = directory.path + "/localities.yaml"
        try text.write(toFile: path, atomically: true, encoding: .utf8)
        return path
    }

    @Test(arguments: [(2, "2024-04"), (3, "2024-04"), (3, "2026-07")])
    func entriesAreTakenInOnceAndAddUp(count: Int, route: String) async throws {
        let (simulated, run) = try await ExchangeSlots.run { directory in
            let topology = try Self.topology(count, of: route, in: directory)
            let path = directory.path + "/simulation.json"
            let arguments = ["everyday", "--topology", topology, "--records", "400", "--seed", "7"]
            let program = try Program(
                BuiltPrograms.path("cycle"), ["simulate"] + arguments + ["--report", path], in: directory.path)
            _ = await program.exit(within: .seconds(60))
            let json = try #require(FileManager.default.contents(atPath: path), "\(program.errors)")
            let simulated = try JSONDecoder().decode(SimulationReport.self, from: json)
            let run = try await CycleRun.start(
                arguments[0], in: directory, Array(arguments.dropFirst()) + ["--keep"]
            ).finish()
            try run.expectExact()
            return (simulated, run)
        }
        let report = try run.report
        #expect(report.ending == .settled && report.pending == 0 && report.submitted == 400)
        #expect(simulated.violations == [])
        #expect(report.shared == simulated.shared && report.refusedByReason == simulated.refusedByReason)
        let parts = report.conservation.parties.filter { $0.party.hasPrefix("locality-") }
        #expect(parts.count == count && parts.allSatisfy { $0.shared > 0 })
        #expect(parts.reduce(0) { $0 + $1.shared } == report.shared)
    }
}
