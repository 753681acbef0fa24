import ExchangeSchema
import Foundation
import PartyStore
import ProgramTestSupport
import Testing

/// What a regulator does with a finished run, command after command: follow, prove, check, rerun, erase, report.
@Suite struct EvidenceTests {
    private struct Answer {
        var status: Int32
        var output: String
        var errors: String
    }

    private let directory: TemporaryDirectory
    private static let purpose = ["--purpose", "a test"]

    init() throws { directory = try TemporaryDirectory() }

    private func cycle(_ arguments: [String]) async throws -> Answer {
        let program = try Program(BuiltPrograms.path("cycle"), arguments, in: directory.path)
        let status = await program.exit(within: .seconds(60))
        return Answer(status: status, output: program.output, errors: program.errors)
    }

    /// The checker that was written from the documents alone.
    private func expectSecondChecker(_ arguments: [String]) async throws {
        let root = (BuiltPrograms.topologyFolder as NSString).deletingLastPathComponent
        let program = try Program(
            "/usr/bin/python3", ["-B", root + "/scripts/conformance/evidence.py"] + arguments, in: directory.path)
        let status = await program.exit(within: .seconds(60))
        #expect(status == 0 && program.output.contains(": all holds"), "\(program.output)\(program.errors)")
    }

    /// A citizen and the records of his that the auditor has seen.
    private func citizen() throws -> (number: String, records: [RecordIdentifier]) {
        let vault = try VaultInspection(directory: directory.data + "/auditor")
        var number: String?
        try vault.forEach { _, record in
            guard number == nil, record.topic.hasSuffix(".identity-checks"), let value = record.value else { return }
            number = try IdentityCheck(decoding: value).citizenNumber
        }
        let found = try #require(number)
        return (found, try vault.records(ofCitizen: found))
    }

    @Test(arguments: [("2024-04", "refusals"), ("three-instances", "refusals"), ("2026-07", "everyday")])
    func aFinishedRunIsProvenRerunAndErased(topology: String, scenario: String) async throws {
        try await ExchangeSlots.run { _ in
            let run = try await cycle([
                "run", scenario, "--records", "400", "--data", directory.data, "--quiet", "--topology",
                "\(BuiltPrograms.topologyFolder)/\(topology).yaml",
            ])
            #expect(run.status == 0, "\(run.output)\(run.errors)")
            let (number, records) = try citizen()
            let record = try #require(records.first)
            try await expectPackage(record.description)
            for party in ["facility", "moh", "vss", "c06", "locality"] {
                let rerun = try await cycle(["replay", directory.data, "--rerun", party, "--diff"])
                #expect(rerun.status == 0 && rerun.output.hasPrefix("\(party): same outcome"), "\(rerun.output)")
            }
            try await expectErasure(number, records)
            try await expectPages()
            let access = try await cycle(["audit", "access", "--data", directory.data])
            for act in ["trace", "prove", "erase", "export"] {
                #expect(access.output.contains("  \(act)  "), "\(access.output)")
            }
            #expect(!access.output.contains(number), "who looked is written down without the number")
        }
    }

    private func expectPackage(_ record: String) async throws {
        let package = directory.path + "/evidence.zip"
        let keys = directory.data + "/evidence"
        let made = try await cycle(
            ["audit", "prove", record, "-o", package, "--data", directory.data, "--disclose", "administrative"]
                + Self.purpose)
        #expect(made.status == 0, "\(made.errors)")
        let checked = try await cycle(["audit", "check", package, "--keys", keys, "--json"])
        #expect(checked.status == 0, "\(checked.output)\(checked.errors)")
        #expect(checked.output.contains("\"disclosed\" :"))
        // The auditor, all parties on the way, and what crossed between them.
        let listing = try await cycle(["audit", "check", package, "--keys", keys])
        for party in ["auditor", "facility", "moh", "vss", "c06"] { #expect(listing.output.contains(party)) }
        try await expectSecondChecker(["package", package, "--keys", keys])

        let without = try await cycle(["audit", "prove", record, "-o", package + "2", "--data", directory.data])
        #expect(without.status == 64 && !FileManager.default.fileExists(atPath: package + "2"))
        var bytes = try Data(contentsOf: URL(fileURLWithPath: package))
        // In README.txt, which comes first.
        bytes[100] ^= 1
        try bytes.write(to: URL(fileURLWithPath: package))
        let forged = try await cycle(["audit", "check", package, "--keys", keys])
        #expect(forged.status == 1, "\(forged.output)\(forged.errors)")
    }

    private func expectErasure(_ number: String, _ records: [RecordIdentifier]) async throws {
        let before = try await cycle(["audit", "trace", number, "--data", directory.data] + Self.purpose)
        #expect(before.status == 0 && records.allSatisfy { before.output.contains($0.description) })
        let wrong = try await cycle(
            ["audit", "erase", "12345", "--order", "QD-1", "--data", directory.data] + Self.purpose)
        #expect(wrong.status == 2 && wrong.errors.split(separator: "\n").count == 1 && !wrong.errors.contains("12345"))
        let erased = try await cycle(
            ["audit", "erase", number, "--order", "QD-1", "--data", directory.data] + Self.purpose)
        #expect(erased.status == 0 && erased.output.contains("erased \(records.count) records"), "\(erased.errors)")
        let verified = try await cycle(["audit", "verify", directory.data])
        #expect(verified.status == 0 && verified.output.contains("records erased"), "\(verified.output)")
        let again = try await cycle(["audit", "trace", number, "--data", directory.data] + Self.purpose)
        #expect(again.status == 2 && again.output.isEmpty)
        // Leaves hold no personal data and stay; so a proof is made and checked as before.
        let package = directory.path + "/erased.zip"
        let made = try await cycle(
            ["audit", "prove", records[0].description, "-o", package, "--data", directory.data, "--disclose", "all"]
                + Self.purpose)
        #expect(made.status == 0, "\(made.errors)")
        #expect(try await cycle(["audit", "check", package]).status == 0)
        let rerun = try await cycle(["replay", directory.data, "--rerun", "moh"])
        #expect(rerun.status == 0, "\(rerun.output)\(rerun.errors)")
    }

    private func expectPages() async throws {
        #expect(try await cycle(["audit", "reconcile", directory.data]).output.hasSuffix("all parties agree\n"))
        let page = directory.path + "/report.html"
        #expect(try await cycle(["audit", "report", directory.data, "-o", page]).status == 0)
        let html = try String(contentsOfFile: page, encoding: .utf8)
        #expect(html.contains("</html>") && html.contains("auditor, c06, ") && !html.contains(">nobody<"))
        let tiles = try await cycle([
            "audit", "tiles", "auditor", "-o", directory.path + "/t", "--data", directory.data,
        ])
        #expect(tiles.status == 0 && FileManager.default.fileExists(atPath: directory.path + "/t/checkpoint"))
        try await expectSecondChecker(["log", directory.path + "/t", "--keys", directory.data + "/evidence"])
        let export = try await cycle(
            ["audit", "export", "--fhir", "-o", directory.path + "/fhir", "--data", directory.data] + Self.purpose)
        #expect(export.status == 0, "\(export.errors)")
    }

    @Test(arguments: [
        ["audit", "verify", "."], ["audit", "reconcile", "."], ["audit", "report", ".", "-o", "r.html"],
        ["replay", ".", "--rerun", "vss"], ["audit", "access", "--data", "."], ["audit", "check", "nothing.zip"],
        ["audit", "erase", "001199012345", "--order", "1", "--purpose", "p", "--data", "."],
        ["audit", "prove", "01900000-0000-8000-8000-000000000002", "-o", "e.zip", "--purpose", "p", "--data", "."],
        ["audit", "tiles", "moh", "-o", "t", "--data", "."], ["audit", "rotate-key", "moh", "--data", "."],
        ["audit", "export", "--fhir", "-o", "f", "--purpose", "p", "--data", "."],
    ])
    func aDirectoryThatIsNoneGivesOneLine(arguments: [String]) async throws {
        let answer = try await cycle(arguments)
        #expect(answer.status == 2 && answer.output.isEmpty, "\(answer.output)")
        #expect(answer.errors.split(separator: "\n").count == 1, "\(answer.errors)")
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: directory.path).allSatisfy { !$0.hasSuffix(".zip") })
    }
}
