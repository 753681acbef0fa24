import ExchangeSchema
import Foundation
import KafkaClient
import ProgramTestSupport
import Supervision
import Testing
import Vocabulary

@testable import Conformance

/// Facilities that are wrong on purpose: each fails the cases that are about what it does wrong, and no others.
@Suite(.serialized) struct WrongFacilityTests {
    /// Runs the kit against a stand-in.
    /// - Returns: Names of the cases that did not pass.
    private func failures(
        within seconds: Double = 60, hand: @escaping StandInFacility.Hand
    ) async throws -> (failed: Set<String>, report: ConformanceReport) {
        let topology = ShippedRoute.april2024.path
        let tried = try await TriedParty(nil, topology: topology)
        let settings = KafkaSettings(bootstrapServers: tried.bootstrapServers, clientIdentifier: "kit")
        let rig = try DeskOfRoute(.facility, topology: topology)
        try await blocking {
            try ExchangeTopics.make(rig.desk.topology, settings: settings, timeout: .seconds(30))
        }
        let facility = StandInFacility(rig, at: tried.bootstrapServers, hand: hand)
        let report = try await blocking {
            try Conformance(.facility, name: nil, topology: topology, settings: settings)
                .run(Conformance.Patience(startup: .seconds(30), whole: .seconds(seconds), silence: .seconds(2)))
        }
        await facility.stop()
        await tried.stop()
        return (Set(report.results.filter { $0.outcome != .passed }.map(\.name)), report)
    }

    typealias Wrong = (name: String, fails: Set<String>, hand: StandInFacility.Hand)

    static let wrong: [Wrong] = [
        ("nothing", [], { $1 }),
        (
            "headers are missing", ["facility.headers"],
            { occasion, records in
                guard occasion == .visit(0) else { return records }
                return records.map { $0.without("ce_source") }
            }
        ),
        (
            "a visit breaks a rule of MoH", ["facility.content"],
            { occasion, records in
                guard occasion == .visit(0) else { return records }
                return [StandInFacility.record(0) { $0.clinical.maBenhChinh = "" }]
            }
        ),
        (
            // MoH would return it, too.
            "a visit has a table that is released to nobody", ["facility.least-data", "facility.content"],
            { occasion, records in
                guard occasion == .visit(0) else { return records }
                return [
                    StandInFacility.record(0) {
                        $0.tables = [.marked(.xml15)]
                        $0.tables[0].table = "XML16"
                    }
                ]
            }
        ),
        (
            "a copy has another ce_id", ["facility.copies"],
            { occasion, records in
                guard occasion == .visit(0) else { return records }
                return records + records.map { $0.with("ce_id", UUID().uuidString.lowercased()) }
            }
        ),
        (
            "what is shared comes as a new revision", ["facility.shared"],
            { occasion, records in
                occasion == .shared(0) ? [StandInFacility.record(0, revision: 2)] : records
            }
        ),
        (
            "what VSS says later makes it take the visit back", ["facility.insurance-notice"],
            { occasion, records in
                guard case .insurance(let number) = occasion else { return records }
                let record = MessageIdentifier(.facilityRecord, about: "stand-in facility|\(number)").uuid
                return [StandInFacility.written(ConformanceVisit.withdrawal(of: record, revision: 2))]
            }
        ),
        (
            "a late copy of the word is followed once more", ["facility.corrected"],
            { occasion, records in
                guard case .returned(let number, _, true) = occasion else { return records }
                return [StandInFacility.record(number, revision: 3)]
            }
        ),
        (
            "the correction skips a revision", ["facility.corrected"],
            { occasion, records in
                guard case .returned(let number, "moh.name-invalid", false) = occasion else { return records }
                return [StandInFacility.record(number, revision: 3)]
            }
        ),
        (
            "what nobody can correct comes again", ["facility.not-corrected"],
            { occasion, records in
                guard case .returned(let number, "c06.deceased", _) = occasion else { return records }
                return [StandInFacility.record(number, revision: 2)]
            }
        ),
        (
            "what it cannot read it drops", ["facility.no-protobuf"],
            { occasion, records in occasion == .unreadable ? [] : records }
        ),
    ]

    @Test(arguments: wrong.indices) func whatItDoesWrongFailsItsCases(index: Int) async throws {
        let (name, fails, hand) = Self.wrong[index]
        let (failed, report) = try await failures(hand: hand)
        #expect(failed == fails, "\(name)\n\(report.text)")
        #expect(report.notJudged == 0, "\(name)\n\(report.text)")
    }

    @Test func aCorrectionThatIsNotFollowedFailsItsCase() async throws {
        let (failed, report) = try await failures(within: 8) { occasion, records in
            if case .returned(_, "moh.name-invalid", _) = occasion { return [] }
            return records
        }
        #expect(failed == ["facility.corrected"], "\(report.text)")
        #expect(report.text.contains("which was returned: expected revision 2"), "\(report.text)")
    }
}
