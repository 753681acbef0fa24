import Foundation
import KafkaClient
import ProgramTestSupport
import Supervision
import Testing

/// Dead letters of a standing exchange, put back.
@Suite(.serialized) struct RedriveTests {
    let directory: TemporaryDirectory
    private var layout: ExchangeLayout { ExchangeLayout(directory.path + "/data") }

    init() throws { directory = try TemporaryDirectory() }

    private func redrive(_ arguments: String..., of topic: String = "moh.corrections.dlt") async throws -> ProgramRun {
        try await ProgramRun.of(
            "cycle", ["redrive", topic, "--data", layout.directory, "--purpose", "a test"] + arguments,
            in: directory)
    }

    /// Waits until a topic has so many records.
    private func awaitRecords(_ count: Int, in topic: String, _ broker: String) throws {
        let settings = KafkaSettings(bootstrapServers: broker, clientIdentifier: "test")
        let cluster = try KafkaAdmin.waitForBroker(settings: settings, timeout: .seconds(10))
        let consumer = try KafkaConsumer(
            settings: settings, groupName: nil,
            assignments: (0..<(cluster.topics[topic] ?? 0)).map {
                PartitionAssignment(TopicPartition(topic: topic, partition: Int32($0)), start: .beginning)
            })
        defer { consumer.close() }
        let deadline = ContinuousClock.now + .seconds(60)
        var (found, batch) = (0, ConsumedBatch())
        while found < count, ContinuousClock.now < deadline {
            consumer.next(into: &batch, maximum: 10, timeoutMilliseconds: 500)
            found += batch.records.count
        }
        #expect(found == count)
    }

    @Test func lettersAreChosenAndPutBackWithTheirCause() async throws {
        let program = try ProgramRun.start("cycle", ["up", "--data", layout.directory], in: directory)
        let broker = try await program.brokerAddress()

        let producer = try KafkaProducer(
            settings: KafkaSettings(bootstrapServers: broker, clientIdentifier: "test"), topics: ["moh.corrections"])
        for key in ["a", "b"] {
            var headers = HeaderBlock(names: [])
            headers.append(name: "origin", value: Array(key.utf8))
            try producer.enqueue(topic: 0, key: Array(key.utf8), value: [1, 2], headers: headers, batch: 1)
        }
        #expect(producer.flush(deadlineMilliseconds: 10_000).reduce(0) { $0 + $1.delivered } == 2)
        producer.close()

        // No party sent them: they go to the dead letters together, up to a second later.
        try awaitRecords(2, in: "moh.corrections.dlt", broker)
        let dry = try await redrive("--where", "reason~ce_id and origin=b", "--dry-run")
        #expect(dry.code == 0 && dry.output.contains("would redrive moh.corrections.dlt/0/"))
        #expect(dry.output.hasSuffix("2 letters, 1 chosen, 0 put back\n"))
        #expect(!dry.output.contains("  - header") && dry.output.contains("  + header redrive_of: moh.corrections.dlt"))
        let real = try await redrive("--where", "origin=b")
        #expect(real.code == 0 && real.output.hasSuffix("2 letters, 1 chosen, 1 put back\n"), "\(real.errors)")
        // The two letters, the mark beside one, and a letter of the message that came back.
        try awaitRecords(4, in: "moh.corrections.dlt", broker)
        let tail = try await ProgramRun.of(
            "cycle",
            ["tail", "moh.corrections", "--data", layout.directory, "--from-beginning", "--purpose", "a test"],
            in: directory)
        let lines = tail.output.split(separator: "\n").filter { $0.contains("\"redrive_of\":\"moh.corrections.dlt/0/") }
        #expect(lines.count == 1 && lines[0].contains("\"origin\":\"b\"") && !lines[0].contains("dlt_reason"))

        #expect(lines[0].contains("\"redrive_purpose\":\"a test\"") && lines[0].contains("causationid"))

        // The same letter is not put back twice; of the two others one came of putting it back.
        let second = try await redrive("--where", "origin=b and redrive_of!=x")
        #expect(second.code == 0 && second.output.contains("was put back before"), "\(second.errors)")
        let again = try await redrive("--where", "origin=b and redrive_of=", "--again")
        #expect(again.code == 0 && again.output.contains(" 1 put back\n"), "\(again.output)\(again.errors)")
        try await expectEdits()

        #expect(try await redrive("--where", "nonsense").code == 2)
        let down = try await ProgramRun.of("cycle", ["down", "--data", layout.directory], in: directory)
        #expect(down.code == 0)
        #expect(await program.finish().code == 0)
        let verified = try await ProgramRun.of("cycle", ["audit", "verify", layout.directory], in: directory)
        // A person gave letter `a` the attributes of a message that no party has sent, and the evidence says so, at the facility and at the auditor.
        let findings = verified.output.split(separator: "\n").filter { $0.contains(Self.invented) }
        #expect(verified.code == 1 && findings.count == 2, "\(verified.output)\(verified.errors)")
        let access = try await ProgramRun.of("cycle", ["audit", "access", "--data", layout.directory], in: directory)
        let acts = access.output.split(separator: "\n")
        #expect(acts.count { $0.contains("  redrive  moh.corrections.dlt  (a test)") } >= 2)
        #expect(acts.count { $0.contains("  tail  moh.corrections  (a test)") } == 2)
    }

    /// A message that three parties read and cannot read goes back once, and each of them has it again.
    @Test func aMessageWithThreeLettersGoesBackOnce() async throws {
        let topic = "exchange.agreements"
        let program = try ProgramRun.start("cycle", ["up", "--data", layout.directory], in: directory)
        let broker = try await program.brokerAddress()
        let status = try await ProgramRun.of("cycle", ["status", "--data", layout.directory], in: directory)
        #expect(status.output.contains("running") && !status.output.contains("scenario"), "nobody named one")
        let producer = try KafkaProducer(
            settings: KafkaSettings(bootstrapServers: broker, clientIdentifier: "test"), topics: [topic])
        try producer.enqueue(topic: 0, key: [1], value: [1, 2], headers: HeaderBlock(names: []), batch: 1)
        #expect(producer.flush(deadlineMilliseconds: 10_000).reduce(0) { $0 + $1.delivered } == 1)
        producer.close()
        try awaitRecords(3, in: topic + ".dlt", broker)
        let dry = try await redrive("--dry-run", of: topic + ".dlt")
        #expect(dry.output.components(separatedBy: "would redrive").count == 2, "\(dry.output)")
        #expect(dry.output.components(separatedBy: "the same message, given up by").count == 3, "\(dry.output)")
        let first = try await redrive(of: topic + ".dlt")
        #expect(first.code == 0 && first.output.hasSuffix("3 letters, 3 chosen, 1 put back\n"), "\(first.output)")
        // Three letters, their three marks, and three letters of the message that came back.
        try awaitRecords(9, in: topic + ".dlt", broker)
        let second = try await redrive(of: topic + ".dlt")
        #expect(second.output.hasSuffix("6 letters, 3 chosen, 1 put back, 3 put back before\n"), "\(second.output)")
        let down = try await ProgramRun.of("cycle", ["down", "--data", layout.directory], in: directory)
        #expect(down.code == 0)
        #expect(await program.finish().code == 0)
    }

    private static let invented = "01900000-0000-8000-8000-000000000002"

    /// Letter `a` is repaired: given attributes and a payload that the facility can read.
    private func expectEdits() async throws {
        let bad = try directory.write(#"{"payload": {"hex": "FF"}}"#, to: "bad.json")
        let refused = try await redrive("--where", "origin=a", "--edit", bad)
        #expect(refused.code == 2 && refused.errors.contains("nothing was put back"), "\(refused.output)")
        let record = "01900000-0000-7000-8000-000000000001"
        let edit = try directory.write(
            #"""
            {"headers": {"set": {"ce_id": "\#(Self.invented)", "ce_subject": "\#(record)",
            "ce_type": "exchange.v1.Correction", "ce_source": "/moh"}}, "key": "01013",
            "payload": {"json": {"recordId": "\#(record)", "revision": 1, "code": "vss.060"}}}
            """#, to: "edit.json")
        let dry = try await redrive("--where", "origin=a", "--edit", edit, "--dry-run")
        #expect(dry.code == 0, "\(dry.errors)")
        #expect(dry.output.contains("  + header ce_subject: \(record)\n") && dry.output.contains("  - key: a\n"))
        #expect(dry.output.contains("  - payload: base64 AQI=\n") && dry.output.contains("\"code\":\"vss.060\""))
        let real = try await redrive("--where", "origin=a", "--edit", edit)
        #expect(real.code == 0 && real.output.contains("1 chosen, 1 put back"), "\(real.errors)")
        let tail = try await ProgramRun.of(
            "cycle",
            ["tail", "moh.corrections", "--data", layout.directory, "--from-beginning", "--purpose", "a test"],
            in: directory)
        #expect(tail.output.contains("\"key\":\"01013\"") && tail.output.contains("\"recordId\":\"\(record)\""))
    }
}
