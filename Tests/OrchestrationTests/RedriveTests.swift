import Foundation
import KafkaClient
import Orchestration
import Testing

/// Dead letters of a standing exchange, put back.
@Suite(.serialized) struct RedriveTests {
    let directory: TestDirectory
    private var layout: ExchangeLayout { ExchangeLayout(directory.path + "/data") }

    init() throws { directory = try TestDirectory() }

    private func redrive(_ arguments: String...) async throws -> ProgramRun {
        try await ProgramRun.of(
            "cycle", ["redrive", "moh.corrections.dlt", "--data", layout.directory] + arguments, in: directory)
    }

    /// Waits until the log of a program has this many lines with a text.
    private func awaitLines(_ count: Int, _ text: String, in program: StartedProgram, log: String) throws {
        var found = 0
        while found < count, program.process.isRunning {
            guard let all = try program.awaitText(text, in: log) else { break }
            found = all.split(separator: "\n").count { $0.contains(text) }
        }
        #expect(found >= count)
    }

    @Test func lettersAreChosenAndPutBackWithTheirCause() async throws {
        let program = try ProgramRun.start("cycle", ["up", "--data", layout.directory], in: directory)
        let text = try #require(try program.awaitText("end it with", in: program.outputPath), "cycle up has ended")
        let line = try #require(text.split(separator: "\n").first { $0.hasPrefix("broker ") })
        let broker = String(line.dropFirst("broker ".count))

        let producer = try KafkaProducer(
            settings: KafkaSettings(bootstrapServers: broker, clientIdentifier: "test"), topics: ["moh.corrections"])
        for key in ["a", "b"] {
            var headers = HeaderBlock(names: [])
            headers.append(name: "origin", value: Array(key.utf8))
            try producer.enqueue(topic: 0, key: Array(key.utf8), value: [1, 2], headers: headers, batch: 1)
        }
        #expect(producer.flush(deadlineMilliseconds: 10_000).reduce(0) { $0 + $1.delivered } == 2)
        producer.close()
        let log = layout.logDirectory + "/facility.log"
        try awaitLines(2, "to the dead letters", in: program, log: log)

        var dry = try await redrive("--where", "reason~ce_id and origin=b", "--dry-run")
        // The facility has logged the letters, and its broker has them a moment later.
        for _ in 0..<100 where !dry.output.contains("2 letters") {
            dry = try await redrive("--where", "reason~ce_id and origin=b", "--dry-run")
        }
        #expect(dry.code == 0 && dry.output.contains("would redrive moh.corrections.dlt/0/"))
        #expect(dry.output.hasSuffix("2 letters, 1 chosen, 0 put back\n"))
        let real = try await redrive("--where", "origin=b")
        #expect(real.code == 0 && real.output.hasSuffix("2 letters, 1 chosen, 1 put back\n"), "\(real.errors)")
        try awaitLines(3, "to the dead letters", in: program, log: log)
        let tail = try await ProgramRun.of(
            "cycle", ["tail", "moh.corrections", "--data", layout.directory, "--from-beginning"], in: directory)
        let lines = tail.output.split(separator: "\n").filter { $0.contains("\"redrive_of\":\"moh.corrections.dlt/0/") }
        #expect(lines.count == 1 && lines[0].contains("\"origin\":\"b\"") && !lines[0].contains("dlt_reason"))

        #expect(try await redrive("--where", "nonsense").code == 2)
        let down = try await ProgramRun.of("cycle", ["down", "--data", layout.directory], in: directory)
        #expect(down.code == 0)
        #expect(try await program.finish().code == 0)
        let verified = try await ProgramRun.of("cycle", ["audit", "verify", layout.directory], in: directory)
        #expect(verified.code == 0, "\(verified.output)\(verified.errors)")
    }
}
