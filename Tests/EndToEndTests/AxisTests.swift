import Foundation
import ProgramTestSupport
import Supervision
import Testing

/// A whole exchange with doors, and before them programs in Python that know the public texts alone.
@Suite struct AxisTests {
    private static let visits = OpenDoors.people + "/visits.xml"

    /// On both routes what VSS pushes goes round, and the sender is told of each record what C06 and MoH made of it.
    @Test(arguments: ["2024-04", "2026-07"])
    func whatIsPushedToTheAxisGoesRound(route: String) async throws {
        try await ExchangeSlots.run { directory in
            let doors = try await OpenDoors.start(in: directory, route: route)
            let options = try doors.axisOptions("VSS_TEST")
            let list = try doors.checklist("moh-axis", ["--account", "VSS_TEST"])
            let result = try await doors.run(
                "axis.py", options + ["--copies", "5", "--change", "--wait", "60", "--broken", Self.visits])
            let watched = await list.finish()
            #expect(watched.code == 0 && watched.output.contains("8 cases, 8 passed"), "\(watched.output)")
            let codes = result["codes"] as? [String: Int] ?? [:]
            #expect(result["records"] as? Int == 50 && codes["PS_DS_SAVE_SUCCESS"] == 25, "\(result)")
            #expect(codes["open"] == nil && (codes["PS_DS_VERIFY_FAIL"] ?? 0) >= 5, "\(result)")
            let reasons = result["reasons"] as? [String: Int] ?? [:]
            #expect(reasons["vss.010"] == 5 && reasons.keys.contains { $0.hasPrefix("c06.") }, "\(result)")
            // An auditor takes its time to start, and what it saw is read below.
            try await FileWatch.until(
                "the auditor has a store", in: doors.data, of: [doors.exchange], openFiles: true
            ) { FileManager.default.fileExists(atPath: doors.data + "/auditor/party.sqlite") }
            #expect(result["broken"] is Int, "a signature that does not hold has a leaf: \(result)")
            try await doors.end()
            // Verification and saving are decisions of C06 and MoH: their journals tell them, and prove them. MoH refuses by
            // C06's answer; a death C06 tells, and MoH compares the days.
            let examples = result["examples"] as? [String: String] ?? [:]
            for (code, word) in [
                ("PS_DS_SAVE_SUCCESS", "moh  receives identityResult: accepted"),
                ("PS_DS_VERIFY_FAIL", "moh  receives identityResult: refused c06."),
            ] {
                let trace = try await ProgramRun.of(
                    "cycle",
                    [
                        "audit", "trace", examples[code] ?? "", "--purpose", "the verdicts of the axis", "--data",
                        doors.data,
                    ], in: directory)
                #expect(
                    trace.output.contains("c06  receives identityCheck: "), "\(code): \(trace.output)\(trace.errors)")
                #expect(trace.output.contains(word), "\(code): \(trace.output)\(trace.errors)")
                // The other two are MoH's own leaves, which come before all messages.
                let lines = trace.output.split(separator: "\n").dropFirst().prefix(2)
                for (line, word) in zip(
                    lines,
                    ["moh  axis: the message's signature (RSA) holds", "moh  axis: its organisation's signature"])
                {
                    #expect(line.contains(word) && line.contains("  leaf "), "\(code): \(trace.output)")
                }
            }
            if route == "2026-07" {
                try await Self.evidenceHolds(about: examples["PS_DS_SAVE_SUCCESS"] ?? "", of: doors, in: directory)
            }
            let logs = try String(contentsOfFile: doors.data + "/logs/doors.log", encoding: .utf8)
            #expect(!logs.contains(" error ") && !logs.contains("GD4010000000103"), "\(logs)")
        }
    }

    /// The evidence of a record that came by the axis: verified, proved, checked by keys alone, and MoH run again.
    private static func evidenceHolds(
        about record: String, of doors: OpenDoors, in directory: TemporaryDirectory
    ) async throws {
        let (package, data) = (directory.path + "/record.zip", ["--data", doors.data])
        for arguments in [
            ["audit", "verify", doors.data], ["audit", "prove", record, "-o", package, "--purpose", "verdicts"] + data,
            ["audit", "tiles", "--all", "-o", directory.path + "/tiles"] + data,
        ] {
            let run = try await ProgramRun.of("cycle", arguments, in: directory)
            #expect(run.code == 0, "\(arguments): \(run.output)\(run.errors)")
        }
        let check = try await ProgramRun.of(
            "cycle", ["audit", "check", package, "--keys", doors.data + "/evidence"], in: directory)
        // What a party wrote just before it was stopped, nobody has cosigned yet: then the check says that, and nothing else.
        let uncosigned = check.output.split(separator: "\n").count { $0.contains(".checkpoint: cosigned by ") }
        let isWhole = check.code == 0 && check.output.contains("all evidence holds")
        let isUncosigned = check.code == 1 && check.output.contains("NOT all evidence holds: \(uncosigned) findings")
        #expect(isWhole || uncosigned > 0 && isUncosigned, "\(check.output)\(check.errors)")
        #expect(check.output.contains("axis: the message's signature (RSA) holds"), "\(check.output)")
        let rerun = try await ProgramRun.of("cycle", ["replay", "--rerun", "moh", doors.data], in: directory)
        #expect(rerun.code == 0 && rerun.output.contains("same outcome"), "\(rerun.output)\(rerun.errors)")
        #expect(rerun.output.contains("verdicts of the axis on signatures"), "\(rerun.output)")
    }

    /// The answer to a message is there before it is given: doors that were killed give it again, byte for byte.
    @Test func doorsThatWereKilledGiveTheFirstAnswer() async throws {
        try await ExchangeSlots.run { directory in
            let doors = try await OpenDoors.start(in: directory)
            let options = try doors.axisOptions("VSS_TEST")
            let kept = directory.path + "/kept.json"
            #expect(try await doors.run("axis.py", options + ["--keep", kept, Self.visits])["kept"] != nil)
            let process = try #require(try ExchangeLayout(doors.data).record()?.processes["doors"])
            kill(process, SIGKILL)
            _ = try await FileWatch.value("the doors are back", in: doors.data, of: [doors.exchange]) {
                let running = try ExchangeLayout(doors.data).record()?.processes["doors"]
                return running != nil && running != process ? running : nil
            }
            _ = try await doors.logInAgain()
            #expect(try await doors.run("axis.py", options + ["--again", kept, Self.visits])["again"] != nil)
            try await doors.end()
        }
    }

    @Test func aHospitalsSystemFromTheTextsAloneSubmitsToThePortal() async throws {
        try await ExchangeSlots.run { directory in
            let doors = try await OpenDoors.start(in: directory)
            let result = try await doors.run(
                "portal.py", doors.portalOptions + ["--copies", "5", "--wait", "60", Self.visits])
            #expect(result["records"] as? Int == 50 && result["shared"] as? Int == 25, "\(result)")
            #expect(result["refused"] as? Int == 25 && result["open"] as? Int == 0, "\(result)")
            // And many through every door, each read back by FHIR at another facility.
            let proof = try await doors.run(
                "prove_doors.py",
                ["--doors", doors.data + "/doors.json", "--people", OpenDoors.people, "--count", "500"])
            let lost = proof["lost"] as? [String: Int] ?? [:]
            #expect(lost.count == 5 && lost.values.allSatisfy { $0 == 0 }, "\(proof)")
            #expect(proof["twice"] as? Int == 0 && proof["sent"] as? Int == 500, "\(proof)")
            try await doors.end()
        }
    }

    /// Health checks that a facility sends go round on both routes.
    @Test(arguments: ["2024-04", "2026-07"])
    func healthChecksOnTheAxisGoRound(route: String) async throws {
        try await ExchangeSlots.run { directory in
            let doors = try await OpenDoors.start(in: directory, route: route)
            let options = try doors.axisOptions("FACILITY_TEST")
            let file = OpenDoors.people + "/checkups.xml"
            let result = try await doors.run(
                "axis.py", options + ["--checkups", "--copies", "3", "--wait", "60", file])
            let codes = result["codes"] as? [String: Int] ?? [:]
            #expect(
                codes == ["PS_DS_SAVE_SUCCESS": 6, "PS_DS_VERIFY_FAIL": 9, "PS_DS_SAVE_FAIL": 3], "\(result)")
            let reasons = result["reasons"] as? [String: Int] ?? [:]
            #expect(reasons["moh.code-unknown"] == 3 && reasons["c06.deceased"] == 3, "\(result)")
            try await doors.end()
        }
    }

    /// The edition of June: what the agent takes in goes round.
    @Test func whatIsSentThroughTheAgentGoesRound() async throws {
        try await ExchangeSlots.run { directory in
            let doors = try await OpenDoors.start(in: directory)
            let accounts = try doors.accounts("agent-node")
            let key = try #require(accounts.first?["key"] as? String)
            let list = try doors.checklist("agent-node")
            let result = try await doors.run("agent_node.py", ["--key", key, "--copies", "2", "--change", Self.visits])
            #expect(result["files"] as? Int == 2)
            let watched = await list.finish()
            #expect(watched.code == 0 && watched.output.contains("5 cases, 5 passed"), "\(watched.output)")
            // The facility knows the same visits, and tells when all have an outcome.
            let awaited = try await ProgramRun.of(
                "facility", ["submit", Self.visits, "--data", doors.data, "--wait", "60"], in: directory)
            #expect(awaited.output.contains("10 sound visits: 5 shared, 5 refused"), "\(awaited.output)")
            try await doors.end()
        }
    }
}
