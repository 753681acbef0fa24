import Foundation
import Glibc
import Judgement
import PartyCore
import PartyRuntime
import ProgramTestSupport
import Supervision
import Testing

/// Broker and parties without `cycle`: each a program of its own, started and stopped by hand.
@Suite struct HandStartedPartiesTests {
    @Test func partiesStartedByHandCompleteAScenario() async throws {
        let scenario = TestScenario.everything(records: 300, seed: 61, recordsPerSecond: 2_000)
        try await ExchangeSlots.run { directory in
            let path = try scenario.write(in: directory)
            let exchange = try HandMadeExchange(in: directory, scenario: path, records: 300)
            try await exchange.startAll()
            try await exchange.settle()
            try await exchange.stopAll()
            let report = try exchange.judgement()
            #expect(report.holds, "\(report.table)")
            #expect(report.refusedByReason == (try ExpectedFigures(scenario: path, records: 300).refused))
        }
    }

    @Test func partiesStartedBeforeTheBrokerWaitForIt() async throws {
        try await ExchangeSlots.run { directory in
            let exchange = try HandMadeExchange(in: directory, scenario: "clean", records: 20)
            // A first start gives the broker its address; the parties then come before it.
            try await exchange.startBroker()
            _ = try await exchange.program("broker").stop()
            let early = try Program(
                BuiltPrograms.path("moh"), exchange.arguments("moh"), in: directory.path)
            try await exchange.startBroker()
            try await FileWatch.until("moh runs", in: directory.path) {
                FileManager.default.fileExists(atPath: exchange.layout.partyDirectory("moh") + "/status.json")
            }
            #expect(await early.stop().status == 0)
            try await exchange.startAll(butTheBroker: true)
            try await exchange.settle()
            try await exchange.stopAll()
            #expect(try exchange.judgement().holds)
        }
    }

    /// SIGTERM in mid-run: the end comes at once, with nothing in hand; started again, all goes on.
    @Test func stoppedPartiesAndBrokerGoOnWhereTheyWere() async throws {
        let scenario = TestScenario.everything(records: 1_000, seed: 62, recordsPerSecond: 250)
        try await ExchangeSlots.run { directory in
            let path = try scenario.write(in: directory)
            let exchange = try HandMadeExchange(in: directory, scenario: path, records: 1_000)
            try await exchange.startAll()
            for (index, name) in ["vss", "locality", "moh", "facility", "c06", "broker"].enumerated() {
                let records = Int64(100 * (index + 1))
                try await exchange.until("\(records) records are submitted") {
                    exchange.status("facility")?.figures.submission.nextVisit ?? 0 >= records
                }
                let program = try exchange.program(name)
                let end = await program.stop()
                #expect(end.status == 0, "\(name): \(program.errors)")
                end.expectPrompt()
                if name == "broker" {
                    try await exchange.startBroker()
                } else {
                    try await exchange.start(party: name)
                }
            }
            try await exchange.settle()
            try await exchange.stopAll()
            let report = try exchange.judgement()
            #expect(report.holds, "\(report.table)")
            #expect(report.refusedByReason == (try ExpectedFigures(scenario: path, records: 1_000).refused))
        }
    }

    /// With messages and commits on their way to a broker that is gone, SIGTERM is obeyed all the same.
    @Test func partiesStopWhileTheBrokerIsAway() async throws {
        let scenario = TestScenario.everything(records: 600, seed: 63, recordsPerSecond: 200)
        try await ExchangeSlots.run { directory in
            let path = try scenario.write(in: directory)
            let exchange = try HandMadeExchange(in: directory, scenario: path, records: 600)
            try await exchange.startAll()
            try await exchange.until("the run is under way") {
                exchange.status("locality")?.ledger.shared ?? 0 > 100
            }
            _ = try await exchange.program("broker").stop(SIGKILL)
            for party in exchange.parties {
                let program = try exchange.program(party)
                let end = await program.stop()
                #expect(end.status == 0, "\(program.errors)")
                end.expectPrompt()
            }
            try await exchange.startAll()
            try await exchange.settle()
            try await exchange.stopAll()
            let report = try exchange.judgement()
            #expect(report.holds, "\(report.table)")
            #expect(report.refusedByReason == (try ExpectedFigures(scenario: path, records: 600).refused))
        }
    }

    @Test func dataOfAnotherExchangeIsRefused() async throws {
        try await ExchangeSlots.run { directory in
            let exchange = try HandMadeExchange(in: directory, scenario: "clean", records: 10)
            try await exchange.startAll()
            try await exchange.settle()
            try await exchange.stopAll()

            let second = try TemporaryDirectory()
            let other = try HandMadeExchange(in: second, scenario: "clean", records: 10)
            try await other.startBroker()
            let foreign = ["--data", exchange.layout.partyDirectory("moh")]
            let moh = try Program(
                BuiltPrograms.path("moh"), Self.replacing("--data", by: foreign, in: other.arguments("moh")),
                in: directory.path)
            #expect(await moh.exit(within: .seconds(30)) == 2)
            #expect(moh.errors.contains("belongs to another run"))
            #expect(moh.errors.contains("give another --data, or start the broker that belongs to it"))
            let vss = try Program(
                BuiltPrograms.path("vss"), Self.replacing("--data", by: foreign, in: other.arguments("vss")),
                in: directory.path)
            #expect(await vss.exit(within: .seconds(30)) == 2)
            #expect(vss.errors.contains("holds the data of party moh"))
            try await other.stopAll()
        }
    }

    @Test func unreachableBrokerEndsWithExitCodeTwoAfterTheTimeout() async throws {
        let directory = try TemporaryDirectory()
        // Port 1 of this machine is nobody's.
        let moh = try Program(
            BuiltPrograms.path("moh"),
            [
                "--topology", BuiltPrograms.topologyFolder + "/2024-04.yaml", "--bootstrap-servers", "127.0.0.1:1",
                "--data", directory.data, "--startup-timeout", "1.5",
            ], in: directory.path)
        #expect(await moh.exit(within: .seconds(30)) == 2)
        #expect(moh.errors.contains("waiting for the broker at 127.0.0.1:1"))
        #expect(moh.errors.contains("no broker at 127.0.0.1:1"))
        #expect(moh.errors.contains("check the address, or start the broker"))
    }

    private static func replacing(_ option: String, by pair: [String], in arguments: [String]) -> [String] {
        guard let place = arguments.firstIndex(of: option) else { return arguments + pair }
        var changed = arguments
        changed.replaceSubrange(place...place + 1, with: pair)
        return changed
    }
}
