import ExchangeSchema
import FoundationEssentials
import KafkaClient
import Testing
import Vocabulary

@testable import Conformance

/// What the judge says of what a party wrote, by tables.
@Suite struct CaseJudgeTests {
    private static let record = RecordIdentifier(high: 0x1234_5678_0000_8000, low: 0x8000_0000_0000_0001)
    private let judge = CaseJudge(partitions: ["vss.assessments": RightWriter.partitions, "c06.identity-results": 1])

    private static func assessment(_ change: (inout Assessment) -> Void = { _ in }) -> ExpectedMessage {
        var content = Assessment()
        content.recordID = record.description
        content.revision = 1
        content.outcome = .refused
        content.cardCheckCode = "010"
        content.assessedAt = 5
        var contradiction = Contradiction()
        (contradiction.field, contradiction.value, contradiction.rule) = ("GT_THE_DEN", "20260430", "in words")
        content.contradictions = [contradiction]
        change(&content)
        return ExpectedMessage(
            type: .assessment, topic: "vss.assessments", subject: record, key: Array(record.description.utf8),
            source: "/vss", payload: content.encoded)
    }

    private static let expected = assessment()
    private static let right = RightWriter.record(expected)

    private func outcome(_ found: [TrafficRecord], late: Bool = false, stage: Int = 1) -> CaseOutcome {
        judge.outcome(
            [Expectation(content: .message(Self.expected), stage: 0, mayComeLate: late)],
            found.map { FoundRecord(record: $0, stage: stage) })
    }

    private func findings(_ found: [TrafficRecord]) -> [String] {
        guard case .failed(let findings) = outcome(found) else { return [] }
        return findings.map(\.about)
    }

    @Test func whatIsRightPasses() {
        #expect(outcome([Self.right]) == .passed)
        #expect(outcome([Self.right, Self.right]) == .passed, "a copy under the same ce_id is no second answer")
    }

    /// Times and words are the party's own.
    @Test func whatNoContractFixesIsFree() {
        let other = Self.assessment {
            $0.assessedAt = 9
            $0.contradictions[0].rule = "in other words"
        }
        #expect(outcome([Self.right.carrying(other.payload)]) == .passed)
        var optional = Self.right
        for header in ["ce_time", "content-type"] { optional = optional.without(header) }
        #expect(outcome([optional]) == .passed)
    }

    typealias Wrong = (about: String, change: @Sendable (TrafficRecord) -> TrafficRecord)
    static let wrong: [Wrong] = [
        ("header ce_specversion", { $0.without("ce_specversion") }),
        ("header ce_id", { $0.without("ce_id") }),
        ("header ce_id", { $0.with("ce_id", "1") }),
        ("header ce_type", { $0.with("ce_type", "Assessment") }),
        ("header ce_source", { $0.with("ce_source", "/moh") }),
        ("header ce_subject", { $0.without("ce_subject") }),
        ("header ce_time", { $0.with("ce_time", "yesterday") }),
        ("header content-type", { $0.with("content-type", "text/plain") }),
        ("header ce_salt", { $0.with("ce_salt", "abc") }),
        ("header traceparent", { $0.with("traceparent", "00-1-2-3") }),
        (
            "key",
            {
                var record = $0
                record.key = nil
                return record
            }
        ),
        (
            "partition",
            {
                var record = $0
                record.partition = (record.partition + 1) % Int32(RightWriter.partitions)
                return record
            }
        ),
        ("payload", { $0.carrying([0xFF]) }),
        ("cardCheckCode", { $0.carrying(assessment { $0.cardCheckCode = "060" }.payload) }),
        ("outcome", { $0.carrying(assessment { $0.outcome = .covered }.payload) }),
        ("contradictions[0].field", { $0.carrying(assessment { $0.contradictions[0].field = "HO_TEN" }.payload) }),
        ("contradictions[0].rule", { $0.carrying(assessment { $0.contradictions[0].rule = "" }.payload) }),
        ("assessedAt", { $0.carrying(assessment { $0.assessedAt = 0 }.payload) }),
        ("benefitPercent", { $0.carrying(assessment { $0.benefitPercent = 80 }.payload) }),
        ("field number 1000", { $0.carrying(expected.payload + IntakeCases.unknownField) }),
    ]

    @Test(arguments: wrong.indices) func whatIsWrongIsNamed(index: Int) {
        let (about, change) = Self.wrong[index]
        #expect(findings([change(Self.right)]) == [about])
    }

    @Test func aFieldThatSaysNothingIsNoFieldBeyondTheSchema() {
        // Field 1000, no bytes: an encoder that writes what stands for nothing.
        #expect(outcome([Self.right.carrying(Self.expected.payload + [0xC2, 0x3E, 0x00])]) == .passed)
    }

    @Test func silenceIsAFindingAndSoIsTooMuch() {
        #expect(findings([]) == ["answer"])
        #expect(outcome([], late: true) != .passed)
        if case .failed = outcome([], late: true) { Issue.record("what may come late is not judged") }
        let again = Self.right.with("ce_id", "00000000-0000-8000-8000-000000000009")
        #expect(findings([Self.right, again]) == ["a second message on vss.assessments"])
        let changed = Self.right.carrying(Self.assessment { $0.cardCheckCode = "003" }.payload)
        #expect(findings([Self.right, changed]) == ["a second message on vss.assessments"])
        var elsewhere = Self.right
        elsewhere.topic = "vss.identity-checks"
        #expect(findings([Self.right, elsewhere]) == ["a message on vss.identity-checks"])
    }

    @Test func whatComesBeforeItMayIsTooEarly() {
        #expect(outcome([Self.right], stage: 1) == .passed)
        if case .failed(let findings) = judge.outcome(
            [Expectation(content: .message(Self.expected), stage: 1)], [FoundRecord(record: Self.right, stage: 1)])
        {
            #expect(findings.map(\.found) == ["sent too early"])
        } else {
            Issue.record("it came before the second stage was sent")
        }
    }

    @Test func blocksAreComparedAsBytes() {
        var content = AssessedRecord()
        content.recordID = Self.record.description
        content.revision = 1
        content.administrative = Data([0x0A, 0x01, 0x41])
        func message(_ content: AssessedRecord) -> ExpectedMessage {
            ExpectedMessage(
                type: .assessedRecord, topic: "vss.assessed-records", subject: Self.record, key: [1], source: "/vss",
                payload: content.encoded)
        }
        func about(_ change: (inout AssessedRecord) -> Void) -> [Finding] {
            var other = content
            change(&other)
            return ContentJudge.findings(other.encoded, message(content))
        }
        #expect(about { _ in } == [])
        #expect(about { $0.administrative = Data([0x0A, 0x01, 0x42]) }.map(\.about) == ["administrative"])
        #expect(about { $0.clinical = Data([1, 2]) }.map(\.expected).first?.hasPrefix("nothing") == true)
        #expect(about { $0.tables = [.marked(.xml6)] }.map(\.found) == ["XML6"])
    }

    @Test func aDeadLetterIsTheRecordAsItCame() throws {
        let rig = try DeskOfRoute(.vss, .april2024)
        let visit = ConformanceVisit(Self.record, of: ConformancePeople.covered)
        let message = rig.desk.message(visit.acceptedRecord).carrying([0xFF])
        let expectation = Expectation(content: .deadLetter(message, topic: "moh.records.dlt"), stage: 0)
        let right = RightWriter.record(expectation)
        func outcome(_ record: TrafficRecord) -> CaseOutcome {
            judge.outcome([expectation], [FoundRecord(record: record, stage: 1)])
        }
        #expect(outcome(right) == .passed)
        for wrong in [right.without("dlt_reason"), right.without("ce_id"), right.carrying([0xFE])] {
            #expect(outcome(wrong) != .passed)
        }
    }
}
