import Foundation
import Glibc
import PartyCore
import PartyRuntime
import ProgramTestSupport
import Supervision
import Testing

/// However `cycle` ends, its programs end with it.
@Suite struct OrphanTests {
    @Test(arguments: [SIGKILL, SIGINT, SIGTERM])
    func programsEndWithCycle(signal: Int32) async throws {
        try await ExchangeSlots.run { directory in
            let scenario = TestScenario.everything(records: 2_000, seed: 31, recordsPerSecond: 200)
            let run = try CycleRun.start(scenario.write(in: directory), in: directory)
            try await run.until("the run is under way") { run.status("locality")?.ledger.shared ?? 0 > 20 }
            let processes = try #require(try run.layout.record()).processes
            #expect(processes.count == 7)
            let status = await run.program.stop(signal).status
            #expect(status == (signal == SIGKILL ? -SIGKILL : 128 + signal))
            try await awaitEnd(of: processes.values, within: .seconds(15))
            // Told to stop, parties stop in good order.
            for party in run.layout.parties {
                let log = try String(contentsOfFile: "\(run.layout.logDirectory)/\(party).log", encoding: .utf8)
                #expect(log.contains("\(party) has stopped"))
            }
        }
    }
}
