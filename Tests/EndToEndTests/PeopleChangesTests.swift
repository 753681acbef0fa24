import Foundation
import Judgement
import PartyRuntime
import ProgramTestSupport
import Testing

/// People move, die, disappear and are renumbered while processes run: C06 reports it, MoH takes it in, records follow.
@Suite struct PeopleChangesTests {
    @Test(arguments: ["2024-04", "2026-07"]) func recordsFollowTheirPeople(route: String) async throws {
        try await ExchangeSlots.run { directory in
            let topology = ["--topology", "\(BuiltPrograms.topologyFolder)/\(route).yaml"]
            let run = try await CycleRun.start(
                "hanoi-pilot-phase-3", in: directory, topology + ["--records", "1200", "--keep"]
            ).finish()
            try run.expectExact()
            #expect(run.status == 0, "\(run.output)\n\(run.errors)")
            let report = try run.report
            #expect(report.changes > 100 && report.handedOver > 0)
            let counts = Dictionary(uniqueKeysWithValues: report.hops.map { ($0.topic, $0.count) })
            #expect(counts["c06.civil-status"] == report.changes)
            for command in ["verify", "reconcile"] {
                let audit = try await ProgramRun.of("cycle", ["audit", command, directory.data], in: directory)
                #expect(audit.code == 0, "\(command): \(audit.output)\(audit.errors)")
            }
        }
    }
}
