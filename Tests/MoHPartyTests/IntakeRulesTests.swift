import CoreTestSupport
import ExchangeSchema
import FoundationEssentials
import PartyCore
import Testing

@testable import MoHParty

/// A change to a sound visit, and what MoH must say to it.
struct BrokenVisit: Sendable, CustomTestStringConvertible {
    var code: String
    var field: String
    var value: String
    /// Words that the rule must hold.
    var rule: String
    var change: @Sendable (inout SampleVisit) -> Void

    init(
        _ code: String, _ field: String, _ value: String, _ rule: String,
        _ change: @escaping @Sendable (inout SampleVisit) -> Void
    ) {
        self.code = code
        self.field = field
        self.value = value
        self.rule = rule
        self.change = change
    }

    var testDescription: String { "\(code) \(field) \"\(value)\"" }
}

@Suite struct IntakeRulesTests {
    @Test func aSoundVisitPasses() throws {
        #expect(try IntakeRules.check(SampleVisit().facilityRecord()).code == "01")
    }

    @Test(arguments: FormerProvince.all) func aFormerProvinceBecomesTheOneItWasMergedInto(former: FormerProvince) throws
    {
        var sample = SampleVisit()
        sample.administrative.matinhCuTru = former.twoDigits
        #expect(try IntakeRules.check(sample.facilityRecord()) == former.province)
    }

    static let passing: [BrokenVisit] = [
        BrokenVisit("", "HO_TEN", "decomposed", "") { $0.administrative.hoTen = "NGUYE\u{302}\u{303}N VA\u{306}N AN" },
        BrokenVisit("", "HO_TEN", "lower case, two spaces", "") { $0.administrative.hoTen = "Nguyễn  Văn An" },
        BrokenVisit("", "HO_TEN", "Ð", "") { $0.administrative.hoTen = "ÐỖ THỊ BÌNH" },
        BrokenVisit("", "HO_TEN", "signs of names", "") { $0.administrative.hoTen = "H'HEN NIÊ-K. Y’" },
        BrokenVisit("", "NGAY_SINH", "unknown day", "") { $0.administrative.ngaySinh = "19850300" },
        BrokenVisit("", "NGAY_SINH", "unknown month", "") { $0.administrative.ngaySinh = "19850000" },
        BrokenVisit("", "NGAY_SINH", "with hour", "") { $0.administrative.ngaySinh = "198503170930" },
        BrokenVisit("", "SO_CCCD", "empty", "") { $0.administrative.soCccd = "" },
        BrokenVisit("", "SO_CCCD", "blank", "") { $0.administrative.soCccd = " " },
        BrokenVisit("", "MA_THE_BHYT", "blank", "") { $0.insurance.maTheBhyt = " \t" },
        BrokenVisit("", "MA_BENH_KT", "blank", "") { $0.clinical.maBenhKt = " " },
        BrokenVisit("", "T_BHTT", "all blank", "") {
            $0.insurance.tTongchiBh = " "
            $0.insurance.tBncct = "\n"
            $0.insurance.tBhtt = " "
        },
        BrokenVisit("", "SO_CCCD", "old identity card", "") { $0.administrative.soCccd = "012345678" },
        BrokenVisit("", "SO_CCCD", "passport", "") { $0.administrative.soCccd = "B1234567" },
        BrokenVisit("", "GIOI_TINH", "undetermined", "") { $0.administrative.gioiTinh = "3" },
        BrokenVisit("", "MA_THE_BHYT", "empty", "") { $0.insurance.maTheBhyt = "" },
        BrokenVisit("", "MA_THE_BHYT", "10 digits", "") { $0.insurance.maTheBhyt = "0123456789" },
        BrokenVisit("", "MA_THE_BHYT", "12 digits", "") { $0.insurance.maTheBhyt = "001085000001" },
        BrokenVisit("", "MA_THE_BHYT", "two", "") { $0.insurance.maTheBhyt = "GD4010123456789;0123456789" },
        BrokenVisit("", "MATINH_CU_TRU", "a merged province", "") { $0.administrative.matinhCuTru = "02" },
        BrokenVisit("", "MA_BENH_CHINH", "without dot", "") { $0.clinical.maBenhChinh = "I10" },
        BrokenVisit("", "MA_BENH_KT", "two", "") { $0.clinical.maBenhKt = "E11.9;I10" },
        BrokenVisit("", "NGAY_RA", "same minute", "") { $0.insurance.ngayRa = $0.insurance.ngayVao },
        BrokenVisit("", "NGAY_RA", "a day alone", "") { $0.insurance.ngayRa = "20250701" },
        BrokenVisit("", "T_BHTT", "decimals", "") {
            $0.insurance.tTongchiBh = "100000.50"
            $0.insurance.tBncct = "20000.5"
            $0.insurance.tBhtt = "80000"
        },
        BrokenVisit("", "T_BHTT", "all empty", "") {
            $0.insurance.tTongchiBh = ""
            $0.insurance.tBncct = ""
            $0.insurance.tBhtt = ""
        },
    ]

    @Test(arguments: passing) func takesWhatTheRulesAllow(visit: BrokenVisit) throws {
        var sample = SampleVisit()
        visit.change(&sample)
        _ = try IntakeRules.check(sample.facilityRecord())
    }

    static let required: [BrokenVisit] = [
        BrokenVisit("moh.required-missing", "MA_LK", "", "required") { $0.administrative.maLk = "" },
        BrokenVisit("moh.required-missing", "HO_TEN", "", "required") { $0.administrative.hoTen = "" },
        BrokenVisit("moh.required-missing", "NGAY_SINH", "", "required") { $0.administrative.ngaySinh = "" },
        BrokenVisit("moh.required-missing", "GIOI_TINH", "", "required") { $0.administrative.gioiTinh = "" },
        BrokenVisit("moh.required-missing", "NGAY_VAO", "", "required") { $0.insurance.ngayVao = "" },
        BrokenVisit("moh.required-missing", "NGAY_RA", "", "required") { $0.insurance.ngayRa = "" },
        BrokenVisit("moh.required-missing", "MA_CSKCB", "", "required") { $0.insurance.maCskcb = "" },
        BrokenVisit("moh.required-missing", "MA_BENH_CHINH", "", "required") { $0.clinical.maBenhChinh = "" },
    ]

    static let person: [BrokenVisit] = [
        BrokenVisit("moh.name-invalid", "HO_TEN", "NGUYỄN VĂN 4N", "no digits") {
            $0.administrative.hoTen = "NGUYỄN VĂN 4N"
        },
        BrokenVisit("moh.name-invalid", "HO_TEN", "AN\u{7}", "no control") { $0.administrative.hoTen = "AN\u{7}" },
        BrokenVisit("moh.name-invalid", "HO_TEN", "A\u{200B}N", "character 2 is U+200B (zero width space)") {
            $0.administrative.hoTen = "A\u{200B}N"
        },
        BrokenVisit("moh.name-invalid", "HO_TEN", "AN\u{AD}", "U+00AD (soft hyphen)") {
            $0.administrative.hoTen = "AN\u{AD}"
        },
        BrokenVisit("moh.citizen-number-malformed", "SO_CCCD", "001085000001\u{FEFF}", "character 13 is U+FEFF") {
            $0.administrative.soCccd = "001085000001\u{FEFF}"
        },
        BrokenVisit("moh.name-invalid", "HO_TEN", "AN @", "letters") { $0.administrative.hoTen = "AN @" },
        BrokenVisit("moh.name-invalid", "HO_TEN", " ", "at least one letter") { $0.administrative.hoTen = " " },
        BrokenVisit("moh.birth-date-invalid", "NGAY_SINH", "19851317", "day of the calendar") {
            $0.administrative.ngaySinh = "19851317"
        },
        BrokenVisit("moh.birth-date-invalid", "NGAY_SINH", "1985", "12 digits or 8") {
            $0.administrative.ngaySinh = "1985"
        },
        BrokenVisit("moh.sex-unknown", "GIOI_TINH", "4", "1 (male)") { $0.administrative.gioiTinh = "4" },
        BrokenVisit("moh.sex-unknown", "GIOI_TINH", "01", "1 (male)") { $0.administrative.gioiTinh = "01" },
        BrokenVisit("moh.sex-unknown", "GIOI_TINH", "+1", "1 (male)") { $0.administrative.gioiTinh = "+1" },
        BrokenVisit("moh.citizen-number-malformed", "SO_CCCD", "00108500001", "12 digits") {
            $0.administrative.soCccd = "00108500001"
        },
        BrokenVisit("moh.citizen-number-malformed", "SO_CCCD", "003085000001", "63 codes") {
            $0.administrative.soCccd = "003085000001"
        },
        BrokenVisit("moh.citizen-number-malformed", "SO_CCCD", "b1234567", "12 digits") {
            $0.administrative.soCccd = "b1234567"
        },
        BrokenVisit("moh.citizen-number-contradicts", "SO_CCCD", "001185000001", "even for men") {
            $0.administrative.soCccd = "001185000001"
        },
        BrokenVisit("moh.citizen-number-contradicts", "SO_CCCD", "001086000001", "birth year") {
            $0.administrative.soCccd = "001086000001"
        },
        BrokenVisit("moh.province-unknown", "MATINH_CU_TRU", "03", "63 province codes") {
            $0.administrative.matinhCuTru = "03"
        },
        BrokenVisit("moh.province-unknown", "MATINH_CU_TRU", "", "63 province codes") {
            $0.administrative.matinhCuTru = ""
        },
    ]

    static let visit: [BrokenVisit] = [
        BrokenVisit("moh.facility-malformed", "MA_CSKCB", "0101", "5 digits") { $0.insurance.maCskcb = "0101" },
        BrokenVisit("moh.facility-malformed", "MA_CSKCB", "01014", "sent by facility 01013") {
            $0.insurance.maCskcb = "01014"
        },
        BrokenVisit("moh.card-malformed", "MA_THE_BHYT", "GD9010123456789", "benefit level") {
            $0.insurance.maTheBhyt = "GD9010123456789"
        },
        BrokenVisit("moh.card-malformed", "MA_THE_BHYT", "0123456789;", "not empty") {
            $0.insurance.maTheBhyt = "0123456789;"
        },
        BrokenVisit("moh.diagnosis-malformed", "MA_BENH_CHINH", "J6.9", "ICD-10") { $0.clinical.maBenhChinh = "J6.9" },
        BrokenVisit("moh.diagnosis-malformed", "MA_BENH_KT", "x", "3 to 7") { $0.clinical.maBenhKt = "I10;x" },
        BrokenVisit("moh.dates-invalid", "NGAY_VAO", "202513010830", "day of the calendar") {
            $0.insurance.ngayVao = "202513010830"
        },
        BrokenVisit("moh.dates-invalid", "NGAY_RA", "202507012460", "hour") { $0.insurance.ngayRa = "202507012460" },
        BrokenVisit("moh.dates-contradict", "NGAY_RA", "202507010829", "not before admission (NGAY_VAO 202507010830)") {
            $0.insurance.ngayRa = "202507010829"
        },
        BrokenVisit("moh.amounts-contradict", "T_BHTT", "80001", "T_BHTT = T_TONGCHI_BH - T_BNCCT") {
            $0.insurance.tBhtt = "80001"
        },
        BrokenVisit("moh.amounts-contradict", "T_BNCCT", "-1", "two decimals") { $0.insurance.tBncct = "-1" },
        BrokenVisit("moh.amounts-contradict", "T_BNCCT", "1.234", "two decimals") { $0.insurance.tBncct = "1.234" },
        BrokenVisit("moh.amounts-contradict", "T_TONGCHI_BH", "1.2.3", "two decimals") {
            $0.insurance.tTongchiBh = "1.2.3"
        },
        BrokenVisit("moh.amounts-contradict", "T_TONGCHI_BH", "999999999999999999", "two decimals") {
            $0.insurance.tTongchiBh = "999999999999999999"
        },
    ]

    @Test(arguments: required + person + visit) func refusesWithCodeFieldValueAndRule(visit: BrokenVisit) throws {
        var sample = SampleVisit()
        visit.change(&sample)
        let refusal = try #require(throws: Refusal.self) { try IntakeRules.check(sample.facilityRecord()) }
        #expect(refusal.reason.text == visit.code)
        #expect(refusal.field == visit.field)
        #expect(refusal.value == visit.value)
        #expect(refusal.rule.contains(visit.rule), "\(refusal.rule)")
    }

    @Test(arguments: [1, 2, 3]) func namesTheBlockThatCannotBeRead(block: Int) throws {
        var message = SampleVisit().facilityRecord()
        switch block {
        case 1: message.administrative = .init([0xFF])
        case 2: message.insurance = .init([0xFF])
        default: message.clinical = .init([0xFF])
        }
        let names = ["AdministrativeBlock", "InsuranceBlock", "ClinicalBlock"]
        let refusal = try #require(throws: Refusal.self) { try IntakeRules.check(message) }
        #expect(refusal.reason == .mohUnreadable)
        #expect(refusal.rule.contains(names[block - 1]))
    }

    @Test func theFirstRuleBrokenIsTheOneReported() throws {
        var sample = SampleVisit()
        sample.clinical.maBenhChinh = "?"
        sample.administrative.hoTen = "4"
        let refusal = try #require(throws: Refusal.self) { try IntakeRules.check(sample.facilityRecord()) }
        #expect(refusal.reason == .mohNameInvalid)
    }

    @Test func noAmountTraps() {
        var generator = SeededGenerator(seed: 1)
        for length in 1...40 {
            let nines = String(repeating: "9", count: length)
            let mixed = String((0..<length).map { _ in "0123456789.-".randomElement(using: &generator) ?? "9" })
            for (total, share) in [(nines, "0"), ("0", nines), (nines, mixed), (mixed, nines), ("0." + nines, "1")] {
                var sample = SampleVisit()
                sample.insurance.tTongchiBh = total
                sample.insurance.tBncct = share
                #expect(throws: Refusal.self) { try IntakeRules.check(sample.facilityRecord()) }
            }
        }
    }
}
