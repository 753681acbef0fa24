import ExchangeSchema
import Foundation
import Judgement
import PartyCore
import PartyRuntime
import ProgramTestSupport
import Supervision
import SwiftProtobuf
import Testing

@Suite struct AgreementTests {
    @Test func april2024EndsWithEverythingHeldAndPasses() async throws {
        let expected = try ExpectedFigures(scenario: "april-2024", records: 400)
        let run = try await ExchangeSlots.run { directory in
            let run = try await CycleRun.start("april-2024", in: directory, ["--records", "400"]).finish()
            try run.expectExact()
            return run
        }
        #expect(run.status == 0, "\(run.output)\n\(run.errors)")
        let report = try run.report
        #expect(report.ending == .held)
        #expect(report.shared == 0)
        #expect(report.held == report.pending && report.held == 400 - report.refused)
        #expect(report.refusedByReason == expected.refused)
        #expect(report.hops.first { $0.topic == "c06.identity-results" }?.count == 0)
    }

    @Test func theDayAfterDrains() async throws {
        var scenario = TestScenario()
        scenario.name = "half-way"
        scenario.records = 400
        scenario.faults = ["nameMisspelled": 0.02, "cardExpired": 0.02]
        scenario.correctionRate = 0.5
        scenario.signed = ["moh", "c06"]
        scenario.assertions += ["pending == 0", "held == 0"]
        let yaml =
            scenario.yaml + "signatures:\n"
            + "  - { agreement: coordination-regulation, party: vss, when: { heldAtLeast: 150 } }\n"
        try await ExchangeSlots.run { directory in
            let path = directory.path + "/half-way.yaml"
            try yaml.write(toFile: path, atomically: true, encoding: .utf8)
            let run = try await CycleRun.start(path, in: directory).finish()
            try run.expectExact()
            #expect(run.status == 0, "\(run.output)\n\(run.errors)")
            let report = try run.report
            #expect(report.refusedByReason == (try ExpectedFigures(scenario: path, records: 400).refused))
            #expect(report.hops.first { $0.topic == "exchange.agreements" }?.count == 1)
        }
    }

    @Test func shippedTheDayAfterHolds() async throws {
        let run = try await ExchangeSlots.run { directory in
            try await CycleRun.start("the-day-after", in: directory, ["--records", "2700"]).finish()
        }
        #expect(run.status == 0, "\(run.output)\n\(run.errors)")
    }

    /// The whole life of an exchange that stays: up, status, sign, tail, down.
    @Test func signatureInARunningExchangeLetsTheBacklogDrain() async throws {
        let written = TestScenario.held("unsigned", records: 150)
        try await ExchangeSlots.run { directory in
            let run = try await CycleRun.up(in: directory, ["--scenario", try written.write(in: directory)])
            try await run.until("everything is held") {
                run.status("c06")?.ledger.held == 150 && run.status("moh")?.ledger.pending == 150
            }
            let before = try await Self.status(run)
            #expect(before.isRunning && before.scenario == "unsigned")
            #expect(before.parties.first { $0.party == "c06" }?.held == 150)
            #expect(before.parties.first { $0.party == "moh" }?.pending == 150)
            #expect(before.parties.allSatisfy { $0.process != nil })
            #expect(before.parties.first { $0.party == "c06" }?.oldestPendingSeconds ?? -1 >= 0)
            #expect(before.agreements.first?.missing == ["vss"])
            #expect(before.agreements.first?.isInForce == false)

            let stranger = try await Self.cycle(run, ["agreement", "sign", "locality"])
            #expect(stranger.status == 2 && stranger.errors.contains("no signatory"))
            let signed = try await Self.cycle(run, ["agreement", "sign", "vss"])
            #expect(signed.status == 0, "\(signed.errors)")
            try await run.until("everything is shared") {
                run.status("facility")?.ledger.shared == 150 && run.status("locality")?.ledger.shared == 150
            }
            try await run.until("nothing is pending") {
                run.layout.parties.allSatisfy { run.status($0)?.ledger.pending == 0 }
            }
            let after = try await Self.status(run)
            #expect(after.agreements.first?.isInForce == true)
            #expect(after.parties.allSatisfy { $0.pending == 0 })

            try await Self.expectTail(run)
            let down = try await Self.cycle(run, ["down"])
            #expect(down.status == 0, "\(down.errors)")
            #expect(await run.program.exit(within: .seconds(20)) == 0)
            let end = try await Self.status(run)
            #expect(!end.isRunning && end.parties.allSatisfy { $0.process == nil })
        }
    }

    /// Every line is JSON with the message as ProtoJSON, its blocks written out.
    private static func expectTail(_ run: CycleRun) async throws {
        let tail = try await cycle(run, ["tail", "facility.records", "--from-beginning", "--purpose", "a test"])
        #expect(tail.status == 0, "\(tail.errors)")
        let lines = tail.output.split(separator: "\n")
        #expect(lines.count == 150)
        for line in lines {
            let object = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
            let data = try #require(object["data"] as? [String: Any])
            let ce = try #require(object["ce"] as? [String: String])
            #expect(ce["type"] == "exchange.v1.FacilityRecord")
            #expect(ce["subject"] == data["recordId"] as? String)
            func bytes(_ name: String) throws -> Data {
                try JSONSerialization.data(withJSONObject: try #require(data[name] as? [String: Any], "\(name)"))
            }
            #expect(!(try AdministrativeBlock(jsonUTF8Data: try bytes("administrative")).hoTen.isEmpty))
            #expect(!(try InsuranceBlock(jsonUTF8Data: try bytes("insurance")).ngayVao.isEmpty))
            #expect(!(try ClinicalBlock(jsonUTF8Data: try bytes("clinical")).maBenhChinh.isEmpty))
        }
        let all = try await cycle(run, ["tail", "--from-beginning", "--count", "5", "--purpose", "a test"])
        #expect(all.output.split(separator: "\n").count == 5)
        let unknown = try await cycle(run, ["tail", "no.such.topic", "--purpose", "a test"])
        #expect(unknown.status == 2 && unknown.errors.contains("no topic no.such.topic"))
    }

    private static func status(_ run: CycleRun) async throws -> ExchangeStatus {
        let answer = try await cycle(run, ["status", "--json"])
        #expect(answer.status == 0, "\(answer.errors)")
        return try JSONDecoder().decode(ExchangeStatus.self, from: Data(answer.output.utf8))
    }

    private static func cycle(
        _ run: CycleRun, _ arguments: [String]
    ) async throws -> (status: Int32, output: String, errors: String) {
        let program = try Program(
            BuiltPrograms.path("cycle"), arguments + ["--data", run.directory.data], in: run.directory.path)
        let status = await program.exit(within: .seconds(30))
        return (status, program.output, program.errors)
    }
}
