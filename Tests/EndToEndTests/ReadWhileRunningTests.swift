import ExchangeSchema
import Foundation
import Journal
import Judgement
import KafkaClient
import PartyCore
import PartyRuntime
import PartyStore
import ProgramTestSupport
import Supervision
import Testing

/// An exchange that is audited while it runs, and one whose directories are not what they were.
@Suite struct ReadWhileRunningTests {
    private static func cycle(
        _ arguments: [String], in directory: TemporaryDirectory
    ) async throws -> (code: Int32, output: String, errors: String) {
        let program = try Program(BuiltPrograms.path("cycle"), arguments, in: directory.path)
        let code = await program.exit(within: .seconds(90))
        return (code, program.output, program.errors)
    }

    @Test func aReaderInALoopFindsNothingWrongAndDisturbsNothing() async throws {
        try await ExchangeSlots.run { directory in
            // As fast as the parties can: nothing but the number of pending records bounds it.
            var scenario = TestScenario.everything(records: 4_000, seed: 23, recordsPerSecond: 1)
            scenario.load = "maximumPending: 4000"
            let run = try CycleRun.start(try scenario.write(in: directory), in: directory)
            try await run.until("the exchange is there") { try run.layout.record() != nil }
            var verified = 0
            var whileRunning = 0
            while run.program.isRunning {
                let answer = try await Self.cycle(["audit", "verify", directory.data], in: directory)
                #expect(answer.code == 0, "\(answer.output)\(answer.errors)")
                verified += 1
                if answer.output.contains("running: as of ") { whileRunning += 1 }
            }
            let finished = await run.finish()
            #expect(finished.status == 0, "\(finished.output)\(finished.errors)")
            try finished.expectExact()
            print("verified \(verified) times, \(whileRunning) of them while it ran")
            #expect(whileRunning > 0)
            let last = try await Self.cycle(["audit", "verify", directory.data], in: directory)
            #expect(last.code == 0 && !last.output.contains("running: "), "\(last.output)\(last.errors)")
        }
    }

    @Test func everyCommandReadsAnExchangeThatRuns() async throws {
        try await ExchangeSlots.run { directory in
            let run = try await CycleRun.up(
                in: directory,
                [
                    "--scenario",
                    TestScenario.everything(records: 60, seed: 3, recordsPerSecond: 200)
                        .write(in: directory),
                ])
            try await run.until("all are through, and the auditor has seen them") {
                guard let facility = run.status("facility"), let auditor = run.status("auditor") else { return false }
                return facility.ledger.submitted == 60 && facility.ledger.pending == 0 && auditor.isIdle
                    && run.layout.parties.allSatisfy { run.status($0)?.isIdle == true }
            }
            let purpose = ["--purpose", "a question", "--data", directory.data]
            let table = try await Self.cycle(["audit", "reconcile", directory.data], in: directory)
            #expect(table.code == 0 && table.output.contains("running: as of "), "\(table.output)\(table.errors)")
            let record = try Self.record(run.layout)
            for arguments in [
                ["report", directory.data, "--output", directory.path + "/report.html"],
                ["trace", record] + purpose,
                ["tiles", "--all", "--output", directory.path + "/tiles", "--data", directory.data],
                ["export", "--fhir", "--output", directory.path + "/fhir"] + purpose,
                ["prove", record, "--output", directory.path + "/evidence.zip"] + purpose,
            ] {
                let answer = try await Self.cycle(["audit"] + arguments, in: directory)
                #expect(answer.code == 0, "\(arguments) \(answer.output)\(answer.errors)")
            }
            let checked = try await Self.cycle(
                ["audit", "check", directory.path + "/evidence.zip", "--keys", run.layout.evidenceDirectory],
                in: directory)
            #expect(checked.code == 0, "\(checked.output)\(checked.errors)")
            try await run.until("the acts are in the auditor's log") {
                let store = try StoreInspection(directory: run.layout.partyDirectory("auditor"))
                return try AccessLog.entries(store).count == 3
            }
            try Self.forgeAct(run.layout)
            try await run.until("the forged act is in the auditor's log") {
                let store = try StoreInspection(directory: run.layout.partyDirectory("auditor"))
                return try AccessLog.entries(store).count == 4
            }
            let access = try await Self.cycle(["audit", "access", "--data", directory.data], in: directory)
            #expect(access.code == 0 && access.output.contains("trace  \(record)  (a question)"), "\(access.output)")
            let acts = access.output.split(separator: "\n")
            #expect(acts.count { $0.hasSuffix("  [uid of the process, sealed]") } == 3, "\(access.output)")
            #expect(
                acts.filter { $0.contains("minister.of.health") }.allSatisfy { $0.contains("[NOT AUTHENTICATED: ") }
                    && acts.count == 4, "\(access.output)")
            let erased = try await Self.cycle(
                ["audit", "erase", "001090000001", "--order", "7"] + purpose, in: directory)
            #expect(erased.code == 2 && erased.errors.contains("is in use; end the exchange with"))
            #expect(await run.program.stop(SIGINT).status == 0)
        }
    }

    /// An act that no `cycle` has written, by a client of the broker.
    private static func forgeAct(_ layout: ExchangeLayout) throws {
        let topic = "audit.access"
        let broker = try layout.requiredRecord().broker
        let producer = try KafkaProducer(
            settings: KafkaSettings(bootstrapServers: broker, clientIdentifier: "test"), topics: [topic])
        defer { producer.close() }
        let entry = AccessEntry(
            id: UUID().uuidString.lowercased(), action: "trace", subject: "all records",
            who: "minister.of.health (uid 1000)",
            purpose: "none of your business", time: 1_700_000_000_000)
        var headers = HeaderBlock(names: [])
        headers.append(name: "access_seal", value: Array("\u{2014} closed-cycle/access/x AAAA".utf8))
        try producer.enqueue(topic: 0, key: Array(entry.id.utf8), value: entry.json, headers: headers, batch: 1)
        #expect(producer.flush(deadlineMilliseconds: 10_000).reduce(0) { $0 + $1.delivered } == 1)
    }

    private static func record(_ layout: ExchangeLayout) throws -> String {
        var found: String?
        try StoreInspection(directory: layout.partyDirectory("moh")).forEachRecord { identifier, _ in
            found = found ?? identifier.description
        }
        return try #require(found)
    }

    @Test func anOlderCopyIsRefusedBeforeAnythingIsStarted() async throws {
        try await ExchangeSlots.run { directory in
            let scenario = try TestScenario.everything(records: 2_000, seed: 3, recordsPerSecond: 50)
                .write(in: directory)
            @Sendable func runOn() async throws -> CycleRun {
                let run = try await CycleRun.up(in: directory, ["--scenario", scenario])
                try await run.until("leaves are signed") { (run.status("moh")?.witness?.signedLeaves ?? 0) > 0 }
                return run
            }
            let first = try await runOn()
            #expect(await first.program.stop(SIGINT).status == 0)
            let moh = first.layout.partyDirectory("moh")
            let copy = directory.path + "/copy"
            try FileManager.default.copyItem(atPath: moh, toPath: copy)
            let size = try StoreInspection(directory: moh).progress.nextSequence
            let second = try await CycleRun.up(in: directory, ["--scenario", scenario])
            // Whose store is opened while it is read is to be read again.
            try await second.until("MoH runs") { second.process("moh") == second.status("moh")?.process }
            let visit = try await Self.cycle(["audit", "verify", directory.data], in: directory)
            #expect(visit.code == 0, "\(visit.output)")
            try await second.until("MoH has gone on") { (second.status("moh")?.witness?.signedLeaves ?? 0) > size }
            #expect(await second.program.stop(SIGINT).status == 0)
            try FileManager.default.removeItem(atPath: moh)
            try FileManager.default.moveItem(atPath: copy, toPath: moh)
            let before = try Data(contentsOf: URL(fileURLWithPath: first.layout.evidenceDirectory + "/moh.checkpoint"))
            let refused = try await Self.cycle(["up", "--data", directory.data], in: directory)
            #expect(refused.code == 2 && refused.errors.contains("an older copy was put in its place"))
            #expect(refused.errors.contains("Put the latest copy back"), "\(refused.errors)")
            #expect(
                try Data(contentsOf: URL(fileURLWithPath: first.layout.evidenceDirectory + "/moh.checkpoint")) == before
            )
        }
    }
}
