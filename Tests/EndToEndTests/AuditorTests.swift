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
            let run = try CycleRun.start(scenario.write(in: directory), in: directory)
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
        }
    }

    @Test func aCitizenIsFoundAndErasedAndEverythingStillHolds() async throws {
        try await ExchangeSlots.run { directory in
            let run = try await CycleRun.start("clean", in: directory, ["--records", "90"]).finish()
            #expect(run.status == 0, "\(run.errors)")
            #expect(run.output.contains("auditor: "))
            let (number, record) = try Self.someone(run.layout)

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

            let (status, report) = try await Self.verify(directory)
            #expect(status == 0, "\(report["findings"] ?? "")")
            #expect((report["observed"] as? [String: Int64])?["erased"] ?? 0 > 3)
            let access = try await Self.cycle("audit", "access", "--data", directory.data, in: directory)
            let lines = access.output.split(separator: "\n")
            #expect(lines.count == 3 && lines[0].contains("trace  \(record)") && lines[0].contains("complaint 3"))
            #expect(lines[1].contains("erase  ") && lines[1].contains("order 7/QD-2026"))
            #expect(
                lines[2].contains("trace  a citizen of whom there is no record, pseudonym "),
                "a search that found nothing")
            #expect(lines.allSatisfy { $0.hasSuffix("  [uid of the process]") })
            #expect(!access.output.contains(number))
            let file = directory.path + "/number"
            try Data((number + "\n").utf8).write(to: URL(fileURLWithPath: file))
            let own = try await Self.cycle(
                "audit", "access", "--citizen-file", file, "--data", directory.data, in: directory)
            #expect(own.output.split(separator: "\n") == lines.suffix(1), "the records are erased: \(own.output)")
            try await Self.expectTamperingToBeFound(run.layout, directory)
        }
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
