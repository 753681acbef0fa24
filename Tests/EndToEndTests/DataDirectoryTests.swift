import Foundation
import GRDB
import ProgramTestSupport
import Supervision
import Testing

@Suite struct DataDirectoryTests {
    @Test func directoryOfAnotherRunIsRefused() async throws {
        try await ExchangeSlots.run { directory in
            let first = try await CycleRun.start("clean", in: directory, ["--records", "20"]).finish()
            #expect(first.status == 0, "\(first.errors)")
            let again = try await Self.run(directory)
            #expect(again.status == 2)
            #expect(again.errors.contains("holds another run"))
            #expect(again.errors.contains("use another --data, or remove it"))
            let up = try Program(BuiltPrograms.path("cycle"), ["up", "--data", directory.data], in: directory.path)
            #expect(await up.exit(within: .seconds(30)) == 2)
            #expect(up.errors.contains("holds a finished run"))
        }
    }

    @Test func directoryWithSomethingElseIsRefused() async throws {
        let directory = try TemporaryDirectory()
        try FileManager.default.createDirectory(atPath: directory.data, withIntermediateDirectories: true)
        try "mine".write(toFile: directory.data + "/letter.txt", atomically: true, encoding: .utf8)
        let run = try await Self.run(directory)
        #expect(run.status == 2)
        #expect(run.errors.contains("is not empty and holds no exchange"))
        #expect(try FileManager.default.contentsOfDirectory(atPath: directory.data) == ["letter.txt"])
    }

    /// An exchange that stays, with one of its directories written by a later version.
    @Test(arguments: ["exchange", "broker", "moh"])
    func directoryOfAnotherVersionIsRefused(part: String) async throws {
        try await ExchangeSlots.run { directory in
            let run = try await CycleRun.up(in: directory, [])
            _ = await run.program.stop(SIGINT)
            switch part {
            case "exchange":
                let text = try String(contentsOfFile: run.layout.recordPath, encoding: .utf8)
                #expect(text.contains("\"format\" : 1"))
                try text.replacingOccurrences(of: "\"format\" : 1", with: "\"format\" : 2")
                    .write(toFile: run.layout.recordPath, atomically: true, encoding: .utf8)
            case "broker":
                let path = run.layout.brokerDirectory + "/format"
                let text = try String(contentsOfFile: path, encoding: .utf8)
                #expect(text.hasPrefix("closed-cycle-broker 1\n"))
                try text.replacingOccurrences(of: "broker 1\n", with: "broker 2\n")
                    .write(toFile: path, atomically: true, encoding: .utf8)
            default:
                let database = try DatabaseQueue(path: run.layout.partyDirectory("moh") + "/party.sqlite")
                try await database.write { try $0.execute(sql: "UPDATE meta SET value = '99' WHERE key = 'format'") }
                try database.close()
            }
            let again = try Program(BuiltPrograms.path("cycle"), ["up", "--data", directory.data], in: directory.path)
            #expect(await again.exit(within: .seconds(40)) == 2, "\(again.output)")
            #expect(again.errors.contains("another --data"), "\(again.errors)")
            #expect(again.errors.contains("version") || again.errors.contains("format"), "\(again.errors)")
        }
    }

    private static func run(_ directory: TemporaryDirectory) async throws -> (status: Int32, errors: String) {
        let program = try Program(
            BuiltPrograms.path("cycle"), ["run", "clean", "--records", "5", "--quiet", "--data", directory.data],
            in: directory.path)
        let status = await program.exit(within: .seconds(60))
        return (status, program.errors)
    }
}
