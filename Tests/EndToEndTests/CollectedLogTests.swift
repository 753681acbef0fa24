import Foundation
import ProgramTestSupport
import Supervision
import Testing

/// Logs and figures as another program collects them.
@Suite struct CollectedLogTests {
    private struct Line: Decodable {
        var time: String
        var level: String
        var program: String
        var message: String
    }

    @Test func eachLineOfEachLogIsAnObjectAndTheFiguresAgreeWithTheStatus() async throws {
        try await ExchangeSlots.run { directory in
            let run = try CycleRun.start("clean", in: directory, ["--records", "300", "--log-format", "json"])
            let finished = await run.finish()
            #expect(finished.status == 0, "\(finished.output)\(finished.errors)")
            let folder = finished.layout.logDirectory
            for program in ["broker", "auditor", "facility", "moh", "vss", "c06", "locality"] {
                let text = try String(contentsOfFile: "\(folder)/\(program).log", encoding: .utf8)
                let lines = try text.split(separator: "\n").map {
                    try JSONDecoder().decode(Line.self, from: Data($0.utf8))
                }
                #expect(
                    !lines.isEmpty && lines.allSatisfy { $0.program == program && !$0.message.isEmpty }, "\(program)")
                #expect(lines.allSatisfy { $0.time.hasSuffix("Z") && $0.level != "error" }, "\(text)")
            }
            let asked = try await ProgramRun.of(
                "cycle", ["status", "--prometheus", "--data", finished.layout.directory], in: directory)
            let lines = asked.output.split(separator: "\n")
            #expect(lines.contains("closed_cycle_exchange_running 0"), "\(asked.output)")
            for party in ["facility", "moh", "vss", "c06", "locality"] {
                #expect(
                    lines.contains("closed_cycle_records{party=\"\(party)\",state=\"shared\"} 300"), "\(asked.output)")
                #expect(lines.contains("closed_cycle_records{party=\"\(party)\",state=\"pending\"} 0"))
            }
            // Each sample belongs to the family whose head stands before it, and no family comes twice.
            var (family, seen) = ("", Set<Substring>())
            for line in lines {
                if line.hasPrefix("# TYPE ") {
                    let name = line.split(separator: " ")[2]
                    #expect(seen.insert(name).inserted, "\(name)")
                    family = String(name)
                } else if !line.hasPrefix("#") {
                    #expect(line.prefix { $0 != "{" && $0 != " " } == family, "\(line)")
                }
            }
        }
    }

    @Test func aProgramThatCannotRunSaysSoInTheFormOfItsLog() async throws {
        try await ExchangeSlots.run { directory in
            let ended = try await ProgramRun.of(
                "cycle",
                [
                    "up", "--log-format", "json", "--bootstrap-servers", "127.0.0.1:1", "--startup-timeout", "0.2",
                    "--data",
                    directory.path + "/data",
                ], in: directory)
            #expect(ended.code == 2, "\(ended.output)\(ended.errors)")
            let lines = try ended.errors.split(separator: "\n").map {
                try JSONDecoder().decode(Line.self, from: Data($0.utf8))
            }
            let last = try #require(lines.last)
            #expect(last.level == "critical" && last.program == "cycle" && last.message.contains("127.0.0.1:1"))
        }
    }
}
