import Composition
import ExchangeSchema
import Foundation
import Judgement
import KafkaClient
import PartyCore
import PartyRuntime
import PartyStore
import ProgramTestSupport
import Replay
import Supervision
import Testing
import Topology
import Vocabulary

@testable import Operations

/// `cycle redrive --missing`: what a broker had confirmed and then lost reaches its reader after all.
@Suite struct MissingRedriveTests {
    private static let topics = ProvinceCode.all.map { "moh.book-entries.\($0)" }

    @Test func whatABrokerLostBeforeItsReaderCameIsSentAgain() async throws {
        try await ExchangeSlots.run { directory in
            let layout = try await Self.leaveEntriesUnread(by: "locality", in: directory)
            let (kept, lost) = try await Self.loseSome(in: directory, layout)
            #expect(!kept.isEmpty && !lost.isEmpty)

            let broker = try await StartedBroker.start(on: layout.brokerDirectory, in: directory)
            let dry = try await Self.redrive(directory, broker, ["--dry-run"])
            #expect(dry.status == 0, "\(dry.output)\(dry.errors)")
            #expect(dry.output.hasSuffix("\(lost.count) missing, \(lost.count) found, 0 sent again\n"), "\(dry.output)")
            #expect(Set(try await broker.messages(of: Self.topics).keys) == Set(kept.keys))
            let real = try await Self.redrive(directory, broker, [])
            #expect(real.status == 0, "\(real.output)\(real.errors)")
            #expect(
                real.output.hasSuffix("\(lost.count) missing, \(lost.count) found, \(lost.count) sent again\n"),
                "\(real.output)")
            let again = try await Self.redrive(directory, broker, [])
            #expect(again.status == 0 && again.output == "0 missing, 0 found, 0 sent again\n", "\(again.output)")
            let after = try await broker.messages(of: Self.topics)
            _ = await broker.program.stop()
            #expect(Set(after.keys) == Set(kept.keys).union(lost.keys))
            for (message, sent) in lost {
                let copy = try #require(after[message])
                #expect(copy.value == sent.value && copy.key == sent.key && copy.partition == sent.partition)
                #expect(copy.timestamp == sent.timestamp && copy.headers.starts(with: sent.headers))
                #expect(copy.header("redrive_purpose") == Array("test".utf8))
            }

            let run = try await CycleRun.up(in: directory, [])
            try await run.until("the locality has all") {
                run.status("locality")?.ledger.shared == Int64(after.count)
                    && layout.parties.allSatisfy { run.status($0)?.isIdle == true }
            }
            // Of an exchange that runs, nothing is missing while it is well.
            let running = try await Self.redrive(directory, nil, [])
            #expect(running.status == 0 && running.output == "0 missing, 0 found, 0 sent again\n", "\(running.errors)")
            #expect(await run.program.stop(SIGINT).status == 0)
            let verify = try Program(
                BuiltPrograms.path("cycle"), ["audit", "verify", directory.data], in: directory.path)
            #expect(await verify.exit() == 0, "\(verify.output)\(verify.errors)")
        }
    }

    /// Where the auditor has not seen a message either, its sender's rules make it again: the same to the last byte.
    @Test func whatIsMadeAgainIsWhatWasSent() async throws {
        try await ExchangeSlots.run { directory in
            var scenario = TestScenario()
            scenario.records = 200
            scenario.faults = [
                "sentTwice": 0.05, "nameMisspelled": 0.05, "cardExpired": 0.05, "diagnosisMalformed": 0.04,
            ]
            scenario.correctionRate = 0.5
            let run = try CycleRun.start(try scenario.write(in: directory), in: directory)
            let finished = await run.finish()
            #expect(finished.status == 0, "\(finished.output)\(finished.errors)")
            let layout = run.layout
            let setup = try PartySetup(topology: layout.topologyPath, scenario: layout.scenarioPath)
            let contents = MissingContents(
                setup: setup, layout: layout, vault: try VaultInspection(directory: layout.partyDirectory("auditor")))
            var entries = 0
            for shard in setup.topology.shards {
                let store = try StoreInspection(directory: layout.directory(of: shard))
                for topic in setup.topology.topicsWritten(by: shard.party) {
                    let sent = try MissingMessage.sent(by: shard, store, to: topic)
                    let seen = try contents.observed(sent)
                    #expect(seen.count == sent.count)
                    #expect(try contents.remade(sent) == seen, "\(shard.name) to \(topic.name)")
                    if topic.carries == .bookEntry { entries += seen.count }
                }
            }
            #expect(entries > 100)
        }
    }

    @Test func aStoppedExchangeWithoutItsBrokerSaysHowToGoOn() async throws {
        try await ExchangeSlots.run { directory in
            let run = try CycleRun.start("clean", in: directory, ["--records", "5"])
            #expect(await run.finish().status == 0)
            let refused = try await Self.redrive(directory, nil, [])
            #expect(
                refused.status == 2 && refused.errors.contains("start it with cycle up --data"), "\(refused.errors)")
            let stranger = try await StartedBroker.start(on: directory.path + "/other", in: directory)
            let other = try await Self.redrive(directory, stranger, [])
            #expect(other.status == 2 && other.errors.contains("is of exchange"), "\(other.errors)")
            _ = await stranger.program.stop()
        }
    }

    private static func redrive(
        _ directory: TemporaryDirectory, _ broker: StartedBroker?, _ more: [String]
    ) async throws -> (status: Int32, output: String, errors: String) {
        let address = broker.map { ["--bootstrap-servers", $0.settings.bootstrapServers] } ?? []
        let program = try Program(
            BuiltPrograms.path("cycle"),
            ["redrive", "--missing", "--purpose", "test", "--data", directory.data] + address + more, in: directory.path
        )
        let status = await program.exit(within: .seconds(60))
        return (status, program.output, program.errors)
    }

    /// Runs an exchange until all entries are on their topic and one of its readers has read none.
    private static func leaveEntriesUnread(
        by reader: String, in directory: TemporaryDirectory
    ) async throws
        -> ExchangeLayout
    {
        var scenario = TestScenario()
        scenario.records = 80
        scenario.uninsuredShare = 0
        scenario.signed = ["moh", "c06"]
        scenario.endsWhen = "held"
        let run = try await CycleRun.up(in: directory, ["--scenario", try scenario.write(in: directory)])
        try await run.until("C06 holds all answers") { run.status("c06")?.ledger.held == 80 }
        let stopped = try await run.awaitProcess(reader)
        #expect(kill(stopped, SIGSTOP) == 0)
        let sign = try Program(
            BuiltPrograms.path("cycle"), ["agreement", "sign", "vss", "--data", directory.data], in: directory.path)
        #expect(await sign.exit() == 0, "\(sign.errors)")
        try await run.until("the facility has all entries") { run.status("facility")?.ledger.shared == 80 }
        _ = await run.program.stop(SIGINT)
        #expect(try StoreInspection(directory: run.layout.partyDirectory(reader)).progress.ledger.shared == 0)
        return run.layout
    }

    /// Cuts the end off each partition's log, as a broker without its disk's last writes.
    private static func loseSome(
        in directory: TemporaryDirectory, _ layout: ExchangeLayout
    ) async throws -> (kept: [String: TrafficRecord], lost: [String: TrafficRecord]) {
        func messages() async throws -> [String: TrafficRecord] {
            let broker = try await StartedBroker.start(on: layout.brokerDirectory, in: directory)
            let found = try await broker.messages(of: topics)
            _ = await broker.program.stop()
            return found
        }
        let before = try await messages()
        let folder = layout.brokerDirectory + "/topics"
        for partition in try FileManager.default.contentsOfDirectory(atPath: folder)
        where topics.contains(where: { partition.hasPrefix($0 + "-") }) {
            for name in try FileManager.default.contentsOfDirectory(atPath: "\(folder)/\(partition)")
            where name.hasSuffix(".log") {
                let path = "\(folder)/\(partition)/\(name)"
                let content = try Data(contentsOf: URL(fileURLWithPath: path))
                try content.dropLast(1).write(to: URL(fileURLWithPath: path))
            }
        }
        let kept = try await messages()
        return (kept, before.filter { kept[$0.key] == nil })
    }
}
