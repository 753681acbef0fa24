import Foundation
import Judgement
import PartyRuntime
import ProgramTestSupport
import Supervision
import Testing

@Suite struct HappyPathTests {
    @Test func cleanScenarioIsSharedWholeAndReported() async throws {
        let run = try await ExchangeSlots.run { directory in
            let run = try await CycleRun.start("clean", in: directory, ["--records", "300"]).finish()
            try run.expectExact()
            try Self.expectOwnUserOnly(below: directory.path + "/data")
            return run
        }
        #expect(run.status == 0, "\(run.output)\n\(run.errors)")
        let json = try #require(run.json)
        let report = try #require(try JSONSerialization.jsonObject(with: json) as? [String: Any])
        #expect(report["submitted"] as? Int == 300)
        #expect(report["shared"] as? Int == 300)
        #expect(report["refused"] as? Int == 0)
        #expect(report["pending"] as? Int == 0)
        #expect((report["refusedByReason"] as? [String: Int]) == [:])
        let elapsed = try #require(report["elapsedSeconds"] as? Double)
        let speed = try #require(report["cyclesPerSecond"] as? Double)
        #expect(elapsed > 0)
        #expect(abs(speed * elapsed - 300) < 1)
        #expect((report["conservation"] as? [String: Any])?["holds"] as? Bool == true)
        // The issue wants two seconds of a release build; this is a debug build on a machine that does other things too.
        let first = try #require(report["firstCycleSeconds"] as? Double)
        print("first cycle after \(first) s")
        #expect(first > 0 && first < 20)
    }

    /// Nobody but the user of the programs reads what they keep: people's data, and keys.
    private static func expectOwnUserOnly(below directory: String) throws {
        let paths = try FileManager.default.subpathsOfDirectory(atPath: directory)
        #expect(paths.contains { $0.hasSuffix("party.sqlite") } && paths.contains { $0.hasSuffix(".log") })
        for path in paths {
            let attributes = try FileManager.default.attributesOfItem(atPath: directory + "/" + path)
            let mode = try #require(attributes[.posixPermissions] as? Int)
            #expect(mode & 0o077 == 0, "\(path) has mode \(String(mode, radix: 8))")
        }
    }

    @Test func reportNamesEveryHopAndEveryProcess() async throws {
        let run = try await ExchangeSlots.run { directory in
            try await CycleRun.start("clean", in: directory, ["--records", "120", "--seed", "9"]).finish()
        }
        let report = try run.report
        let counts = Dictionary(uniqueKeysWithValues: report.hops.map { ($0.topic, $0.count) })
        #expect(
            counts == [
                "facility.records": 120, "moh.records": 120, "vss.assessments": 120, "vss.identity-checks": 120,
                "c06.identity-results": 120, "moh.book-entries": 120, "moh.answers": 120, "moh.corrections": 0,
                "exchange.agreements": 0, "c06.civil-status": 0, "moh.book-handovers": 0, "vss.feedback": 0,
                "moh.insurance-notices": 0, "facility.history-requests": 0, "moh.shared-histories": 0,
                "moh.coverage": 0,
            ])
        for hop in report.hops where hop.count > 0 {
            #expect(hop.p50Milliseconds <= hop.p95Milliseconds && hop.p95Milliseconds <= hop.p99Milliseconds)
        }
        #expect(report.hops.contains { $0.p99Milliseconds > 0 })
        #expect(
            Set(report.processes.map(\.name)) == [
                "broker", "facility", "moh", "vss", "c06", "locality", "auditor", "cycle",
            ])
        #expect(report.processes.allSatisfy { $0.peakResidentBytes > 1 << 20 && $0.restarts == 0 })
        for line in ["submitted", "shared", "p50 ms", "cycles/s", "conservation"] {
            #expect(run.output.contains(line), "the table has no \(line)")
        }
    }

    @Test func failedAssertionEndsWithExitCodeOne() async throws {
        let run = try await ExchangeSlots.run { directory in
            var scenario = TestScenario()
            scenario.records = 20
            scenario.assertions = ["shared == 19"]
            return try await CycleRun.start(scenario.write(in: directory), in: directory).finish()
        }
        #expect(run.status == 1)
        #expect(try run.report.conservation.holds)
        #expect(run.output.contains("FAILED  shared == 19"))
    }
}
