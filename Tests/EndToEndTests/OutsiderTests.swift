import Foundation
import Judgement
import PartyRuntime
import Supervision
import Testing

/// An exchange without VSS, whose place a small program in Python takes, written from the .proto files.
@Suite(.enabled(Comment(rawValue: OutsideVSS.skipped)) { await OutsideVSS.isReady() }) struct OutsiderTests {
    @Test func aRunWithSomebodyElsesVSSEndsAndIsJudged() async throws {
        try await ExchangeSlots.run { directory in
            let run = try CycleRun.start("clean", in: directory, ["--records", "200", "--without", "vss"])
            try await run.until("the broker is there") { try run.layout.record()?.broker.isEmpty == false }
            let record = try #require(try run.layout.record())
            let vss = try OutsideVSS.start(record.broker, in: directory.path)
            let end = await run.finish()
            vss.send(SIGTERM)
            #expect(await vss.exit(within: .seconds(30)) == 0, "\(vss.errors)")
            #expect(vss.output == "200 records answered\n")
            #expect(end.status == 0, "\(end.output)\(end.errors)")
            let report = try end.report
            #expect(
                report.figures.shared == 200 && report.details.outside == ["vss"] && report.details.conservation.holds)
            #expect(report.details.hops.first { $0.topic == "moh.records" }?.count == 200)
            #expect(report.details.conservation.parties.map(\.party) == ["facility", "moh", "c06", "locality"])
            #expect(end.output.contains("outside vss: judged by what the others received"))
            #expect(try run.layout.errorLines() == [])
        }
    }

    /// A C06 in Python, written from the .proto files and docs/conformance.md, passes what ours passes.
    @Test func anOutsidersC06IsTriedAndPasses() async throws {
        try await ExchangeSlots.run { directory in
            let ready = directory.path + "/broker.ready"
            let broker = try Program(
                BuiltPrograms.path("broker"),
                ["--data", directory.path + "/broker", "--port", "0", "--ready-file", ready, "--stop-with-parent"],
                in: directory.path)
            let address = try await FileWatch.value("the broker is ready", in: directory.path, of: [broker]) {
                try? String(contentsOfFile: ready, encoding: .utf8)
            }.trimmingCharacters(in: .whitespacesAndNewlines)
            let people = directory.path + "/people.csv"
            let prepared = try await ProgramRun.of(
                "cycle", ["topology", "create", "--bootstrap-servers", address], in: directory)
            #expect(prepared.code == 0, "\(prepared.errors)")
            let written = try await ProgramRun.of("cycle", ["conformance", "c06", "--people", people], in: directory)
            #expect(written.code == 0, "\(written.errors)")
            let c06 = try OutsideVSS.start("c06.py", [address, "--people", people], in: directory.path)
            let kit = try await ProgramRun.of(
                "cycle", ["conformance", "c06", "--bootstrap-servers", address], in: directory)
            c06.send(SIGTERM)
            #expect(await c06.exit(within: .seconds(30)) == 0, "\(c06.errors)")
            #expect(kit.code == 0, "\(kit.output)\(kit.errors)")
            #expect(kit.output.contains("0 failed, 0 not judged, 1 not applicable"), "\(kit.output)")
            #expect(await broker.stop().status == 0)
        }
    }

    /// Nobody takes the place: the run ends in its time, and there is a report all the same.
    @Test func aRunThatNobodyCompletesHasAReport() async throws {
        var scenario = TestScenario()
        scenario.name = "alone"
        scenario.records = 20
        scenario.timeoutSeconds = 12
        let written = scenario
        try await ExchangeSlots.run { directory in
            let path = try written.write(in: directory)
            let end = try await CycleRun.start(path, in: directory, ["--without", "vss"]).finish()
            #expect(end.status == 1)
            let report = try end.report
            #expect(
                report.details.ending == .timedOut && report.figures.pending == 20 && report.details.outside == ["vss"])
        }
    }

    @Test func statusSaysOutsideAndThePartyCannotBeAsked() async throws {
        try await ExchangeSlots.run { directory in
            let program = try Program(
                BuiltPrograms.path("cycle"), ["up", "--data", directory.data, "--without", "vss"], in: directory.path)
            let run = CycleRun(directory: directory, program: program)
            try await run.until("the parties run") {
                ["facility", "moh", "c06", "locality"].allSatisfy { run.status($0) != nil }
            }
            let status = try Program(
                BuiltPrograms.path("cycle"), ["status", "--data", directory.data], in: directory.path)
            #expect(await status.exit(within: .seconds(30)) == 0)
            let line = try #require(status.output.split(separator: "\n").first { $0.hasPrefix("vss") })
            #expect(line.contains("outside"), "\(line)")
            let sign = try Program(
                BuiltPrograms.path("cycle"), ["agreement", "sign", "vss", "--data", directory.data],
                in: directory.path)
            #expect(await sign.exit(within: .seconds(60)) == 2)
            #expect(sign.errors.contains("vss is outside: somebody else runs it"), "\(sign.errors)")
            program.send(SIGTERM)
            #expect(await program.exit(within: .seconds(30)) == 0)
        }
    }
}

/// scripts/conformance/vss.py, with confluent-kafka and protobuf from PyPI in a virtual environment that is kept between
/// runs.
enum OutsideVSS {
    private static let directory =
        ProcessInfo.processInfo.environment["CLOSED_CYCLE_PYTHON"] ?? "/tmp/closed-cycle-python"
    private static var python: String { directory + "/bin/python3" }

    static let skipped =
        "confluent-kafka and protobuf cannot be installed: make \(directory) with \"python3 -m venv\" and \"pip install "
        + "confluent-kafka protobuf\""

    /// Whether it can run; installs what it needs the first time that anybody asks.
    static func isReady() async -> Bool { await installation.value }

    private static let installation = Task<Bool, Never> {
        if await works() { return true }
        _ = await run("/usr/bin/python3", ["-m", "venv", directory])
        _ = await run(
            python,
            ["-m", "pip", "install", "--quiet", "--timeout", "10", "confluent-kafka", "kafka-python", "protobuf"])
        return await works()
    }

    /// Only an environment of our own is trusted: the place may be one where others can write too.
    private static func works() async -> Bool {
        let owner = try? FileManager.default.attributesOfItem(atPath: directory)[.ownerAccountID] as? NSNumber
        guard owner?.uint32Value == getuid(), FileManager.default.isExecutableFile(atPath: "/usr/bin/protoc") else {
            return false
        }
        return await run(python, ["-c", "import confluent_kafka, google.protobuf"]) == 0
    }

    private static func run(_ program: String, _ arguments: [String]) async -> Int32? {
        guard FileManager.default.isExecutableFile(atPath: program) else { return nil }
        return await (try? Program(program, arguments, in: "/tmp"))?.exit(within: .seconds(120))
    }

    static func start(_ broker: String, in folder: String) throws -> Program {
        try start("vss.py", [broker], in: folder)
    }

    /// Another of the scripts.
    static func start(_ script: String, _ arguments: [String], in folder: String) throws -> Program {
        let root = (BuiltPrograms.topologyFolder as NSString).deletingLastPathComponent
        return try Program(python, ["-B", root + "/scripts/conformance/" + script] + arguments, in: folder)
    }
}
