import Foundation
import GRDB
import PartyRuntime
import PartyStore
import ProgramTestSupport
import Supervision
import Testing
import WarehouseStore

/// An exchange that stands, with the ten shipped patients and nobody else.
struct PeopleExchange {
    let directory: TemporaryDirectory
    let program: Program
    let layout: ExchangeLayout

    init(route: String) async throws {
        directory = try TemporaryDirectory()
        layout = ExchangeLayout(directory.path + "/data")
        program = try ProgramRun.start(
            "cycle",
            [
                "up", "--topology", "\(BuiltPrograms.topologyFolder)/\(route).yaml", "--people",
                BuiltPrograms.topologyFolder + "/people/patients.csv", "--only-these-people", "--data",
                layout.directory,
            ], in: directory)
        _ = try await program.brokerAddress()
    }

    /// The lines that a command says, and its exit code.
    func run(_ name: String, _ arguments: String...) async throws -> (code: Int32, lines: [String]) {
        let run = try await ProgramRun.of(name, arguments + ["--data", layout.directory], in: directory)
        return (run.code, (run.output + run.errors).split(separator: "\n").map(String.init))
    }

    /// A file with some words in place of others.
    func changed(_ file: String, to name: String, _ change: (String) throws -> String) throws -> String {
        let path = directory.path + "/" + name
        let text = try String(contentsOfFile: file, encoding: .utf8)
        let changed = try change(text)
        #expect(changed != text)
        try Data(changed.utf8).write(to: URL(fileURLWithPath: path))
        return path
    }

    func killMoH() throws {
        let process = try #require(try layout.record()?.processes["moh"])
        #expect(kill(process, SIGKILL) == 0)
    }

    func readWarehouse<Result>(_ body: (Database) throws -> Result) throws -> Result {
        var configuration = Configuration()
        configuration.readonly = true
        let queue = try DatabaseQueue(
            path: layout.partyDirectory("locality") + "/" + WarehouseWriter.fileName, configuration: configuration)
        defer { try? queue.close() }
        return try queue.read(body)
    }

    /// Takes it down; what its logs and its evidence then say is in order.
    func expectGoodEnd() async throws {
        _ = try await run("cycle", "down")
        #expect(await program.finish().code == 0)
        for check in ["verify", "reconcile"] {
            let checked = try await ProgramRun.of("cycle", ["audit", check, layout.directory], in: directory)
            #expect(checked.code == 0, "\(checked.output)\(checked.errors)")
        }
        #expect(try layout.errorLines() == [])
    }
}
