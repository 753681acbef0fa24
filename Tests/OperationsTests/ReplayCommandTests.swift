import Foundation
import ProgramTestSupport
import Supervision
import Testing

/// What `cycle replay` says to what it cannot do.
@Suite struct ReplayCommandTests {
    let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    private func replay(_ arguments: String...) async throws -> ProgramRun {
        try await ProgramRun.of("cycle", ["replay"] + arguments, in: directory)
    }

    @Test func whatIsNoExchangeIsSaidInOneLine() async throws {
        let target = ["--into", "127.0.0.1:9", "--purpose", "a test"]
        for arguments in [["--rerun", "vss"], target] {
            let run = try await ProgramRun.of("cycle", ["replay", directory.path] + arguments, in: directory)
            #expect(run.code == 2 && run.output == "" && run.errors.contains("holds no exchange"))
            #expect(run.errors.split(separator: "\n").count == 1)
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: directory.path).allSatisfy { !$0.contains("lock") })
    }

    @Test func anExchangeThatRunsIsLeftAlone() async throws {
        let layout = ExchangeLayout(directory.path + "/data")
        try FileManager.default.createDirectory(atPath: layout.directory, withIntermediateDirectories: true)
        try layout.write(
            ExchangeRecord(purpose: .run, scenario: nil, seed: nil, records: 1, broker: "", ownsBroker: true))
        let lock = try layout.lock()
        let run = try await replay(layout.directory, "--rerun", "vss")
        #expect(run.code == 2 && run.errors.contains("is in use"))
        withExtendedLifetime(lock) {}
    }

    @Test func wrongUsageIsRefused() async throws {
        for (arguments, said) in [
            ([], "either --into or --rerun"), (["--into", "h:1", "--rerun", "vss"], "either --into or --rerun"),
            (["--into", "h:1"], "--purpose"), (["--into", "h:1", "--purpose", " "], "--purpose"),
            (["--into", "nowhere", "--purpose", "p"], "HOST:PORT"),
            (["--rerun", "vss", "--speed", "2x"], "go with --into"),
            (["--into", "h:1", "--purpose", "p", "--diff"], "go with --rerun"),
        ] {
            let run = try await ProgramRun.of("cycle", ["replay", directory.path] + arguments, in: directory)
            #expect(run.code == 64 && run.errors.contains(said), "\(arguments): \(run.errors)")
        }
    }
}
