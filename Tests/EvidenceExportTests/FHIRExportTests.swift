import Audit
import ExchangeSchema
import FHIRMapping
import Foundation
import PartyCore
import PartyStore
import StoreTestSupport
import Testing
import TransparencyLog
import Vocabulary

@testable import EvidenceExport

/// Journals as FHIR R4 resources.
@Suite final class FHIRExportTests {
    private let path = FileManager.default.temporaryDirectory.appendingPathComponent("fhir-\(UUID().uuidString)").path
    private static let decisions = Decision.allCases

    init() throws {
        let identity = StoreIdentity(party: "moh", exchange: "exchange-1")
        let store = try PartyStore<SampleRecord>(directory: path + "/moh", identity: identity, durability: .process)
        try store.sign(directory: path + "/moh", identity: identity).publish(inFolder: path + "/evidence")
        var leaves: [UInt8] = []
        for (number, decision) in Self.decisions.enumerated() { leaf(Int64(number), decision).append(to: &leaves) }
        try store.batch { _ in
            var commit = BatchCommit(
                books: PartyBooks(), offsets: [], firstLeaf: 0, leaves: leaves, chunk: nil, sentChunks: [])
            commit.clock = 1
            return commit
        }
        try store.sealCheckpoint(now: 1, force: true)
        try store.checkpoint.map { try Data($0).write(to: URL(fileURLWithPath: path + "/moh/checkpoint")) }
        try store.close()
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    private func leaf(_ number: Int64, _ decision: Decision) -> JournalLeaf {
        let isSent = decision == .sent
        return JournalLeaf(
            decision: decision, type: MessageType.assessment.rawValue,
            reason: decision == .refused ? ReasonCode.vssCardExpired.rawValue : 0, topic: isSent ? 255 : 0,
            partition: isSent ? -1 : 2, offset: isSent ? -1 : number,
            message: MessageIdentifier(.assessment, record: .stored(number), revision: 1),
            cause: isSent ? MessageIdentifier(.acceptedRecord, record: .stored(number), revision: 1) : .none,
            time: 1_700_000_000_000 + number * 1_000, digest: PayloadDigest(of: [UInt8(number)]))
    }

    private var export: FHIRExport {
        FHIRExport(sources: [
            JournalSource(
                party: "moh", directory: path + "/moh", evidenceDirectory: path + "/evidence",
                topics: ["vss.assessments"])
        ])
    }

    private func lines(_ name: String) throws -> [[String: Any]] {
        let text = try String(contentsOfFile: "\(path)/out/\(name).ndjson", encoding: .utf8)
        #expect(text.hasSuffix("\n"))
        return try text.split(separator: "\n").map {
            try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
        }
    }

    @Test func everyLeafBecomesAnEventThatR4Allows() throws {
        let outcome = try export.writeLines(folder: path + "/out")
        #expect(outcome == FHIRExport.Outcome(events: Int64(Self.decisions.count), provenances: 2))
        let events = try lines("AuditEvent")
        #expect(events.count == Self.decisions.count)
        for (event, decision) in zip(events, Self.decisions) {
            #expect(R4Rules.faults(of: event) == [], "\(decision)")
            let outcome = event["outcome"] as? String
            let isSerious = [.unreadable, .headless, .stray].contains(decision)
            #expect(outcome == (isSerious ? "8" : [.refused, .unknownRecord].contains(decision) ? "4" : "0"))
        }
        #expect(events[1]["outcomeDesc"] as? String == "vss.010")
        #expect(events[0]["recorded"] as? String == "2023-11-14T22:13:20.000Z")
    }

    @Test func whatWasTakenInOrSentHasAProvenance() throws {
        _ = try export.writeLines(folder: path + "/out")
        let resources = try lines("Provenance")
        for resource in resources { #expect(R4Rules.faults(of: resource) == []) }
        #expect(resources.map { $0["id"] as? String } == ["moh-0", "moh-8"])
        let entity = (resources[1]["entity"] as? [[String: Any]])?.first
        let what = (entity?["what"] as? [String: Any])?["identifier"] as? [String: Any]
        let cause = MessageIdentifier(.acceptedRecord, record: .stored(8), revision: 1)
        #expect(what?["value"] as? String == "urn:uuid:\(cause)")
    }

    @Test func oneRecordBecomesABundleWithItsProofs() throws {
        var export = export
        export.records = [.stored(8)]
        let file = path + "/bundle.json"
        #expect(try export.writeBundle(file: file) == FHIRExport.Outcome(events: 1, provenances: 1))
        let data = try Data(contentsOf: URL(fileURLWithPath: file))
        let bundle = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
        #expect(bundle["resourceType"] as? String == "Bundle" && bundle["type"] as? String == "collection")
        let entries = try #require(bundle["entry"] as? [[String: Any]])
        #expect(Set(entries.compactMap { $0["fullUrl"] as? String }).count == 2)
        for entry in entries {
            let resource = try #require(entry["resource"] as? [String: Any])
            #expect(R4Rules.faults(of: resource) == [])
            let proof = try #require(R4Rules.proof(of: resource))
            let key = try #require(try KeyLines.read(at: path + "/evidence").keys.first)
            let policy = KeyPolicy(logs: [TrustedLogKey(origin: key.name, key: key)])
            var bytes: [UInt8] = []
            leaf(8, .sent).append(to: &bytes)
            _ = try ProofFile(Array(proof.utf8)).verify(leaf: TreeHash.leaf(bytes), policy: policy)
        }
    }

    /// A resource's only entry of a list.
    private func one(_ resource: [String: Any], _ name: String) throws -> [String: Any] {
        let list = try #require(resource[name] as? [[String: Any]])
        #expect(list.count == 1)
        return try #require(list.first)
    }

    private func identifiers(_ event: [String: Any]) -> [String?] {
        (event["entity"] as? [[String: Any]] ?? []).dropFirst().map { entity in
            ((entity["what"] as? [String: Any])?["identifier"] as? [String: Any])?["value"] as? String
                ?? entity["name"] as? String
        }
    }

    @Test func anActNamesPersonPurposeAndObject() throws {
        func act(_ action: String, _ subject: String, who: String = "an (uid 1000)", _ proof: String) -> ExportedAct {
            ExportedAct(
                entry: AccessEntry(
                    id: "x", action: action, subject: subject, who: who, purpose: "khiếu nại 7", time: 1),
                knownBy: proof, knownByText: "as it is known")
        }
        var export = export
        export.acts = (
            "moh",
            [
                0: act("trace", "\(RecordIdentifier.stored(70)) \(RecordIdentifier.stored(71))", "seal"),
                1: act("trace", "a citizen of whom there is no record, pseudonym 0123456789abcdef", "process"),
                2: act("replay", "into 127.0.0.1:9, which did not come about", "process"),
                3: act("history", "\(RecordIdentifier.stored(72))", who: "facility 01013, BS. Lan", "facility"),
                4: act("minister of health", "", who: "", "none"),
            ]
        )
        _ = try export.writeLines(folder: path + "/out")
        let events = try lines("AuditEvent")
        for event in events { #expect(R4Rules.faults(of: event) == []) }
        for (number, event) in events.enumerated().prefix(4) {
            let purpose = try one(event, "purposeOfEvent")
            #expect(purpose["text"] as? String == "khiếu nại 7")
            let agent = try one(event, "agent")
            #expect(agent["requestor"] as? Bool == true)
            #expect(agent["name"] as? String == (number == 3 ? "facility 01013, BS. Lan" : "an (uid 1000)"))
            #expect(agent["altId"] as? String == (number == 3 ? nil : "uid 1000"))
            let known = try one(agent, "extension")["extension"] as? [[String: Any]]
            #expect(known?.first?["valueString"] as? String == ["seal", "process", "process", "facility"][number])
        }
        #expect(
            identifiers(events[0]) == ([70, 71] as [Int64]).map { "urn:uuid:\(RecordIdentifier.stored($0))" })
        #expect(identifiers(events[1]) == ["0123456789abcdef"])
        #expect(identifiers(events[2]) == ["into 127.0.0.1:9, which did not come about"])
        #expect(events.prefix(4).map { $0["action"] as? String } == ["R", "R", "E", "R"])
        #expect(events[5]["purposeOfEvent"] == nil, "no act")

        export.records = [.stored(71)]
        #expect(try export.writeLines(folder: path + "/of-one").events == 1, "whoever looked at a record is with it")
    }

    @Test func timesAndRecordsSelect() throws {
        var export = export
        export.from = 1_700_000_002_000
        export.until = 1_700_000_004_000
        #expect(try export.writeLines(folder: path + "/out").events == 2)
        export.records = [.stored(99)]
        #expect(throws: ExportError.unknownRecords(["\(RecordIdentifier.stored(99))"])) {
            try export.writeLines(folder: path + "/other")
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: path + "/other") == [])
    }

    @Test func whatIsThereIsNotWrittenOver() throws {
        _ = try export.writeLines(folder: path + "/out")
        #expect(throws: ExportError.inTheWay(path + "/out/AuditEvent.ndjson")) {
            try export.writeLines(folder: path + "/out")
        }
        #expect(try lines("AuditEvent").count == Self.decisions.count)
    }

    @Test(arguments: [
        (0, "1970-01-01T00:00:00.000Z"), (951_782_399_999, "2000-02-28T23:59:59.999Z"),
        (951_782_400_000, "2000-02-29T00:00:00.000Z"), (951_868_800_000, "2000-03-01T00:00:00.000Z"),
        (-1, "1969-12-31T23:59:59.999Z"), (1_735_689_599_999, "2024-12-31T23:59:59.999Z"),
        (-62_135_596_800_000, "0001-01-01T00:00:00.000Z"), (253_402_300_799_999, "9999-12-31T23:59:59.999Z"),
        (Int64.min, "0001-01-01T00:00:00.000Z"), (Int64.max, "9999-12-31T23:59:59.999Z"),
    ])
    func instantsAreThoseOfTheCalendar(milliseconds: Int64, text: String) {
        #expect(FHIRInstant.text(milliseconds) == text)
    }

    @Test func instantsAgreeWithFoundation() {
        let formatter = ISO8601DateFormatter()
        formatter.formatOptions = [.withInternetDateTime, .withFractionalSeconds]
        for day in stride(from: Int64(-30_000), to: 60_000, by: 37) {
            let milliseconds = day * 86_400_000 + 43_200_000
            let date = Date(timeIntervalSince1970: Double(milliseconds) / 1_000)
            #expect(FHIRInstant.text(milliseconds) == formatter.string(from: date))
        }
    }
}
