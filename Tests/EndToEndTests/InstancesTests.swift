import Composition
import ExchangeSchema
import Foundation
import Glibc
import Judgement
import KafkaClient
import PartyCore
import PartyRuntime
import ProgramTestSupport
import Supervision
import Testing
import Topology
import Vocabulary

/// Three instances of VSS share its partitions; what one had goes to others when it is gone, with its state.
@Suite struct InstancesTests {
    private static let threeInstances = BuiltPrograms.topologyFolder + "/three-instances.yaml"

    /// Started by hand with sessions of a second, three instances of VSS and all else.
    private func withInstances(
        records: Int, seed: UInt64, sessionSeconds: Int = 1, findings: [String] = [],
        _ body: @Sendable (InstancesByHand, [Program]) async throws -> [Program]
    ) async throws {
        let scenario = TestScenario.everything(records: records, seed: seed, recordsPerSecond: 250)
        try await ExchangeSlots.run { directory in
            let path = try scenario.write(in: directory)
            let hand = try InstancesByHand(
                in: directory, scenario: path, records: records, sessionSeconds: sessionSeconds)
            try await hand.startOthers()
            let instances = try (1...3).map { try hand.start("vss-\($0)") }
            try await hand.awaitShares(of: instances)
            let left = try await body(hand, instances)
            try await hand.settle()
            try await hand.stopAll(left)
            try await hand.expectExact("seed \(seed)", findings: findings)
        }
    }

    @Test func aKilledInstancesPartitionsGoToTheOthersWithNothingLostOrDoubled() async throws {
        var random = SeededGenerator()
        let seed = random.seed
        print("instances: by hand, seed \(seed)")
        let (moment, victim) = (Int64.random(in: 100...500, using: &random), Int.random(in: 0..<3, using: &random))
        try await withInstances(records: 1_000, seed: seed) { hand, instances in
            try await hand.progress(to: moment)
            let had = hand.shards.indices.filter { hand.owner($0) == instances[victim].identifier }
            #expect(!had.isEmpty)
            hand.exchange.forget("vss-\(victim + 1)")
            _ = await instances[victim].stop(SIGKILL)
            let left = instances.filter { $0 !== instances[victim] }
            let survivors = Set(left.map(\.identifier))
            try await hand.exchange.until("its shards have other owners") {
                had.allSatisfy { hand.owner($0).map(survivors.contains) == true }
            }
            return left
        }
    }

    @Test func anInstanceThatStopsAsAskedHandsOverAtOnce() async throws {
        // With sessions of a minute, only who leaves the group is replaced in time.
        try await withInstances(records: 800, seed: 71, sessionSeconds: 60) { hand, instances in
            try await hand.progress(to: 200)
            hand.exchange.forget("vss-2")
            let status = await instances[1].stop().status
            #expect(status == 0, "\(instances[1].errors)")
            let late = try hand.start("vss-4")
            let now = [instances[0], instances[2], late]
            try await hand.awaitShares(of: now)
            return now
        }
    }

    /// A process that is stopped by its terminal or debugger still holds its shards' locks; whoever is given them
    /// waits, and it lets go when it wakes and learns that its session is over.
    @Test func aFrozenInstanceIsFencedUntilItLetsGo() async throws {
        try await withInstances(records: 800, seed: 72) { hand, instances in
            try await hand.progress(to: 200)
            let frozen = instances[0]
            let others = instances.dropFirst()
            #expect(kill(frozen.identifier, SIGSTOP) == 0)
            try await hand.exchange.until("a shard of the frozen one was given to another") {
                others.contains { $0.errors.contains("is held by another process") }
            }
            #expect(kill(frozen.identifier, SIGCONT) == 0)
            try await hand.exchange.until("the frozen one has learnt of its loss") {
                frozen.errors.contains("are lost")
            }
            return instances
        }
    }

    @Test func stateThatLiesElsewhereIsNotBegunAnew() async throws {
        let scenario = TestScenario.everything(records: 100, seed: 73, recordsPerSecond: 1_000)
        try await ExchangeSlots.run { directory in
            let path = try scenario.write(in: directory)
            let hand = try InstancesByHand(in: directory, scenario: path, records: 100, sessionSeconds: 1)
            try await hand.startOthers()
            let only = try hand.start("vss-1")
            try await hand.settle()
            try await hand.stopAll([only])
            let shard = hand.layout.directory(of: hand.shards[2])
            try FileManager.default.moveItem(atPath: shard, toPath: directory.path + "/elsewhere")
            try await hand.exchange.startBroker()
            let again = try hand.start("vss-1")
            #expect(await again.exit(within: .seconds(30)) == 2)
            #expect(again.errors.contains("the state of vss.2 lies elsewhere"), "\(again.errors)")
            // Nothing was written there that would stand in the way of the right state.
            try? FileManager.default.removeItem(atPath: shard)
            try FileManager.default.moveItem(atPath: directory.path + "/elsewhere", toPath: shard)
            let broker = try hand.exchange.program("broker")
            #expect(await broker.stop().status == 0)
            try await hand.expectExact("the state is back")
        }
    }

    @Test func underTheSupervisorAKilledInstanceHasItsShardsAgainAfterItsRestart() async throws {
        var random = SeededGenerator()
        let seed = random.seed
        print("instances: cycle run, seed \(seed)")
        let moment = Int64.random(in: 100...600, using: &random)
        let victim = "vss-\(Int.random(in: 1...3, using: &random))"
        let scenario = TestScenario.everything(records: 1_000, seed: seed, recordsPerSecond: 300)
        try await ExchangeSlots.run { directory in
            let path = try scenario.write(in: directory)
            let run = try CycleRun.start(path, in: directory, ["--topology", Self.threeInstances])
            try await run.until("\(moment) records are submitted") {
                run.status("facility")?.figures.submission.nextVisit ?? 0 >= moment
            }
            let old = try await run.awaitProcess(victim)
            #expect(kill(old, SIGKILL) == 0)
            let finished = await run.finish()
            #expect(finished.status == 0, "seed \(seed)\n\(finished.output)\n\(finished.errors)")
            try finished.expectExact("seed \(seed)")
            let expected = try ExpectedFigures(scenario: path, records: 1_000)
            #expect(try finished.report.refusedByReason == expected.refused, "seed \(seed)")
            #expect(try finished.report.corrected == expected.corrected, "seed \(seed)")
            #expect(try finished.restarts(victim) == 1)
            let audit = try Program(
                BuiltPrograms.path("cycle"), ["audit", "verify", directory.data], in: directory.path)
            #expect(await audit.exit() == 0, "\(audit.output)\n\(audit.errors)")
            #expect(audit.output.contains("vss.3: "))
            #expect(audit.output.contains(/vss\.\d: .*cosigned by 5 of 5 others/), "\(audit.output)")
            #expect(audit.output.contains(/moh: .*cosigned by 8 of 8 others/), "\(audit.output)")
        }
    }

    /// The broker forgets its groups when it is killed: all instances join anew, and every shard changes hands.
    @Test func aKilledBrokerCostsTheInstancesNothing() async throws {
        let scenario = TestScenario.everything(records: 800, seed: 74, recordsPerSecond: 300)
        try await ExchangeSlots.run { directory in
            let path = try scenario.write(in: directory)
            let run = try CycleRun.start(path, in: directory, ["--topology", Self.threeInstances])
            try await run.until("200 records are submitted") {
                run.status("facility")?.figures.submission.nextVisit ?? 0 >= 200
            }
            try await run.disturb("broker", SIGKILL)
            let finished = await run.finish()
            #expect(finished.status == 0, "\(finished.output)\n\(finished.errors)")
            try finished.expectExact()
            #expect(
                try finished.report.refusedByReason == ExpectedFigures(scenario: path, records: 800).refused)
        }
    }

    /// MoH, VSS and C06 all in several processes: each shard of C06 holds its own answers and hears of the signature.
    @Test func allThreeAuthoritiesHaveInstancesAndABacklogDrains() async throws {
        try await ExchangeSlots.run { directory in
            let topology = try WrittenTopology.write(
                "three-instances.yaml", instances: 2, of: ["moh", "c06"], to: directory)
            #expect(try ExchangeFiles.topology(at: topology).shards.count == 14)
            let run = try CycleRun.start("the-day-after", in: directory, ["--topology", topology])
            let finished = await run.finish()
            #expect(finished.status == 0, "\(finished.output)\n\(finished.errors)")
            try finished.expectExact()
            let audit = try Program(
                BuiltPrograms.path("cycle"), ["audit", "verify", directory.data], in: directory.path)
            #expect(await audit.exit() == 0, "\(audit.output)\n\(audit.errors)")
        }
    }

    /// The shard that finds it hands it on; the one that it belongs to reads it, and says what is the matter.
    @Test func anUnreadableMessageInAForeignPartitionIsADeadLetterOfItsOwnShard() async throws {
        try await withInstances(records: 100, seed: 75, findings: ["extra: vss."]) { hand, instances in
            let record = RecordIdentifier(high: 0x0190_0000_0000_7000, low: 0x8000_0000_0000_0001)
            var traffic = Traffic.message(
                .acceptedRecord, to: "moh.records", record: record, source: "/moh", value: [1, 2, 3])
            let own = murmur2Partition(key: Array(record.description.utf8), count: 4)
            traffic.partition = (own + 1) % 4
            try await hand.exchange.publish([traffic])
            try await hand.exchange.until("it is a dead letter") {
                hand.status("vss")?.ledger.deadLetters ?? 0 >= 1 && hand.status("vss")?.unconfirmed == 0
            }
            let letters = try await hand.exchange.read(["moh.records.dlt"])
            #expect(letters.count == 1)
            #expect(letters.first?.header("dlt_reason")?.contains("AcceptedRecord") == true)
            #expect(letters.first?.header("dlt_reader") == "vss.\(own)")
            #expect(letters.first?.header("handed_on_from")?.contains("moh.records") == true)
            return instances
        }
    }

    @Test func underRulesInstancesMayDoWhatTheyMustAndNoMore() async throws {
        let scenario = TestScenario.everything(records: 300, seed: 76, recordsPerSecond: 1_000)
        try await ExchangeSlots.run { directory in
            let path = try scenario.write(in: directory)
            let run = try CycleRun.start(path, in: directory, ["--topology", Self.threeInstances, "--secure"])
            let finished = await run.finish()
            #expect(finished.status == 0, "\(finished.output)\n\(finished.errors)")
            try finished.expectExact()
            #expect(try finished.restarts("vss-1") == 0)
        }
    }

    @Test func statusShowsThePartyAndItsInstances() async throws {
        try await ExchangeSlots.run { directory in
            let run = CycleRun(
                directory: directory,
                program: try Program(
                    BuiltPrograms.path("cycle"),
                    ["up", "--data", directory.data, "--topology", Self.threeInstances, "--scenario", "clean"],
                    in: directory.path))
            let topology = try ExchangeFiles.topology(at: Self.threeInstances)
            let vss = try #require(topology.party(named: "vss"))
            try await run.until("the shards say so") {
                run.layout.status(of: vss, in: topology)?.ledger.shared ?? 0 > 0
            }
            let line = try #require(try ExchangeStatus(layout: run.layout).parties.first { $0.party == "vss" })
            #expect(line.instances?.count == 3 && line.submitted > 0)
            #expect(try ExchangeStatus(layout: run.layout).table.contains("vss x3"))
            #expect(await run.program.stop().status == 0)
            #expect(run.program.output.contains("vss-3 process "))
        }
    }
}
