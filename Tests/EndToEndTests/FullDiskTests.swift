import Foundation
import Glibc
import Judgement
import ProgramTestSupport
import Testing

/// No file may grow beyond a limit: what a write then gets is as good as a full disk.
@Suite struct FullDiskTests {
    private static let scenario = TestScenario.everything(records: 1_200, seed: 91, recordsPerSecond: 2_000)

    @Test(arguments: ["moh", "facility", "locality"])
    func aPartyWithoutRoomStopsAndGoesOnOnceThereIs(party: String) async throws {
        try await ExchangeSlots.run { directory in
            let path = try Self.scenario.write(in: directory)
            let exchange = try HandMadeExchange(in: directory, scenario: path, records: 1_200)
            try await exchange.startBroker()
            try await exchange.start(parties: exchange.parties.filter { $0 != party })
            // It may end before it has reported that it runs, so nobody waits for that.
            try exchange.launch(party: party, fileLimit: 256)
            let program = try exchange.program(party)
            #expect(await program.exit(within: .seconds(60)) == 2, "\(program.errors)")
            let last = program.errors.split(separator: "\n").last ?? ""
            #expect(last.hasPrefix("\(party): ") && last.contains("the disk "), "\(program.errors)")
            #expect(last.contains("make room"), "\(program.errors)")
            try await Self.finish(exchange) { try await exchange.start(party: party) }
        }
    }

    @Test func aBrokerWithoutRoomStopsAndGoesOnOnceThereIs() async throws {
        try await ExchangeSlots.run { directory in
            let path = try Self.scenario.write(in: directory)
            let exchange = try HandMadeExchange(in: directory, scenario: path, records: 1_200)
            try await exchange.startBroker(fileLimit: 64)
            try await exchange.start(parties: ["moh", "vss", "c06", "locality"])
            // The facility's first batches fill it, so nobody waits for the facility's own report.
            try exchange.launch(party: "facility")
            let broker = try exchange.program("broker")
            #expect(await broker.exit(within: .seconds(60)) == 2, "\(broker.errors)")
            #expect(broker.errors.contains("make room") || broker.errors.contains("full"), "\(broker.errors)")
            try await Self.finish(exchange) { try await exchange.startBroker() }
        }
    }

    private static func finish(_ exchange: HandMadeExchange, _ restart: () async throws -> Void) async throws {
        try await restart()
        try await exchange.settle()
        try await exchange.stopAll()
        let report = try exchange.judgement()
        #expect(report.holds, "\(report.table)")
        let expected = try ExpectedFigures(scenario: exchange.scenario, records: 1_200)
        #expect(report.refusedByReason == expected.refused)
        #expect(report.corrected == expected.corrected)
    }
}
