import ExchangeSchema
import Foundation
import GRDB
import Glibc
import PartyCore
import PartyRuntime
import PartyStore
import ProgramTestSupport
import Supervision
import Testing
import WarehouseStore

/// The auditor of whole exchanges: it sees everything, whatever happens to it, and forgets whom it must.
@Suite struct AuditorTests {
    private struct Answer {
        var status: Int32
        var output: String
        var errors: String
    }

    private static func cycle(_ arguments: String..., in directory: TemporaryDirectory) async throws -> Answer {
        let program = try Program(BuiltPrograms.path("cycle"), arguments, in: directory.path)
        let status = await program.exit()
        return Answer(status: status, output: program.output, errors: program.errors)
    }

    /// `cycle audit verify` as JSON.
    private static func verify(_ directory: TemporaryDirectory) async throws -> (status: Int32, report: [String: Any]) {
        let answer = try await cycle("audit", "verify", directory.data, "--json", in: directory)
        let json = try JSONSerialization.jsonObject(with: Data(answer.output.utf8)) as? [String: Any]
        return (answer.status, try #require(json, "\(answer.output)\(answer.errors)"))
    }

    private static func kinds(_ report: [String: Any]) -> Set<String> {
        Set((report["findings"] as? [[String: Any]] ?? []).compactMap { $0["kind"] as? String })
    }

    @Test func killedInMidRunItMissesNothing() async throws {
        var random = SeededGenerator()
        print("auditor: seed \(random.seed)")
        let moments = [Int64.random(in: 50..<250, using: &random), Int64.random(in: 300..<500, using: &random)]
        let seed = random.seed
        try await ExchangeSlots.run { directory in
            let scenario = TestScenario.everything(records: 1_500, seed: seed, recordsPerSecond: 300)
            let key = try VaultKeyFile.make(at: directory.path + "/vault.key")
            let run = try CycleRun.start(scenario.write(in: directory), in: directory, ["--vault-key", key.path])
            for moment in moments {
                try await run.until("\(moment) records are shared") {
                    run.status("moh").map { $0.ledger.submitted >= moment } ?? false
                }
                try await run.disturb("auditor", SIGKILL)
            }
            let finished = await run.finish()
            #expect(finished.status == 0, "seed \(seed)\n\(finished.output)\n\(finished.errors)")
            #expect(try finished.restarts("auditor") == 2)
            let (status, report) = try await Self.verify(directory)
            #expect(status == 0 && Self.kinds(report).isEmpty, "seed \(seed): \(report["findings"] ?? "")")
            let observed = try #require(report["observed"] as? [String: Int64])
            #expect(observed["sent"] == observed["seen"] && observed["unobserved"] == 0)
            #expect((observed["sent"] ?? 0) > 1_500 && (observed["receipts"] ?? 0) > 1_500)
            #expect(report["vaultKeys"] as? String == "sealed under \(key.name), which lies at \(key.path)")
        }
    }

    @Test func aCitizenIsFoundAndErasedAndEverythingStillHolds() async throws {
        try await ExchangeSlots.run { directory in
            let keys = directory.path + "/keys"
            try FileManager.default.createDirectory(atPath: keys, withIntermediateDirectories: true)
            let made = try await Self.cycle("audit", "vault-key", "make", keys + "/first", in: directory)
            #expect(made.status == 0 && made.output.contains("vault+"), "\(made.errors)")
            let run = try await CycleRun.start(
                "clean", in: directory, ["--records", "90", "--vault-key", keys + "/first"]
            ).finish()
            #expect(run.status == 0, "\(run.errors)")
            #expect(run.output.contains("auditor: "))
            let (number, record) = try Self.someone(run.layout)
            try await Self.expectVaultKeyToBeNeeded(number, keys, directory)

            let nobody = try await Self.cycle(
                "audit", "trace", number, "--data", directory.data, in: directory)
            #expect(nobody.status == 64 && nobody.errors.contains("--purpose"))
            let trace = try await Self.cycle(
                "audit", "trace", number, "--data", directory.data, "--purpose", "complaint 3", "--json", in: directory)
            #expect(trace.status == 0, "\(trace.errors)")
            let traces = try JSONSerialization.jsonObject(with: Data(trace.output.utf8)) as? [[String: Any]]
            #expect(traces?.contains { $0["record"] as? String == record } == true)
            for wrong in ["12345", "00109000000x", "999090000001"] {
                let answer = try await Self.cycle(
                    "audit", "erase", wrong, "--order", "7", "--purpose", "x", "--data", directory.data, in: directory)
                #expect(answer.status == 2 && answer.errors.split(separator: "\n").count == 1)
                #expect(!answer.errors.contains(wrong), "the number is not repeated")
            }
            let erased = try await Self.cycle(
                "audit", "erase", number, "--order", "7/QD-2026", "--purpose", "asked for", "--data", directory.data,
                in: directory)
            #expect(erased.status == 0 && erased.output.contains(record), "\(erased.errors)")
            #expect(erased.output.contains("taken out of the warehouse of locality: "), "\(erased.output)")
            let warehouse = run.layout.partyDirectory("locality") + "/" + WarehouseWriter.fileName
            let person = try CitizenNumber(parsing: number)
            #expect(try WarehouseFile(path: warehouse).records(ofCitizens: [person.number]) == 0)
            #expect(try !Data(contentsOf: URL(fileURLWithPath: warehouse)).contains(Data(number.utf8)))
            let again = try await Self.cycle(
                "audit", "erase", number, "--order", "7/QD-2026", "--purpose", "x", "--data", directory.data,
                in: directory)
            #expect(again.status == 2 && again.errors.contains("nothing is changed"))
            let lost = try await Self.cycle(
                "audit", "trace", number, "--purpose", "x", "--data", directory.data, in: directory)
            #expect(lost.status == 2 && lost.errors.contains("no record of this citizen"))

            let refused = try await Self.cycle(
                "replay", directory.data, "--into", "127.0.0.1:1", "--startup-timeout", "1", "--purpose", "to try",
                in: directory)
            #expect(refused.status == 2)

            let (status, report) = try await Self.verify(directory)
            #expect(status == 0, "\(report["findings"] ?? "")")
            #expect((report["observed"] as? [String: Int64])?["erased"] ?? 0 > 3)
            let access = try await Self.cycle("audit", "access", "--data", directory.data, in: directory)
            let lines = access.output.split(separator: "\n")
            #expect(lines.count == 6 && lines[0].contains("trace  \(record)") && lines[0].contains("complaint 3"))
            #expect(lines[1].contains("erase  ") && lines[1].contains("order 7/QD-2026"))
            #expect(
                lines[3].contains("trace  a citizen of whom there is no record, pseudonym "),
                "a search that found nothing")
            #expect(lines[2].contains("erase  a citizen of whom nothing is kept, pseudonym "), "an erasure in vain")
            #expect(
                lines[5].contains("replay  into 127.0.0.1:1, which did not come about  (to try)"), "a refused replay")
            #expect(lines.allSatisfy { $0.hasSuffix("  [uid of the process]") })
            #expect(!access.output.contains(number))
            let file = directory.path + "/number"
            try Data((number + "\n").utf8).write(to: URL(fileURLWithPath: file))
            let own = try await Self.cycle(
                "audit", "access", "--citizen-file", file, "--data", directory.data, in: directory)
            #expect(own.output.split(separator: "\n") == Array(lines[2...3]), "the records are erased: \(own.output)")
            try await Self.expectActsAsResources(number, directory)
            try await Self.expectTamperingToBeFound(run.layout, directory)
        }
    }

    /// Without the key of the vault nobody finds a citizen's records, and it is said what to do; another key may take its
    /// place.
    private static func expectVaultKeyToBeNeeded(
        _ number: String, _ keys: String, _ directory: TemporaryDirectory
    ) async throws {
        let trace = ["audit", "trace", number, "--data", directory.data, "--purpose", "complaint 2"]
        try FileManager.default.moveItem(atPath: keys + "/first", toPath: keys + "/away")
        for command in [trace, ["audit", "verify", directory.data], ["replay", directory.data, "--rerun", "c06"]] {
            let blind = try await ProgramRun.of("cycle", command, in: directory)
            #expect(blind.code == 2 && blind.errors.contains("--vault-key"), "\(command): \(blind.errors)")
            #expect(blind.errors.contains("lay at \(keys)/first"), "\(blind.errors)")
        }
        let verified = try await ProgramRun.of(
            "cycle", ["audit", "verify", directory.data, "--vault-key", keys + "/away"], in: directory)
        #expect(verified.code == 0, "\(verified.output)\(verified.errors)")
        let made = try await cycle("audit", "vault-key", "make", keys + "/second", in: directory)
        #expect(made.status == 0, "\(made.errors)")
        let changed = try await cycle(
            "audit", "vault-key", "change", keys + "/second", "--vault-key", keys + "/away", "--data", directory.data,
            in: directory)
        #expect(changed.status == 0, "\(changed.errors)")
        let former = try await ProgramRun.of("cycle", trace + ["--vault-key", keys + "/away"], in: directory)
        #expect(former.code == 2 && former.errors.contains("sealed under"), "\(former.errors)")
        let status = try await cycle("status", "--data", directory.data, in: directory)
        #expect(status.output.contains("which lies at \(keys)/second"), "\(status.output)")
    }

    /// FHIR AuditEvents of acts name person, purpose and object, and no citizen.
    private static func expectActsAsResources(_ number: String, _ directory: TemporaryDirectory) async throws {
        let folder = directory.path + "/fhir"
        let exported = try await cycle(
            "audit", "export", "--fhir", "-o", folder, "--purpose", "for the inspector", "--data", directory.data,
            in: directory)
        #expect(exported.status == 0, "\(exported.errors)")
        let text = try String(contentsOfFile: folder + "/AuditEvent.ndjson", encoding: .utf8)
        #expect(!text.contains(number))
        let acts = try text.split(separator: "\n").filter { $0.contains("purposeOfEvent") }.map {
            try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
        }
        let purposes = acts.map { (($0["purposeOfEvent"] as? [[String: Any]])?.first?["text"] as? String) ?? "" }
        #expect(purposes == ["complaint 3", "asked for", "x", "x", "to try", "to try", "for the inspector"])
        let agents = acts.compactMap { ($0["agent"] as? [[String: Any]])?.first }
        #expect(agents.count == acts.count && agents.allSatisfy { $0["altId"] as? String == "uid \(getuid())" })
    }

    @Test func anExchangeWithoutAuditorRunsAsBeforeAndSaysThatNothingIsWrittenDown() async throws {
        try await ExchangeSlots.run { directory in
            let shipped = try String(
                contentsOfFile: BuiltPrograms.topologyFolder + "/2024-04.yaml", encoding: .utf8)
            let topology = directory.path + "/plain.yaml"
            try shipped.replacing("auditor: true", with: "auditor: false")
                .write(toFile: topology, atomically: true, encoding: .utf8)
            let run = try await CycleRun.start(
                "clean", in: directory, ["--records", "20", "--topology", topology]
            ).finish()
            #expect(run.status == 0 && !run.output.contains("auditor"), "\(run.errors)")
            #expect(!FileManager.default.fileExists(atPath: run.layout.partyDirectory("auditor")))
            let (status, report) = try await Self.verify(directory)
            #expect(status == 0 && report["observed"] == nil)
            let erase = try await Self.cycle(
                "audit", "erase", "001090000001", "--order", "7", "--purpose", "x", "--data", directory.data,
                in: directory)
            #expect(erase.status == 2 && erase.errors.contains("has no auditor"))
        }
    }

    /// A citizen number and one of its records.
    private static func someone(_ layout: ExchangeLayout) throws -> (number: String, record: String) {
        var found: (String, String)?
        try VaultInspection(directory: layout.partyDirectory("auditor")).forEach { _, record in
            guard found == nil, record.topic.hasPrefix("moh.book-entries.") else { return }
            let entry = try BookEntry(decoding: record.value ?? [])
            found = (entry.citizenNumber, entry.recordID)
        }
        return try #require(found)
    }

    private static func expectTamperingToBeFound(
        _ layout: ExchangeLayout, _ directory: TemporaryDirectory
    ) async throws {
        let path = layout.partyDirectory("auditor") + "/party.sqlite"
        let original = try Data(contentsOf: URL(fileURLWithPath: path))
        for (sql, kind) in [
            (
                "UPDATE vault SET payloads = (SELECT payloads FROM vault ORDER BY first LIMIT 1 OFFSET 1) "
                    + "WHERE first = 0", "payload"
            ),
            ("DELETE FROM vault WHERE first = 0", "payload"),
            ("UPDATE vault_key SET key = zeroblob(32)", "payload"),
            ("UPDATE access SET entry = CAST(replace(CAST(entry AS TEXT), 'complaint', 'errand') AS BLOB)", "access"),
            ("DELETE FROM access", "access"),
            ("DELETE FROM journal WHERE first = 0", "gap"),
            ("UPDATE offset SET next = next + 1 WHERE topic = 'moh.records'", "offset"),
        ] {
            let queue = try DatabaseQueue(path: path)
            try await queue.write { try $0.execute(sql: sql) }
            try queue.close()
            let (status, report) = try await verify(directory)
            #expect(status == 1 && kinds(report).contains(kind), "\(sql): \(kinds(report))")
            try? FileManager.default.removeItem(atPath: path + "-wal")
            try original.write(to: URL(fileURLWithPath: path))
        }
        #expect(try await verify(directory).status == 0)
    }
}
