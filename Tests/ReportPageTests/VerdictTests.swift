import Audit
import ExchangeSchema
import Foundation
import Testing
import Topology
import Vocabulary

@testable import ReportPage

/// What stands at the very top, for each thing that can be the matter.
@Suite struct VerdictTests {
    /// 29 November 2026, 08:12 in Viet Nam.
    static let since: Int64 = 1_795_914_720_000
    static let hour: Int64 = 3_600_000

    /// An exchange on the shipped route in which everything has come to its end.
    private func healthy() throws -> ReportContent {
        var content = ReportContent.sample()
        content.topology = try Self.topology()
        content.bound.figures.at = Self.since + 2 * Self.hour
        content.bound.figures.waiting = []
        content.bound.figures.pendingAges = nil
        content.bound.figures.facilities[0].shared += content.bound.figures.facilities[0].pending
        content.bound.figures.facilities[0].pending = 0
        content.bound.figures.facilities[0].pendingSince = nil
        return content
    }

    private static func topology() throws -> Topology {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("topology")
        let file = folder.appendingPathComponent("2024-04.yaml")
        return try Topology.parse(try String(contentsOf: file, encoding: .utf8), fileName: "2024-04.yaml")
    }

    private func waiting(
        _ cause: WaitingCause, at party: String, _ type: String, count: Int64, age: Int64
    ) -> WaitingFigures {
        var waiting = ReportContent.sample().bound.figures.waiting[0]
        waiting.party = party
        waiting.cause = cause
        waiting.type = type
        waiting.since = Self.since
        waiting.ages.count = count
        waiting.ages.max = age
        return waiting
    }

    private func words(_ content: ReportContent, _ language: PageLanguage = .english) throws -> [String] {
        content.verdict.causes.map {
            CauseWords(cause: $0, names: PartyNames(topology: content.topology, say: language)).sentence
        }
    }

    private func text(_ content: ReportContent, _ language: PageLanguage = .english) throws -> String {
        var content = content
        content.language = language
        return try PageReader.read(ReportPage(content).html).text
    }

    @Test func aHealthyExchangeIsGreen() throws {
        let content = try healthy()
        #expect(content.verdict.level == .green && content.verdict.causes == [])
        #expect(try text(content).contains("✓Green: nothing is the matter"))
        #expect(try text(content, .vietnamese).contains("✓Xanh: không có vấn đề gì"))
    }

    @Test func aStandstillIsAmberAndSaysWhoHasNotSigned() throws {
        var content = try healthy()
        content.topology.agreements[0].signed = ["moh", "c06"]
        content.bound.figures.facilities[0].submitted = 3_000
        content.bound.figures.waiting = [
            // Held is held, however short.
            waiting(.agreement, at: "c06", "identityCheck", count: 2_978, age: 5)
        ]
        let cause = try #require(content.verdict.causes.first)
        #expect(content.verdict.level == .amber && content.verdict.causes.count == 1)
        #expect(cause.kind == .heldByAgreement && cause.actors == ["vss"] && cause.unsigned == ["vss"])
        #expect(cause.since == Self.since && cause.topics == ["vss.identity-checks"])
        #expect(
            try words(content) == [
                "2\u{202F}978 of 3\u{202F}000 stand at C06 since 2026-11-29 08:12 (+07:00; 01:12 UTC), because VSS has not "
                    + "signed the coordination regulation."
            ])
        #expect(
            try words(content, .vietnamese) == [
                "2\u{202F}978 trên 3\u{202F}000 hồ sơ đang dừng tại C06 từ 2026-11-29 08:12 (+07:00; 01:12 UTC), vì BHXH Việt Nam "
                    + "chưa ký quy chế phối hợp."
            ])
        #expect(try text(content).contains("!Amber: one thing does not get on"))
        #expect(try text(content).contains("To act: VSS – sign (cycle agreement sign vss)"))
    }

    /// A signature that was taken in since counts, and then whoever holds the records has to act.
    @Test func aSignatureThatWasTakenInIsNotMissing() throws {
        var content = try healthy()
        content.topology.agreements[0].signed = ["moh", "c06"]
        content.bound.figures.waiting = [waiting(.agreement, at: "c06", "identityCheck", count: 3, age: 5)]
        let message = MessageIdentifier(.agreementSignature, about: "coordination-regulation/vss").description
        let receipt = #"{"message": "\#(message)", "reader": "moh", "leaf": 7, "time": 9}"#
        content.bound.figures.signatures = [try JSONDecoder().decode(SignatureReceipt.self, from: Data(receipt.utf8))]
        let cause = try #require(content.verdict.causes.first)
        #expect(cause.unsigned == [] && cause.actors == ["c06"])
        #expect(try words(content)[0].contains("because it has not taken in the last signature"))
    }

    @Test(arguments: [
        (WaitingCause.notReceived, "c06", "stand before C06", "and not received"),
        (.inOutbox, "moh", "stand at MoH", "not sent yet on vss.identity-checks"),
        (.undecided, "moh", "stand at MoH", "not decided"),
    ]) func whatIsOldStandsStill(cause: WaitingCause, party: String, place: String, why: String) throws {
        var content = try healthy()
        let type = cause == .undecided ? "" : "identityCheck"
        content.bound.figures.waiting = [waiting(cause, at: party, type, count: 4, age: Self.hour - 1)]
        #expect(content.verdict.level == .green, "it is not old enough")
        content.bound.figures.waiting = [waiting(cause, at: party, type, count: 4, age: Self.hour)]
        #expect(content.verdict.level == .amber && content.verdict.causes.map(\.actors) == [[party]])
        let sentence = try words(content)[0]
        #expect(sentence.contains("4 of 40") && sentence.contains(place) && sentence.contains(why), "\(sentence)")
        // The age is stated, and can be another one.
        #expect(try text(content).contains("stands still from 1\u{202F}h"))
        content.standsStillAfter = 2 * Self.hour
        #expect(content.verdict.level == .green)
    }

    @Test(arguments: [(ServiceLevel.answer, "moh"), (.insuranceReply, "vss"), (.correction, "facility")])
    func aBrokenServiceLevelIsAmber(level: ServiceLevel, actor: String) throws {
        var content = try healthy()
        let place = try #require(content.bound.figures.service.firstIndex { $0.level == level })
        content.bound.figures.service[place].broken = 4
        content.bound.figures.service[place].open = 3
        content.bound.figures.service[place].since = Self.since
        let cause = try #require(content.verdict.causes.first)
        #expect(content.verdict.level == .amber && cause.service == level && cause.actors == [actor])
        let sentence = try words(content)[0]
        #expect(
            sentence.contains("4 of ") && sentence.contains("3 still are not") && sentence.contains("08:12 (+07:00"))
        #expect(
            try text(content).contains("! broken")
                && level.source.contains("/QD-BYT") != level.source.contains("Circular"))
    }

    @Test func entriesInWrongBooksAreRed() throws {
        var content = try healthy()
        content.bound.figures.quality.wrongMatches = 2
        content.bound.figures.quality.wrongMatchesSince = Self.since
        let cause = try #require(content.verdict.causes.first)
        #expect(content.verdict.level == .red && cause.kind == .wrongBook && cause.actors == ["moh", "c06"])
        #expect(
            try words(content)[0].hasPrefix(
                "2 of 35 entries stand in the book of another person since 2026-11-29 08:12"))
        #expect(try text(content).contains("✕Red: one thing is wrong"))
        // Nobody knows where visits come from outside: then nothing is said.
        content.bound.figures.quality.wrongMatches = nil
        #expect(content.verdict.level == .green)
    }

    private static let kinds: [(AuditFinding.Kind, VerdictCause.Kind)] = [
        (.rootMismatch, .evidenceChanged), (.ledger, .evidenceChanged), (.payload, .evidenceChanged),
        (.unreadable, .evidenceGone), (.rolledBack, .evidenceGone), (.pin, .evidenceGone), (.splitView, .twoHistories),
        (.key, .signatureBroken), (.cosignature, .signatureBroken), (.access, .accessAltered),
        (.misdirected, .wrongProvince), (.release, .partGivenAway), (.stray, .strangers),
        (.brokerLog, .evidenceChanged), (.missing, .countsDisagree), (.altered, .countsDisagree),
        (.unobserved, .countsDisagree),
    ]

    @Test(arguments: kinds) func whatIsFoundIsTold(finding: AuditFinding.Kind, kind: VerdictCause.Kind) throws {
        var content = try healthy()
        let digest = String(repeating: "a1", count: 32)
        content.bound.verification.findings = [
            AuditFinding(finding, "vss", leaf: 7, "the root is \(digest), signed was")
        ]
        content.bound.verification.counts = ["\(finding.rawValue) vss": 12]
        content.bound.findingsSince = ["\(finding.rawValue) vss": Self.since]
        let cause = try #require(content.verdict.causes.first)
        #expect(content.verdict.level == (kind == .strangers ? .amber : .red) && content.verdict.causes.count == 1)
        #expect(cause.kind == kind && cause.count == 12 && cause.parties == ["vss"] && cause.since == Self.since)
        #expect(cause.actors == ["vss"] && cause.examples.count == 1)
        for language in PageLanguage.allCases {
            let sentence = try words(content, language)[0]
            #expect(sentence.contains("12") && sentence.contains("2026-11-29 08:12 (+07:00; 01:12 UTC)"), "\(sentence)")
            #expect(sentence.contains(language == .english ? "VSS" : "BHXH Việt Nam"), "\(sentence)")
        }
        // By cause in plain words; the digest is cut short in the example and whole in the list, which is folded.
        content.language = .english
        let html = ReportPage(content).html
        let reader = try PageReader.read(html)
        #expect(reader.structure.contains("section#findings") && reader.text.contains("a1a1a1a1…, signed was"))
        #expect(reader.text.contains(FindingWords.text(finding, .english)) && reader.text.contains("and 11 more"))
        let whole = try #require(html.range(of: digest))
        let fold = try #require(html.range(of: "<details>"))
        #expect(fold.lowerBound < whole.lowerBound)
    }

    @Test func theGravestComesFirstAndAllAreSaid() throws {
        var content = try healthy()
        content.bound.figures.waiting = [waiting(.undecided, at: "moh", "", count: 4, age: Self.hour)]
        content.bound.violations = ["vss: the ledger says shared 1, the leaves say 2"]
        content.bound.figures.quality.wrongMatches = 1
        #expect(content.verdict.causes.map(\.kind) == [.countsDisagree, .wrongBook, .standsStill])
        #expect(try text(content).contains("Red: 2 of 3 things below are wrong"))
    }

    /// When evidence does not say since when, the page says so.
    @Test func whatHasNoTimeSaysSo() throws {
        var content = try healthy()
        content.bound.verification.findings = [AuditFinding(.unreadable, "moh", "gone")]
        content.bound.verification.counts = ["unreadable moh": 1]
        #expect(try words(content)[0].hasSuffix("1 finding; since when, it does not show."))
    }

    @Test func theJSONHasTheSameVerdictInBothLanguages() throws {
        var content = try healthy()
        content.topology.agreements[0].signed = ["moh", "c06"]
        content.bound.figures.waiting = [waiting(.agreement, at: "c06", "identityCheck", count: 7, age: 5)]
        struct Document: Decodable {
            struct Verdict: Decodable {
                struct Cause: Decodable {
                    var kind: String
                    var count: Int64
                    var since: Int64
                    var actors: [String]
                    var sentence: [String: String]
                    var action: [String: String]
                }
                var level: String
                var time: Int64
                var causes: [Cause]
            }
            var verdict: Verdict
            var auditor: CheckpointBinding
        }
        let verdict = try JSONDecoder().decode(Document.self, from: content.json).verdict
        #expect(verdict.level == "amber" && verdict.time == content.bound.figures.at && verdict.causes.count == 1)
        let cause = verdict.causes[0]
        #expect(
            cause.kind == "heldByAgreement" && cause.count == 7 && cause.since == Self.since && cause.actors == ["vss"])
        for language in PageLanguage.allCases {
            let sentence = try #require(cause.sentence[language.rawValue])
            #expect(try words(content, language) == [sentence])
            #expect(try text(content, language).contains(sentence))
        }
        #expect(cause.action.count == 2)
    }

    /// Two working days pass over a weekend, in the time of Viet Nam.
    @Test func workingDaysLeaveWeekendsOut() {
        let day: Int64 = 86_400_000
        // Thursday 26 November 2026, 23:30 in Viet Nam.
        let thursday: Int64 = 1_795_710_600_000
        #expect(ServiceLevel.correction.due(thursday) == thursday + 4 * day)
        #expect(ServiceLevel.correction.due(thursday + 4 * day) == thursday + 6 * day)
        #expect(ServiceLevel.answer.due(thursday) == thursday + day)
        var figures = ServiceFigures(.correction)
        figures.note(from: thursday, to: nil, now: thursday + 4 * day)
        #expect(figures.broken == 0 && figures.judged == 1)
        figures.note(from: thursday, to: nil, now: thursday + 4 * day + 1)
        figures.note(from: thursday - day, to: thursday + 9 * day, now: thursday + 9 * day)
        #expect(figures.broken == 2 && figures.open == 1 && figures.since == thursday + day)
    }
}
