import Foundation
import Glibc
import Judgement
import PartyCore
import PartyRuntime
import ProgramTestSupport
import Supervision
import Testing

/// Processes are killed in mid-run, at random moments. The moments are taken from the progress of a run, so that they
/// lie in it on a machine of any speed; `CLOSED_CYCLE_CHAOS_SEED` brings the same ones again.
@Suite struct ChaosTests {
    private static let records = 1_500

    private static func scenario(_ seed: UInt64) -> TestScenario {
        .everything(records: records, seed: seed, recordsPerSecond: 400)
    }

    @Test(arguments: [
        ("facility", "2024-04"), ("moh", "2024-04"), ("vss", "2024-04"), ("c06", "2024-04"), ("locality", "2024-04"),
        ("broker", "2024-04"), ("vss", "2026-07"), ("moh", "2026-07"),
    ])
    func killedInMidRunNothingIsLostAndNothingComesTwice(victim: String, route: String) async throws {
        var random = SeededGenerator()
        print("chaos: \(victim), seed \(random.seed)")
        let moments = Self.moments(3, &random)
        try await disturbed(random.seed, [victim: 3], route: route) { run in
            for (shared, watched) in moments {
                try await Self.progress(of: run, to: shared, seenBy: watched)
                try await run.disturb(victim, SIGKILL)
            }
        }
    }

    @Test func everythingIsKilledInRandomOrderAndThenAllAtOnce() async throws {
        var random = SeededGenerator()
        print("chaos: everything, seed \(random.seed)")
        let all = ["facility", "moh", "vss", "c06", "locality", "broker"]
        let victims = all.shuffled(using: &random)
        let moments = Self.moments(all.count + 1, &random)
        try await disturbed(random.seed, Dictionary(uniqueKeysWithValues: all.map { ($0, 2) })) { run in
            for (victim, (shared, watched)) in zip(victims, moments) {
                try await Self.progress(of: run, to: shared, seenBy: watched)
                try await run.disturb(victim, SIGKILL)
            }
            if let (shared, watched) = moments.last {
                try await Self.progress(of: run, to: shared, seenBy: watched)
            }
            var old: [Int32] = []
            for name in all { old.append(try await run.awaitProcess(name)) }
            for process in old { #expect(kill(process, SIGKILL) == 0) }
            for (name, process) in zip(all, old) { try await run.awaitRestart(name, after: process) }
        }
    }

    @Test func stoppedByItselfAPartyIsStartedAgainAndLosesNothing() async throws {
        var random = SeededGenerator()
        let parties = ["facility", "moh", "vss", "c06", "locality"]
        let moments = Self.moments(parties.count, &random)
        try await disturbed(random.seed, Dictionary(uniqueKeysWithValues: parties.map { ($0, 1) })) { run in
            for (party, (shared, watched)) in zip(parties, moments) {
                try await Self.progress(of: run, to: shared, seenBy: watched)
                try await run.disturb(party, SIGTERM)
                let log = try String(contentsOfFile: run.layout.logDirectory + "/\(party).log", encoding: .utf8)
                #expect(log.contains("\(party) has stopped"))
            }
        }
    }

    /// What an agreement held back drains through parties that are killed over and over.
    @Test func killedWhileABacklogDrains() async throws {
        var random = SeededGenerator()
        let seed = random.seed
        print("chaos: backlog, seed \(seed)")
        var scenario = TestScenario.everything(records: 800, seed: seed, recordsPerSecond: 20_000)
        scenario.load = "maximumPending: unlimited"
        scenario.signed = ["moh", "c06"]
        scenario.endsWhen = "held"
        scenario.assertions = ["submitted == records"]
        let written = scenario
        let victims = ["c06", "moh", "broker", "facility", "locality"].shuffled(using: &random)
        try await ExchangeSlots.run { directory in
            let path = try written.write(in: directory)
            let expected = try ExpectedFigures(scenario: path, records: 800)
            let run = try await CycleRun.up(in: directory, ["--scenario", path])
            let refusedBefore = expected.refused.filter { !$0.key.hasPrefix("c06.") }.values.reduce(0, +)
            try await run.until("the rest is held") {
                guard let facility = run.status("facility"), facility.figures.submission.nextVisit == 800 else {
                    return false
                }
                return facility.ledger.refused == refusedBefore && run.status("c06")?.ledger.held == 800 - refusedBefore
            }
            var old: [Int32] = []
            for name in victims { old.append(try await run.awaitProcess(name)) }
            try await blocking { _ = try ExchangeControl(layout: run.layout).sign(party: "vss", agreement: nil) }
            for process in old { #expect(kill(process, SIGKILL) == 0) }
            for (name, process) in zip(victims, old) { try await run.awaitRestart(name, after: process) }
            try await run.until("nothing is pending") {
                run.layout.parties.allSatisfy { run.status($0)?.ledger.pending == 0 && run.status($0)?.isIdle == true }
                    && run.status("locality")?.ledger.shared == run.status("facility")?.ledger.shared
            }
            #expect(await run.program.stop().status == 0)
            let report = try run.layout.judgement(scenario: path, records: 800)
            #expect(report.conservation.holds, "seed \(seed): \(report.conservation.violations)")
            #expect(report.duplicatesApplied == 0)
            #expect(report.refusedByReason == expected.refused, "seed \(seed)")
            #expect(report.corrected == expected.corrected && report.held == 0)
        }
    }

    /// Numbers of records, ascending and inside the run, and which party's report is watched for them: the reports of
    /// different parties come at different times, so the victim is in the middle of anything.
    private static func moments(_ count: Int, _ random: inout SeededGenerator) -> [(records: Int64, party: String)] {
        let step = Int64(records) * 7 / 10 / Int64(count)
        return (0..<count).map { index in
            let records = Int64(records) / 20 + Int64(index) * step + Int64.random(in: 0..<step, using: &random)
            return (records, ["facility", "moh", "vss", "c06", "locality"].randomElement(using: &random) ?? "moh")
        }
    }

    /// Waits until so many records are behind a party.
    private static func progress(of run: CycleRun, to records: Int64, seenBy party: String) async throws {
        try await run.until("\(party) has \(records) records") {
            guard let ledger = run.status(party)?.ledger else { return false }
            return max(ledger.submitted, ledger.shared) >= records
        }
    }

    /// Runs the scenario, disturbs it, and expects an end as if nothing had been.
    private func disturbed(
        _ seed: UInt64, _ restarts: [String: Int], route: String = "2024-04",
        _ disturb: @Sendable (CycleRun) async throws -> Void
    ) async throws {
        try await ExchangeSlots.run { directory in
            let path = try Self.scenario(seed).write(in: directory)
            let topology = "\(BuiltPrograms.topologyFolder)/\(route).yaml"
            let expected = try ExpectedFigures(scenario: path, records: Self.records, topology: topology)
            let run = try CycleRun.start(path, in: directory, ["--topology", topology])
            try await disturb(run)
            let finished = await run.finish()
            #expect(finished.status == 0, "seed \(seed)\n\(finished.output)\n\(finished.errors)")
            try finished.expectExact("seed \(seed)")
            let report = try finished.report
            #expect(report.refusedByReason == expected.refused, "seed \(seed)")
            #expect(report.wrongMatches == expected.wrongMatches, "seed \(seed)")
            #expect(report.corrected == expected.corrected, "seed \(seed)")
            #expect(report.shared == Int64(Self.records) - expected.refused.values.reduce(0, +), "seed \(seed)")
            for name in finished.layout.parties + ["broker"] {
                #expect(try finished.restarts(name) == restarts[name] ?? 0, "\(name), seed \(seed)")
            }
        }
    }
}
