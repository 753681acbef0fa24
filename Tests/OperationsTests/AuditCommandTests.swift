import Foundation
import ProgramTestSupport
import Supervision
import Testing

/// `cycle audit` on the data of a whole run.
@Suite(.serialized) struct AuditCommandTests {
    let directory: TemporaryDirectory
    private var data: String { directory.path + "/data" }

    init() throws { directory = try TemporaryDirectory() }

    private func cycle(_ arguments: String...) async throws -> ProgramRun {
        try await ProgramRun.of("cycle", arguments, in: directory)
    }

    @Test func aFinishedRunIsVerifiedAndOneOfItsRecordsFollowed() async throws {
        let run = try await cycle(
            "run", "everyday", "--records", "120", "--data", data, "--report", "r.json", "--quiet")
        #expect(run.output.contains("root"), "\(run.errors)")
        let report = try #require(
            try JSONSerialization.jsonObject(with: Data(contentsOf: URL(fileURLWithPath: directory.path + "/r.json")))
                as? [String: Any])
        let roots = try #require(report["roots"] as? [String: String])

        let verified = try await cycle("audit", "verify", data)
        #expect(verified.code == 0, "\(verified.output)\(verified.errors)")
        #expect(roots.count == 5 && roots.allSatisfy { verified.output.contains("\($0.key): ") })
        #expect(roots.values.allSatisfy { verified.output.contains("root \($0)") })
        #expect(verified.output.contains("bookEntry to locality") && verified.output.hasSuffix("all evidence holds\n"))

        let record = try FirstRow.identifier(database: data + "/vss/party.sqlite")
        let trace = try await cycle("audit", "trace", record, "--data", data, "--purpose", "a test")
        #expect(trace.code == 0 && trace.output.hasPrefix("record \(record)"), "\(trace.errors)")
        #expect(trace.output.contains("facility  sends facilityRecord"))
        let mermaid = try await cycle("audit", "trace", record, "--data", data, "--mermaid", "--purpose", "x")
        #expect(mermaid.output.contains("facility->>moh: facilityRecord"))

        let watch = try ProgramRun.start("cycle", ["audit", "watch", data, "--json"], in: directory)
        _ = try await watch.lines(with: #""event":"verified""#)
        #expect(await watch.stop(SIGINT).status == 0)
        let seen = watch.output.split(separator: "\n")
        #expect(seen.first?.contains(#""event":"begun""#) == true && seen.last?.contains(#""event":"ended""#) == true)
        #expect(seen.last?.contains(#""findings":0"#) == true, "\(watch.output)\(watch.errors)")

        try TakenAwayEvidence(data).expectFindings()
        try SpoiledBrokerLog(data).expectFindings()
        let restored = RestoredParty(data)
        try restored.expectLostDirectoryToComeBack()
        try restored.expectOlderCopyToBeRefused()
        try restored.expectLostTopicToBeNamed()
        try TakenAwayEvidence(data).expectPinToTellOfLook(at: record)

        try AlteredState(data).expectFindings()
        try AlteredState(data).expectNoLeafToBeLeftOut(of: record)
        try AlteredState(data).expectFlippedBitsToBeNoticed()

        let checkpoint = data + "/evidence/moh.checkpoint"
        try FileManager.default.removeItem(atPath: checkpoint)
        try FileManager.default.copyItem(atPath: data + "/evidence/vss.checkpoint", toPath: checkpoint)
        let forged = try await cycle("audit", "verify", data, "--json")
        #expect(forged.code == 1)
        let object = try #require(try JSONSerialization.jsonObject(with: Data(forged.output.utf8)) as? [String: Any])
        let findings = try #require(object["findings"] as? [[String: Any]])
        #expect(findings.count == 1 && findings[0]["party"] as? String == "moh")
        let told = try await cycle("audit", "watch", data, "--until-finding")
        #expect(told.code == 1 && told.output.contains("FOUND  badCheckpoint: moh"), "\(told.output)\(told.errors)")
    }

    @Test func whatIsNoExchangeIsSaidInOneLine() async throws {
        for arguments in [
            ["verify", directory.path], ["trace", "nonsense", "--data", directory.path, "--purpose", "x"],
        ] {
            let run = try await ProgramRun.of("cycle", ["audit"] + arguments, in: directory)
            #expect(run.code == 2 && run.output == "")
            #expect(run.errors.split(separator: "\n").count == 1 && run.errors.contains("holds no exchange"))
        }
        let layout = ExchangeLayout(data)
        try FileManager.default.createDirectory(atPath: data, withIntermediateDirectories: true)
        try Data(#"{"format": 2}"#.utf8).write(to: URL(fileURLWithPath: layout.recordPath))
        let newer = try await cycle("audit", "verify", data)
        #expect(newer.code == 2 && newer.errors.contains("has format 2"))
        var record = ExchangeRecord(purpose: .run, scenario: nil, seed: nil, records: 1, broker: "", ownsBroker: true)
        record.director = 1
        try layout.write(record)
        let lock = try layout.lock()
        let held = try await cycle("audit", "rotate-key", "moh", "--data", data)
        #expect(held.code == 2 && held.errors.contains("is in use"))
        withExtendedLifetime(lock) {}
    }
}
