import Foundation
import ProgramTestSupport
import Supervision
import Testing

/// A run in which nothing is wrong says nothing is wrong: no log of any program has a line at `error`.
@Suite struct HealthyLogTests {
    /// The shipped scenarios, all but the one in which a party deceives the others.
    static let scenarios: [String] = {
        let folder = BuiltPrograms.topologyFolder + "/scenarios"
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.compactMap { $0.hasSuffix(".yaml") ? String($0.dropLast(5)) : nil }
            .filter { $0 != "two-histories" }.sorted()
    }()

    /// Enough visits for every fault of every scenario, and for the signature of the one that waits for 2,500.
    private static func records(_ scenario: String) -> Int { scenario == "the-day-after" ? 3_000 : 600 }

    @Test(arguments: scenarios) func noLogHasAnError(scenario: String) async throws {
        try await ExchangeSlots.run { directory in
            let run = try CycleRun.start(scenario, in: directory, ["--records", String(Self.records(scenario))])
            let finished = await run.finish()
            #expect(finished.status == 0, "\(finished.output)\(finished.errors)")
            let folder = finished.layout.logDirectory
            let logs = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".log") }
            let programs = Set(logs.map { String($0.dropLast(4)) })
            #expect(
                programs.isSuperset(of: ["broker", "auditor", "facility", "moh", "c06", "locality"]), "\(programs)")
            for log in logs {
                let text = try String(contentsOfFile: "\(folder)/\(log)", encoding: .utf8)
                let lines = text.split(separator: "\n")
                // A line is its time, its level, and the program.
                #expect(lines.contains { Self.level($0) == "info" }, "\(log) has no line as they are written")
                let wrong = lines.filter { ["error", "critical"].contains(Self.level($0)) }
                #expect(wrong == [], "\(scenario), \(log)")
            }
        }
    }

    @Test func theShippedScenariosAreThere() { #expect(Self.scenarios.count >= 9) }

    private static func level(_ line: Substring) -> Substring? { line.split(separator: " ").dropFirst().first }
}
