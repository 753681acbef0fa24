import CoreTestSupport
import ExchangeSchema
import FoundationEssentials
import HealthStandards
import PartyCore
import Testing
import Vocabulary

@testable import VSSParty

/// Each rule of amounts, with what it accepts.
@Suite struct ClaimRulesTests {
    /// An insured stay of July 2026, paid at 80 percent: one drug, one service, 500,000 dong together.
    struct Case {
        var insurance = InsuranceBlock()
        var details = ClinicalDetails()
        var percent: UInt32 = 80
        var registered: FacilityCode?

        init() {
            insurance.maDoituongKcb = "1.1"
            insurance.maLoaiKcb = "03"
            insurance.maDkbd = "01013"
            insurance.maCskcb = "01013"
            insurance.ngayVao = "202607010830"
            insurance.ngayRa = "202607031000"
            (insurance.tTongchiBh, insurance.tBncct, insurance.tBhtt) = ("500000.00", "100000.00", "400000.00")
            var drug = DrugLine()
            (drug.stt, drug.thanhTienBv, drug.thanhTienBh) = ("1", "200000.00", "200000.00")
            (drug.mucHuong, drug.tBncct, drug.tBhtt) = ("80", "40000.00", "160000.00")
            drug.ngayYl = "202607010845"
            var service = ServiceLine()
            (service.stt, service.thanhTienBv, service.thanhTienBh) = ("1", "300000.00", "300000.00")
            (service.mucHuong, service.tBncct, service.tBhtt) = ("80", "60000.00", "240000.00")
            service.ngayYl = "202607020900"
            details.drugs = [drug]
            details.services = [service]
        }

        func findings(seesLines: Bool = true) -> ClaimFindings? {
            guard let admitted = try? VisitTime(parsing: insurance.ngayVao, field: ""),
                let discharged = try? VisitTime(parsing: insurance.ngayRa, field: ""),
                let claim = Claim(
                    ExaminedInsurance(insurance), percent: percent, registeredFacility: registered, tables: .shipped,
                    admitted: admitted.date, discharged: discharged.date)
            else { return nil }
            return ClaimRules.findings(claim, details: seesLines ? Data(details.encoded) : nil)
        }
    }

    struct Row: CustomTestStringConvertible {
        var rules: [String]
        var fields: [String]
        /// In dong.
        var accepted: Int64
        var change: @Sendable (inout Case) -> Void

        var testDescription: String { rules.joined(separator: ",") + " \(accepted)" }
    }

    static let rows: [Row] = [
        Row(rules: [], fields: [], accepted: 400_000) { _ in },
        // The card's share, of the visit and of a row.
        Row(rules: ["visit-share", "line-share"], fields: ["T_BHTT", "MUC_HUONG"], accepted: 400_000) {
            ($0.insurance.tBncct, $0.insurance.tBhtt) = ("60000.00", "440000.00")
            ($0.details.drugs[0].mucHuong, $0.details.drugs[0].tBncct, $0.details.drugs[0].tBhtt) = (
                "100", "0", "200000.00"
            )
        },
        Row(rules: ["visit-share"], fields: ["T_BHTT"], accepted: 400_000) {
            ($0.insurance.tBncct, $0.insurance.tBhtt) = ("0", "500000.00")
        },
        // Less than the share is nobody's fault, and a dong is rounding.
        Row(rules: [], fields: [], accepted: 400_001) {
            ($0.insurance.tBncct, $0.insurance.tBhtt) = ("99999.00", "400001.00")
        },
        Row(rules: [], fields: [], accepted: 400_000) { $0.percent = 95 },
        // Exempt since before the discharge, and from the day after it.
        Row(rules: [], fields: [], accepted: 500_000) {
            ($0.insurance.tBncct, $0.insurance.tBhtt) = ("0", "500000.00")
            $0.insurance.ngayMienCct = "20260703"
        },
        Row(rules: ["visit-share"], fields: ["T_BHTT"], accepted: 400_000) {
            ($0.insurance.tBncct, $0.insurance.tBhtt) = ("0", "500000.00")
            $0.insurance.ngayMienCct = "20260704"
        },
        // The primary level may pay all, and so may a visit below 351,000 dong.
        Row(rules: [], fields: [], accepted: 500_000) {
            ($0.insurance.tBncct, $0.insurance.tBhtt) = ("0", "500000.00")
            $0.insurance.maDoituongKcb = "1.2"
        },
        Row(rules: [], fields: [], accepted: 350_999) {
            ($0.insurance.tTongchiBh, $0.insurance.tBncct, $0.insurance.tBhtt) = ("350999.00", "0", "350999.00")
            $0.details = ClinicalDetails()
        },
        Row(rules: ["visit-share"], fields: ["T_BHTT"], accepted: 280_800) {
            ($0.insurance.tTongchiBh, $0.insurance.tBncct, $0.insurance.tBhtt) = ("351000.00", "0", "351000.00")
            $0.details = ClinicalDetails()
        },
        // A row claims more than its own share gives.
        Row(rules: ["line-amount"], fields: ["T_BHTT"], accepted: 390_000) {
            $0.details.services[0].tBhtt = "250000.00"
        },
        // Before admission, after discharge, on the days themselves.
        Row(rules: ["line-dates"], fields: ["NGAY_YL"], accepted: 240_000) {
            $0.details.drugs[0].ngayYl = "202606302359"
        },
        Row(rules: ["line-dates"], fields: ["NGAY_YL"], accepted: 160_000) {
            $0.details.services[0].ngayYl = "202607040000"
        },
        Row(rules: [], fields: [], accepted: 400_000) {
            $0.details.drugs[0].ngayYl = "20260701"
            $0.details.services[0].ngayYl = "202607032359"
        },
        // 1.1 elsewhere: 40 percent of the card's share, here 32 percent, of the visit and of both rows.
        Row(
            rules: ["registered-facility", "line-share", "line-share"],
            fields: ["MA_DOITUONG_KCB", "MUC_HUONG", "MUC_HUONG"], accepted: 160_000
        ) { $0.insurance.maDkbd = "01832" },
        Row(
            rules: ["registered-facility", "line-share", "line-share"],
            fields: ["MA_DOITUONG_KCB", "MUC_HUONG", "MUC_HUONG"], accepted: 160_000
        ) { $0.registered = try? FacilityCode(parsing: "79001") },
        Row(rules: [], fields: [], accepted: 400_000) { $0.insurance.maDkbd = "01832;01013" },
        Row(rules: [], fields: [], accepted: 400_000) {
            $0.insurance.maDkbd = "01832"
            $0.insurance.maKhuvuc = "K1"
        },
        // No list of 2025 says what a self-referral gets.
        Row(rules: [], fields: [], accepted: 400_000) {
            $0.insurance.maDkbd = "01832"
            ($0.insurance.ngayVao, $0.insurance.ngayRa) = ("202512300800", "202512310800")
            ($0.details.drugs[0].ngayYl, $0.details.services[0].ngayYl) = ("20251230", "20251230")
        },
        Row(
            rules: ["referral", "line-share", "line-share"], fields: ["MA_NOI_DI", "MUC_HUONG", "MUC_HUONG"],
            accepted: 160_000
        ) { $0.insurance.maDoituongKcb = "1.3" },
        Row(rules: [], fields: [], accepted: 400_000) {
            $0.insurance.maDoituongKcb = "1.3"
            $0.insurance.maNoiDi = "01832"
        },
        Row(
            rules: ["referral", "line-share", "line-share"], fields: ["MA_DOITUONG_KCB", "MUC_HUONG", "MUC_HUONG"],
            accepted: 160_000
        ) { $0.insurance.maDoituongKcb = "3.1" },
    ]

    @Test(arguments: rows) func acceptsWhatTheRuleLeaves(row: Row) throws {
        var visit = Case()
        row.change(&visit)
        let found = try #require(visit.findings())
        #expect(found.atOnce.map(\.rule) == row.rules && found.atOnce.map(\.field) == row.fields)
        #expect(found.accepted == row.accepted * 100)
        #expect(found.atOnce.allSatisfy { $0.accepted < $0.claimed && !$0.explanation.isEmpty })
    }

    /// Where VSS is told of no rows, it says nothing of them.
    @Test(arguments: rows) func withoutRowsOnlyXML1IsJudged(row: Row) throws {
        var visit = Case()
        row.change(&visit)
        let found = try #require(visit.findings(seesLines: false))
        #expect(found.atOnce.map(\.rule) == row.rules.filter { !$0.hasPrefix("line-") })
        #expect(found.later == nil)
    }

    @Test func sumsAreForTheReview() throws {
        var visit = Case()
        visit.insurance.tTongchiBh = "550000.00"
        visit.insurance.tBncct = "110000.00"
        visit.insurance.tBhtt = "440000.00"
        let found = try #require(visit.findings())
        #expect(found.atOnce == [] && found.accepted == 44_000_000)
        let sums = try #require(found.later)
        #expect(
            sums.rule == "sums" && sums.table == "XML1" && sums.claimed == 44_000_000 && sums.accepted == 40_000_000)
        // Two rows may be a dong off each.
        visit.insurance.tBhtt = "400002.00"
        visit.insurance.tBncct = "149998.00"
        #expect(visit.findings()?.later == nil)
    }

    @Test func whatMoHRefusesIsNotJudged() {
        let changes: [(inout Case) -> Void] = [
            { $0.insurance.tBhtt = "x" }, { $0.insurance.tBhtt = "" }, { $0.insurance.tBhtt = "400001" },
            { $0.insurance.ngayRa = "202606300000" }, { $0.insurance.tTongchiBh = "1.234" },
        ]
        for change in changes {
            var visit = Case()
            change(&visit)
            #expect(visit.findings() == nil)
        }
    }

    /// The scan of encoded rows reads what the decoded message says.
    @Test func theScanAgreesWithTheMessage() throws {
        var details = Case().details
        details.drugs.append(DrugLine())
        details.results = [ResultLine()]
        details.services[0].tenDichVu = String(repeating: "ộ", count: 200)
        details.services[0].mucHuong = "47.5"
        let bytes = details.encoded
        bytes.withUnsafeBytes { bytes in
            let scan = LineScan(bytes)
            #expect(scan.lines.map(\.table) == [.drug, .drug, .service])
            let service = scan.lines[2]
            #expect(scan.text(service.number) == "1" && scan.hundredths(service.share) == 4_750)
            #expect(service.covered == 30_000_000 && service.fund == 24_000_000 && service.patientPart == 6_000_000)
            #expect(service.total == 30_000_000 && scan.day(service.ordered) == 2026_07_02)
            #expect(scan.hundredths(scan.lines[1].share) == nil && scan.day(scan.lines[1].ordered) == nil)
        }
        for length in 0..<bytes.count { bytes[..<length].withUnsafeBytes { _ = LineScan($0) } }
    }

    /// The assessment names line, field, amounts and rule, and goes on with the visit; sums come later.
    @Test func theAssessmentNamesWhatItDoesNotAccept() throws {
        var visit = SampleVisit(.sample(1))
        visit.insurance.tTongchiBh = "500000"
        visit.insurance.tBncct = "0"
        visit.insurance.tBhtt = "500000"
        var rig = Rig(VSSCore(registry: SampleRegister(), duties: .vss2024))
        #expect(try rig.receive(visit.acceptedRecord(), visit.record) == Verdict(.accepted))
        let assessment: Assessment = try #require(rig.takeSent().first).decoded()
        #expect(assessment.outcome == .covered && assessment.benefitPercent == 80)
        #expect(assessment.amountClaimed == 50_000_000 && assessment.amountAccepted == 40_000_000)
        let line = try #require(assessment.lines.first)
        #expect(line.table == "XML1" && line.field == "T_BHTT" && line.value == "500000" && line.rule == "visit-share")
        #expect(line.amountClaimed == 50_000_000 && line.amountAccepted == 40_000_000 && !line.explanation.isEmpty)
        #expect(rig.figures.feedback.reducedAtOnce == 1)
        try rig.receive(SampleVisit(.sample(1)).acceptedRecord(revision: 2), visit.record, revision: 2)
        #expect(rig.figures.feedback.reducedAtOnce == 0)
    }

    @Test(arguments: [true, false]) func sumsGoOutAsFeedbackWhereThereIsAWay(hasFeedback: Bool) throws {
        let duties = hasFeedback ? Duties.vss2026 : .vss2026.limited(to: [.facilityRecord])
        var visit = SampleVisit(.sample(1))
        visit.insurance.tBncct = "20000"
        var message = visit.facilityRecord()
        var drug = DrugLine()
        (drug.stt, drug.thanhTienBh, drug.mucHuong, drug.tBhtt) = ("1", "75000", "80", "60000")
        drug.ngayYl = "20250701"
        var details = ClinicalDetails()
        details.drugs = [drug]
        message.clinicalDetails = Data(details.encoded)
        var rig = Rig(VSSCore(registry: SampleRegister(), duties: duties))
        #expect(try rig.receive(message, visit.record) == Verdict(.accepted))
        try rig.advance()
        let sent = rig.takeSent()
        let assessed: AssessedRecord = try sent[0].decoded()
        if hasFeedback {
            #expect(
                sent.map(\.head.type) == [.assessedRecord, .assessmentFeedback] && assessed.assessment.lines.isEmpty)
            let feedback: AssessmentFeedback = try sent[1].decoded()
            #expect(feedback.outcome == .reduced && feedback.duty == .summary && feedback.cardCheckCode.isEmpty)
            #expect(feedback.amountClaimed == 8_000_000 && feedback.amountAccepted == 6_000_000)
            #expect(feedback.dueAt - feedback.assessedAt == 48 * 3_600_000)
        } else {
            #expect(sent.count == 1 && assessed.assessment.lines.map(\.rule) == ["sums"])
            #expect(assessed.assessment.amountAccepted == 6_000_000)
        }
    }
}
