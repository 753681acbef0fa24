import ExchangeSchema
import Foundation
import KafkaClient
import PartyCore
import ProgramTestSupport
import Supervision
import Testing
import Topology
import Vocabulary

@testable import Conformance

/// Parties that are wrong on purpose: each fails the cases that are about what it does wrong, and no others.
@Suite(.serialized) struct WrongPartyTests {
    /// Runs the kit against a stand-in.
    /// - Returns: Names of the cases that failed.
    private func failures(
        _ role: PartyRole, topology: String = ShippedRoute.april2024.path, hand: @escaping StandInParty.Hand
    ) async throws -> (failed: Set<String>, report: ConformanceReport) {
        let tried = try await TriedParty(nil, topology: topology)
        let settings = KafkaSettings(bootstrapServers: tried.bootstrapServers, clientIdentifier: "kit")
        let rig = try DeskOfRoute(role, topology: topology)
        try await blocking {
            try ExchangeTopics.make(rig.desk.topology, settings: settings, timeout: .seconds(30))
        }
        let party = StandInParty(rig, at: tried.bootstrapServers, hand: hand)
        let report = try await blocking {
            try Conformance(role, name: nil, topology: topology, settings: settings)
                .run(Conformance.Patience(startup: .seconds(30), whole: .seconds(100), silence: .seconds(5)))
        }
        await party.stop()
        await tried.stop()
        let failed = report.results.filter { if case .failed = $0.outcome { true } else { false } }
        return (Set(failed.map(\.name)), report)
    }

    /// Cases in which a message of this kind is expected, as our own core says it.
    private func cases(_ role: PartyRole, with type: MessageType) throws -> Set<String> {
        let rig = try DeskOfRoute(role, .april2024)
        return Set(
            try rig.cases.filter { one in
                var oracle = try rig.oracle()
                return try one.stages.joined().contains { message in
                    try oracle.take(message, at: rig.desk.now).sent.contains { $0.type == type }
                }
            }.map(\.name))
    }

    @Test func oneThatDoesNothingWrongPasses() async throws {
        let (failed, report) = try await failures(.vss) { $2 }
        #expect(failed == [], "\(report.text)")
    }

    @Test func aWrongCodeFailsTheCaseOfThatCode() async throws {
        let (failed, report) = try await failures(.vss) { _, _, records in
            records.map { record in
                guard record.topic == "vss.assessments", let value = record.value,
                    var assessment = try? Assessment(decoding: value), assessment.cardCheckCode == "010"
                else { return record }
                assessment.cardCheckCode = "003"
                return record.carrying(assessment.encoded)
            }
        }
        #expect(failed == ["vss.010-expired"], "\(report.text)")
        #expect(report.text.contains("cardCheckCode: expected \"010\", found \"003\""), "\(report.text)")
    }

    @Test func droppedHeadersFailEveryCaseWithSuchAMessage() async throws {
        let (failed, report) = try await failures(.vss) { _, _, records in
            records.map { record in
                guard record.topic == "vss.identity-checks" else { return record }
                var bare = record
                bare.headers = []
                return bare
            }
        }
        #expect(failed == (try cases(.vss, with: .identityCheck)), "\(report.text)")
    }

    @Test func aSecondAnswerFailsEveryCaseWithOne() async throws {
        let (failed, report) = try await failures(.vss) { _, _, records in
            records.flatMap { record in
                record.topic == "vss.identity-checks"
                    ? [record, record.with("ce_id", UUID().uuidString.lowercased())] : [record]
            }
        }
        #expect(failed == (try cases(.vss, with: .identityCheck)), "\(report.text)")
    }

    /// Who answers a late message, or a copy, with a message of its own is caught by the silence that was expected.
    @Test func anAnswerWhereSilenceIsDueFailsThatCase() async throws {
        let (failed, report) = try await failures(.vss) { answer, incoming, records in
            guard answer.verdict.decision == .stale, let value = incoming.value,
                let late = try? AcceptedRecord(decoding: value), !late.withdrawn
            else { return records }
            var assessment = Assessment()
            assessment.recordID = late.recordID
            assessment.revision = late.revision
            assessment.outcome = .notInsured
            assessment.assessedAt = 1
            let message = ExpectedMessage(
                type: .assessment, topic: "vss.assessments",
                subject: RecordIdentifier(late.recordID) ?? RecordIdentifier(high: 0, low: 0),
                key: Array(late.recordID.utf8), source: "/vss", payload: assessment.encoded)
            return records + [RightWriter.record(message)]
        }
        #expect(failed == ["vss.late", "vss.after-withdrawal", "vss.withdrawn-unknown"], "\(report.text)")
    }

    @Test func whatIsSilentAboutBadMessagesFailsTheCasesOfDeadLetters() async throws {
        let (failed, report) = try await failures(.vss) { _, _, records in
            records.filter { !$0.topic.hasSuffix(".dlt") }
        }
        let letters = try DeskOfRoute(.vss, .april2024).cases.filter { $0.sentence.contains("dead letters") }
        #expect(failed == Set(letters.map(\.name)), "\(report.text)")
    }

    @Test func forwardingXML6FailsTheCaseOfLeastData() async throws {
        let (failed, report) = try await failures(.moh) { _, incoming, records in
            records.map { record in
                guard record.topic.hasPrefix("moh.book-entries."), let value = record.value,
                    var entry = try? BookEntry(decoding: value), !entry.tables.isEmpty
                else { return record }
                entry.tables = [.marked(.xml6)] + entry.tables
                return record.carrying(entry.encoded)
            }
        }
        #expect(failed == ["moh.least-data"], "\(report.text)")
    }

    typealias WrongLocality = (name: String, fails: Set<String>, hand: StandInParty.Hand)

    static let wrongLocalities: [WrongLocality] = [
        ("nothing", [], { $2 }),
        (
            "a late entry is a dead letter", ["locality.amended"],
            { letter(of: $1, where: $0.verdict.decision == .stale, $2) }
        ),
        (
            "a copy is a dead letter", ["locality.amended"],
            { letter(of: $1, where: $0.verdict.decision == .duplicate, $2) }
        ),
        (
            "an entry that takes the record back is a dead letter", ["locality.withdrawn"],
            { answer, incoming, records in
                let entry = incoming.value.flatMap { try? BookEntry(decoding: $0) }
                return letter(of: incoming, where: !answer.isDeadLetter && entry?.withdrawn == true, records)
            }
        ),
        (
            "a newer schema is a dead letter", ["locality.newer-schema"],
            { _, incoming, records in
                letter(of: incoming, where: incoming.value?.suffix(5) == IntakeCases.unknownField[...], records)
            }
        ),
        (
            "a later revision is a dead letter", ["locality.amended"],
            { answer, incoming, records in
                let entry = incoming.value.flatMap { try? BookEntry(decoding: $0) }
                let isLater = answer.verdict.decision == .accepted && entry?.revision == 2 && entry?.withdrawn == false
                return letter(of: incoming, where: isLater, records)
            }
        ),
        (
            "a handover is a dead letter", ["locality.handover"],
            { _, incoming, records in
                letter(of: incoming, where: incoming.topic.hasPrefix("moh.book-handovers"), records)
            }
        ),
    ]

    /// What came, as a dead letter beside what is written.
    private static func letter(
        of incoming: TrafficRecord, where holds: Bool, _ records: [TrafficRecord]
    ) -> [TrafficRecord] {
        guard holds else { return records }
        var letter = incoming
        letter.topic += ".dlt"
        letter.headers.append(TrafficHeader("dlt_reason", Array("it is none".utf8)))
        return records + [letter]
    }

    @Test(arguments: wrongLocalities.indices) func whatALocalityDoesWrongFailsItsCases(index: Int) async throws {
        let (name, fails, hand) = Self.wrongLocalities[index]
        let (failed, report) = try await failures(.locality, hand: hand)
        #expect(failed == fails, "\(name)\n\(report.text)")
    }

    /// Its dead letters lack what came with them, or do not come at all.
    @Test(arguments: [true, false]) func lettersThatALocalityLosesFailTheirCases(areWritten: Bool) async throws {
        let (failed, report) = try await failures(.locality) { _, _, records in
            guard areWritten else { return records.filter { !$0.topic.hasSuffix(".dlt") } }
            return records.map { $0.topic.hasSuffix(".dlt") ? $0.without("ce_id") : $0 }
        }
        let letters = try DeskOfRoute(.locality, .april2024).cases.filter { $0.sentence.contains("dead letters") }
        #expect(failed == Set(letters.map(\.name)), "\(report.text)")
    }

    /// Whom a locality tells nothing of its residents: everybody.
    @Test func tellingOthersFailsTheCasesOfEntries() async throws {
        let (failed, report) = try await failures(.locality) { answer, incoming, records in
            guard answer.verdict.decision == .accepted, incoming.topic.hasPrefix("moh.book-entries"),
                incoming.value.flatMap({ try? BookEntry(decoding: $0) })?.revision == 1
            else { return records }
            var told = incoming.with("ce_source", "/locality").with("ce_id", UUID().uuidString.lowercased())
            told.topic += ".dlt"
            told.value = [0]
            return records + [told]
        }
        let entries: Set<String> = [
            "locality.entry", "locality.amended", "locality.withdrawn", "locality.newer-schema", "locality.handover",
        ]
        #expect(failed == entries, "\(report.text)")
    }

    @Test func refusingInsteadOfHoldingFailsTheCaseOfTheGate() async throws {
        let tried = try TemporaryDirectory()
        let topology = try tried.write(TestTopology.withoutSignature(of: "vss"), to: "unsigned.yaml")
        let (failed, report) = try await failures(.c06, topology: topology) { answer, incoming, records in
            guard answer.verdict.decision == .held, incoming.topic == "vss.identity-checks",
                let value = incoming.value, let check = try? IdentityCheck(decoding: value)
            else { return records }
            var result = IdentityResult()
            result.recordID = check.recordID
            result.revision = check.revision
            result.outcome = .ambiguous
            result.checkedAt = 1
            let message = ExpectedMessage(
                type: .identityResult, topic: "c06.identity-results",
                subject: RecordIdentifier(check.recordID) ?? RecordIdentifier(high: 0, low: 0),
                key: Array(check.recordID.utf8), source: "/c06", payload: result.encoded)
            return records + [RightWriter.record(message)]
        }
        #expect(failed.contains("c06.gate"), "\(report.text)")
        #expect(report.text.contains("sent too early"), "\(report.text)")
    }
}

/// A shipped topology, changed.
enum TestTopology {
    static func withoutSignature(of party: String, _ route: ShippedRoute = .april2024) throws -> String {
        let text = try String(contentsOfFile: route.path, encoding: .utf8)
        let all = ["moh", "vss", "c06"]
        return text.replacingOccurrences(
            of: "signed: [moh, vss, c06]", with: "signed: [\(all.filter { $0 != party }.joined(separator: ", "))]")
    }
}
