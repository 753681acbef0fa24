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

/// The shipped topology of April 2024, changed.
enum TestTopology {
    static func withoutSignature(of party: String) throws -> String {
        let text = try String(contentsOfFile: ShippedRoute.april2024.path, encoding: .utf8)
        let all = ["moh", "vss", "c06"]
        return text.replacingOccurrences(
            of: "signed: [moh, vss, c06]", with: "signed: [\(all.filter { $0 != party }.joined(separator: ", "))]")
    }
}
